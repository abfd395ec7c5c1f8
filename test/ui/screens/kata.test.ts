import { describe, expect, test } from 'vitest';
import type { State } from '../../../runner/session/state.ts';
import { draw, drawn, LARGE, sentences, SMALL } from '../../support/draw.tsx';
import {
  aCurrent,
  aFailure,
  aState,
  broken,
  crashed,
  failed,
  passed,
  progressWith,
  sevenTests,
  timedOut,
  unrunnable,
} from '../../support/states.ts';

const TRIED = progressWith({ 'lru-ttl-cache': { attempts: 3 } });
const PASSED = progressWith({
  'lru-ttl-cache': { passedAt: '2026-01-01T10:00:00Z', attempts: 7, hints: 2 },
});
const RUNNING: State['run'] = { state: 'running', id: 2, cause: 'saved', again: false };
const LONG = Array.from({ length: 60 }, (_, index) => `- line ${index}`).join('\n');

test('a failure at 80x24', () => {
  const state = aState({
    progress: TRIED,
    verdict: failed(),
    shownBefore: { tasksBefore: [1] },
  });
  expect(draw(state, SMALL)).toEqual([
    'From junior to a solid middle developer           ░░░░░░░░░░░░░░░░ 0 of 3 passed',
    'System design and load › Cache patterns, lifetimes and stamp…  1 not written yet',
    '─'.repeat(80),
    'In-process caches: LRU and TTL   ●●○○○   45 min',
    'workspace/caching/lru-ttl-cache/kata.ts',
    '',
    ' ✔ 1. Store and read entries                                              2 of 2',
    ' ▸ 2. Evict the least recently used entry',
    '     examples ✔ 1 of 1   hidden ✘✔ 1 of 2',
    ' · 3. Expire entries',
    '',
    '✘ Not yet: 4 of 7 tests pass, 2 did not run.                               34 ms',
    '  ✘ evicts the entry that was read longest ago               task 2, hidden test',
    '    after set a, set b, get a, set c: the wrong entry is gone',
    '    expected  ["a", "c"]',
    '    received  ["b", "c"]',
    '    at workspace/caching/lru-ttl-cache/kata.ts:34:7',
    '      33 │     if (this.#entries.size >= this.#capacity) {',
    '    ▸ 34 │       this.#entries.delete(this.#newest); // TODO',
    '      35 │     }',
    '',
    '',
    'h hint   b brief   o edit   r run again   p details   l list   ? help   q quit',
  ]);
});

test('a wide window shows tasks and failure side by side', () => {
  const state = aState({ progress: TRIED, verdict: failed(), shownBefore: { tasksBefore: [1] } });
  const lines = draw(state, LARGE);
  expect(lines.slice(6, 12)).toEqual([
    ' ✔ 1. Store and read entries              2 of 2   ✘ Not yet: 4 of 7 tests pass, 2 did not run.                    34 ms',
    ' ▸ 2. Evict the least recently used entry',
    '     examples ✔ 1 of 1   hidden ✘✔ 1 of 2            ✘ evicts the entry that was read longest ago    task 2, hidden test',
    ' · 3. Expire entries                                   after set a, set b, get a, set c: the wrong entry is gone',
    '                                                       expected  ["a", "c"]',
    '                                                       received  ["b", "c"]',
  ]);
});

test('where the tasks do not fit, they stand in a row above the current one', () => {
  const state = aState({ progress: TRIED, verdict: failed(), shownBefore: { tasksBefore: [1] } });
  expect(draw(state, { columns: 80, rows: 18 }).slice(4, 8)).toEqual([
    ' ✔  ▸  ·   1 of 3 tasks done',
    ' ▸ 2. Evict the least recently used entry',
    '     examples ✔ 1 of 1   hidden ✘✔ 1 of 2',
    '',
  ]);
});

test('a task that falls is cheered once', () => {
  const verdict = failed();
  const fell = aState({ progress: TRIED, verdict, shownBefore: { tasksBefore: [] } });
  expect(drawn(fell)).toContain('★ Task 1 done, 2 to go.');
  const known = aState({ progress: TRIED, verdict, shownBefore: { tasksBefore: [1] } });
  expect(drawn(known)).not.toContain('★');
});

