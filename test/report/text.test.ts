import { expect, test } from 'vitest';
import { verdictText } from '../../runner/report/text.ts';
import {
  aFailure,
  aFrame,
  anExercise,
  broken,
  CONTENT,
  crashed,
  failed,
  passed,
  sevenTests,
  timedOut,
  unrunnable,
} from '../support/states.ts';

const LRU = anExercise({ slug: 'lru-ttl-cache', title: 'LRU and TTL' });
const lines = (verdict: Parameters<typeof verdictText>[1]) =>
  verdictText(LRU, verdict, CONTENT).split('\n');

test('a failure is told in full: tasks, test, message, values, place', () => {
  expect(lines(failed())).toEqual([
    'LRU and TTL: Not yet: 4 of 7 tests pass, 2 did not run. (34 ms)',
    '  done     1. Store and read entries',
    '  current  2. Evict the least recently used entry (examples 1 of 1, hidden 1 of 2)',
    '  to come  3. Expire entries',
    '',
    'Failed, hidden test of task 2: evicts the entry that was read longest ago',
    '  after set a, set b, get a, set c: the wrong entry is gone',
    '  expected: ["a", "c"]',
    '  received: ["b", "c"]',
    '  at kata.ts:34:7',
    '      32 |   set(key: K, value: V): void {',
    '      33 |     if (this.#entries.size >= this.#capacity) {',
    '    > 34 |       this.#entries.delete(this.#newest); // TODO',
    '      35 |     }',
    '      36 |     this.#entries.set(key, value);',
  ]);
});

test('a pass says what was learned', () => {
  expect(lines(passed())).toEqual([
    'LRU and TTL: All 7 tests pass. (34 ms)',
    '  done     1. Store and read entries',
    '  done     2. Evict the least recently used entry',
    '  done     3. Expire entries',
    '',
    `What you learned: ${LRU.summary}`,
  ]);
});

test('code that does not load is shown with its place, and no task is called current', () => {
  expect(lines(unrunnable()).slice(0, 4)).toEqual([
    'LRU and TTL: kata.ts does not run yet, so no test was run. (34 ms)',
    '  SyntaxError: Expected ";" but found "}"',
    '  at kata.ts:35:5',
    '      32 |   set(key: K, value: V): void {',
  ]);
});

test('a timeout asks about endless loops and names the line', () => {
  const text = lines(timedOut()).join('\n');
  expect(text).toContain(
    'Is there a loop that never ends, something awaited that never comes, or a flood of output?',
  );
  expect(text).toContain('It was running this line:\n  at kata.ts:34:7');
});

test('a timeout names a test that failed before it: it may be the one that waits for ever', () => {
  const {
    expected: _,
    received: __,
    ...waits
  } = aFailure({ name: 'TestTimeoutError', message: 'It did not finish', frames: [] });
  const tests = sevenTests({ status: 'failed', failure: waits, output: '' });
  expect(lines(timedOut({ tests })).slice(-2)).toEqual([
    'Failed, hidden test of task 2: evicts the entry that was read longest ago',
    '  It did not finish',
  ]);
});

test('a crash says what happened and where to look', () => {
  const text = lines(crashed()).join('\n');
  expect(text).toContain('Your code used more memory than a grading may have, and was stopped.');
  expect(text).toContain(
    'Does a list or a cache grow without an end, or does a loop print without an end?',
  );
});

test('what is our fault is called so, and the learner loses nothing', () => {
  const text = lines(broken()).join('\n');
  expect(text).toContain('This is our fault, not yours');
  expect(text).toContain('please report it');
  expect(text).toContain('Nothing was counted, and your files are untouched.');
});

test('an assertion whose message only repeats the two values is not repeated', () => {
  const failure = aFailure({
    message: "greeting('orders'): expected 'Hello' to be 'Hello from orders!'",
    expected: 'Hello from orders!',
    received: 'Hello',
  });
  const tests = sevenTests({ status: 'failed', failure, output: '' });
  const text = lines(failed({ tests })).join('\n');
  expect(text).toContain(
    "  greeting('orders')\n  expected: Hello from orders!\n  received: Hello\n",
  );
});

test('an assertion that says more than the two values keeps its words', () => {
  const message = 'expected 3 to be less than 2';
  const failure = aFailure({ message, expected: '2', received: '3' });
  const tests = sevenTests({ status: 'failed', failure, output: '' });
  expect(lines(failed({ tests })).join('\n')).toContain(message);
});

test('blanks at the end of a value can be seen', () => {
  const failure = aFailure({ message: 'no', expected: 'up', received: 'up ' });
  const tests = sevenTests({ status: 'failed', failure, output: '' });
  expect(lines(failed({ tests }))).toContain('  received: "up "');
});

test('long values are shown as their difference', () => {
  const failure = aFailure({ expected: 'a\nb', received: 'a\nc', diff: '  a\n- b\n+ c' });
  const tests = sevenTests({ status: 'failed', failure, output: '' });
  const text = lines(failed({ tests })).join('\n');
  expect(text).toContain('difference (- expected, + received):\n      a\n    - b\n    + c');
  expect(text).not.toContain('expected: a');
});

test('an error that nothing waited for is told', () => {
  const { expected: _, received: __, ...thrown } = aFailure({ name: 'TypeError', message: 'no x' });
  const tests = sevenTests({ status: 'passed', output: '' }, 'passed');
  const text = lines(failed({ tests, unhandled: [thrown] })).join('\n');
  expect(text).toContain('An error that nothing was waiting for, such as a promise without await:');
  expect(text).toContain('  TypeError: no x');
});

test('an error that one line leaves behind again and again is told once', () => {
  const { expected: _, received: __, ...thrown } = aFailure({ name: 'TypeError', message: 'no 1' });
  const elsewhere = { ...thrown, frames: [aFrame({ line: 36 })] };
  const tests = sevenTests({ status: 'passed', output: '' }, 'passed');
  const unhandled = [thrown, elsewhere, { ...thrown, message: 'no 2' }];
  const told = lines(failed({ tests, unhandled })).filter((line) => line.startsWith('An error'));
  expect(told).toEqual([
    'An error that nothing was waiting for, such as a promise without await (more than once):',
    'An error that nothing was waiting for, such as a promise without await:',
  ]);
});

test('what the failing test printed stands below it', () => {
  const tests = sevenTests({ status: 'failed', failure: aFailure(), output: 'get a\nget b\n' });
  expect(lines(failed({ tests })).join('\n')).toContain(
    '  Printed by this test:\n    get a\n    get b',
  );
});