test('who has not saved yet is told that this is the starter', () => {
  expect(drawn(aState({ verdict: failed() }))).toContain(
    'This is the starter as it came. Read the brief with b, then edit and save.',
  );
});

test('the progress says what is skipped and what nobody has written yet', () => {
  const progress = progressWith({
    'lru-ttl-cache': { passedAt: '2026-01-01T10:00:00Z' },
    'cache-stampede': { skippedAt: '2026-01-01T11:00:00Z' },
  });
  const [first, second] = draw(aState({ progress }), LARGE);
  expect(first).toMatch(/█████░{11} 1 of 3 passed$/);
  expect(second).toMatch(/1 skipped, 1 not written yet$/);
});

describe('while a save is checked', () => {
  const before = aState({ progress: TRIED, verdict: failed(), shownBefore: { tasksBefore: [1] } });
  const during: State = { ...before, run: RUNNING };

  test('the last verdict stays where it is, and its time gives way to the mark', () => {
    const moved = draw(during).flatMap((line, row) => (line === draw(before)[row] ? [] : [line]));
    expect(moved).toEqual([
      '✘ Not yet: 4 of 7 tests pass, 2 did not run.                           checking…',
    ]);
  });

  test('the first check of a topic shows nothing else', () => {
    expect(draw(aState({ run: RUNNING }))[11]).toBe('checking…');
  });
});

describe('every kind of verdict has its own words', () => {
  const say = (verdict: Parameters<typeof failed>[0] | ReturnType<typeof passed>) =>
    sentences(aState({ progress: TRIED, verdict: verdict as ReturnType<typeof passed> }));

  test('code that does not run: its error, its place, and that no test was run', () => {
    const lines = draw(aState({ progress: TRIED, verdict: unrunnable() }));
    expect(lines.slice(11, 20)).toEqual([
      '✘ kata.ts does not run yet, so no test was run.                            34 ms',
      '  SyntaxError: Expected ";" but found "}"',
      '  at workspace/caching/lru-ttl-cache/kata.ts:35:5',
      '    32 │   set(key: K, value: V): void {',
      '    33 │     if (this.#entries.size >= this.#capacity) {',
      '    34 │       this.#entries.delete(this.#newest); // TODO',
      '  ▸ 35 │     }',
      '       │     ^',
      '    36 │     this.#entries.set(key, value);',
    ]);
    expect(lines.join('\n')).toContain('examples · not run   hidden · not run');
  });

  test('too slow: the limit, the line that was running, what to look for', () => {
    expect(say(timedOut())).toContain(
      'Stopped after 10 s: the code had not finished. 34 ms Is there a loop that never ends, something awaited that never comes, or a flood of output? It was running this line: at workspace/caching/lru-ttl-cache/kata.ts:34:7',
    );
  });

  test('a crash: what happened, what to look for', () => {
    expect(say(crashed())).toContain(
      'Your code used more memory than a grading may have, and was stopped. Does a list or a cache grow without an end, or does a loop print without an end?',
    );
  });

  test('our fault: called so, what to do, nothing lost', () => {
    expect(say(broken())).toContain(
      'The suites hold no test, so nothing was graded. This is a fault of the exercise, not yours: please report it. Nothing was counted, and your files are untouched.',
    );
  });

  test('an error that nothing waited for, although all tests pass', () => {
    const { expected: _, received: __, ...thrown } = aFailure({ name: 'TypeError', message: 'no' });
    const tests = sevenTests({ status: 'passed', output: '' }, 'passed');
    expect(say(failed({ tests, unhandled: [thrown] }))).toContain(
      'An error that nothing was waiting for, such as a promise without await: TypeError: no',
    );
  });
});

describe('a pass', () => {
  const state = aState({
    progress: PASSED,
    verdict: passed(),
    shownBefore: { firstPass: true, unlocked: ['Cache stampedes', 'Joins'] },
  });

  test('is a moment of joy, and waits', () => {
    expect(draw(state).slice(10, 21)).toEqual([
      '✔ All 7 tests pass.                                                        34 ms',
      '  ★ "In-process caches: LRU and TTL" is yours, after 7 attempts, with 2 hints.',
      '',
      '  What you learned',
      '  A hash map plus a linked list gives a cache whose every operation takes',
      '  constant time.',
      '',
      '  What it opened',
      '  Cache stampedes and Joins',
      '',
      '  Press n when you are ready for the next one.',
    ]);
  });

  test('needs no hint any more', () => {
    const text = drawn({ ...state, current: aCurrent({ hints: 1 }) });
    expect(text).not.toContain('Hint 1');
    expect(text).not.toContain('h hint');
  });

  test('that comes again is no news', () => {
    const again = aState({ progress: PASSED, verdict: passed() });
    expect(drawn(again)).not.toContain('is yours');
    expect(drawn(again)).toContain('What you learned');
  });

  test('stays when a later save fails', () => {
    expect(drawn(aState({ progress: PASSED, verdict: failed() }))).toContain(
      'You passed this kata before, and that stays. This save does not pass.',
    );
  });
});

describe('what is too long is cut', () => {
  const failure = aFailure({ diff: LONG, expected: LONG, received: LONG });
  const tests = sevenTests({ status: 'failed', failure, output: LONG });

  test('the line of the code is kept rather than the whole difference', () => {
    const text = drawn(aState({ progress: TRIED, verdict: failed({ tests }) }));
    expect(text).toMatch(/… \d+ more lines/);
    expect(text).toContain('▸ 34 │');
  });

  test('a larger window shows more of it', () => {
    const count = (size: typeof SMALL) =>
      draw(aState({ progress: TRIED, verdict: failed({ tests }) }), size).filter((line) =>
        /- line/.test(line),
      ).length;
    expect(count(LARGE)).toBeGreaterThan(count(SMALL) + 10);
  });

  test('a hint leaves room for the failure, and tells where the rest of it is', () => {
    const { content } = aCurrent();
    const hints = [{ title: 'Think', text: LONG.replaceAll('- ', '') }];
    const current = aCurrent({ hints: 1, ...(content ? { content: { ...content, hints } } : {}) });
    const text = drawn(aState({ progress: TRIED, verdict: failed(), current }));
    expect(text).toContain('✘ evicts the entry that was read longest ago');
    expect(text).toContain('Hint 1 of 1: Think');
    expect(text).toMatch(/… \d+ more lines, all of it with b/);
  });
});

test('the last hint is shown, with how many there are', () => {
  const text = drawn(
    aState({ progress: TRIED, verdict: failed(), current: aCurrent({ hints: 2 }) }),
  );
  expect(text).toContain('Hint 2 of 2: How does an entry become young again?');
  expect(text).toContain('  Delete it, then set it again.');
  expect(text).not.toContain('Hint 1');
});

test('a kata that was deleted is missed, and can be had again', () => {
  const state = aState({ verdict: failed(), current: aCurrent({ kata: 'missing' }) });
  expect(sentences(state)).toContain('kata.ts is not there any more. It was deleted or renamed in');
  expect(sentences(state)).toContain('or press enter to copy it again as it was at first.');
});

test('a kata of several files names them all', () => {
  const { exercise } = aCurrent();
  const [edition] = exercise.editions;
  const kata = ['Dockerfile', '.dockerignore', 'tags.yaml'];
  const current = aCurrent({
    exercise: { ...exercise, editions: edition ? [{ ...edition, kata }] : [] },
  });
  expect(draw(aState({ current }))[4]).toBe(
    'workspace/caching/lru-ttl-cache/Dockerfile  .dockerignore  tags.yaml',
  );
});

test('a notice stands above the keys', () => {
  const state = aState({ notice: { tone: 'warning', text: 'The journal cannot be written.' } });
  expect(draw(state).at(-2)).toBe('! The journal cannot be written.');
});

test('what a learner prints cannot steer the screen', () => {
  const failure = aFailure({ message: 'bad \u001b[2J\u001b[31mred\u0007 \u009b5A' });
  const tests = sevenTests({ status: 'failed', failure, output: '\u001b]0;x\u0007' });
  expect(drawn(aState({ progress: TRIED, verdict: failed({ tests }) }))).toContain('bad red');
});
