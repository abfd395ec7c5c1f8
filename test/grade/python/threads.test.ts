import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderCandidate } from '../../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../../runner/grade/grader.ts';
import type { Failure, Verdict } from '../../../runner/grade/verdict.ts';
import type { KataProject } from '../../support/kata-project.ts';
import { pythonProject } from '../../support/python-project.ts';

const EXAMPLES = `from kata import Counter

def test_1_begins_at_zero():
    assert Counter().value == 0
`;
const HIDDEN = `import threading
import unittest
from kata import Account, Counter, transfer

THREAD_SCHEDULES = 10


def together(*bodies):
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Counting(unittest.TestCase):
    """1. Count"""

    def test_counts_every_increment_of_four_threads(self):
        counter = Counter()

        def increments():
            for _ in range(10):
                counter.increment()

        together(*[increments] * 4)
        self.assertEqual(counter.value, 40)


class Transferring(unittest.TestCase):
    """2. Transfer"""

    def test_transfers_both_ways_at_once(self):
        a, b = Account(10), Account(10)
        together(lambda: transfer(a, b, 3), lambda: transfer(b, a, 5))
        self.assertEqual((a.balance, b.balance), (12, 8))

    def test_transfers_alone(self):
        a, b = Account(10), Account(10)
        transfer(a, b, 3)
        self.assertEqual((a.balance, b.balance), (7, 13))
`;

const COUNTER = `import threading
import time

class Counter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def increment(self):
        with self.lock:
            self.value += 1
`;
const TRANSFER = `
class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()

def transfer(source, target, amount):
    first, second = sorted((source, target), key=id)
    with first.lock:
        with second.lock:
            source.balance -= amount
            target.balance += amount
`;
const RIGHT = COUNTER + TRANSFER;
const UNLOCKED = RIGHT.replace('with self.lock:', 'if True:');
const CROSSED = RIGHT.replace('sorted((source, target), key=id)', 'source, target');

let project: KataProject;
let grader: Grader;
let learners = 0;

beforeAll(() => {
  project = pythonProject();
  project.write('exercises/practice/adder/examples_test.py', EXAMPLES);
  project.write('solutions/practice/adder/hidden_test.py', HIDDEN);
  project.write('solutions/practice/adder/kata.py', RIGHT);
  grader = createGrader(project.root);
});
afterAll(async () => {
  await grader.close();
  project[Symbol.dispose]();
});

function grade(kata: string): Promise<Verdict> {
  const folder = `workspace/learner-${(learners += 1)}`;
  project.write(`${folder}/kata.py`, kata);
  const candidate = folderCandidate(project.edition, join(project.root, folder));
  return grader.grade(project.exercise, project.edition, candidate);
}

const RUNS = 5;

async function gradeOften(kata: string): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (let turn = 0; turn < RUNS; turn += 1) verdicts.push(await grade(kata));
  return verdicts;
}

function failures(verdict: Verdict): Failure[] {
  return verdict.tests.flatMap((one) => (one.failure ? [one.failure] : []));
}

/** The reference with another body of `increment`. */
function increment(...lines: string[]): string {
  return RIGHT.replace(
    '        with self.lock:\n            self.value += 1\n',
    lines.map((line) => `        ${line}\n`).join(''),
  );
}

describe('schedules', () => {
  test('a right kata passes on every run', async () => {
    const verdicts = await gradeOften(RIGHT);
    expect(verdicts.map(({ kind }) => kind)).toEqual(Array<string>(RUNS).fill('passed'));
  });

  test('an unlocked += 1 loses the same updates on every run, and the schedule is said', async () => {
    const verdicts = await gradeOften(UNLOCKED);
    const told = verdicts.map((verdict) => failures(verdict).map((one) => one.received));
    expect(new Set(told.map(String)).size).toBe(1);
    expect(Number(told[0]?.[0])).toBeLessThan(40);
    const [failure] = verdicts.flatMap(failures);
    expect(failure).toMatchObject({ expected: '40' });
    expect(failure?.message).toMatch(/take turns as in schedule \d+ of 10/);
  });

  test('what fails without turns is told without a schedule', async () => {
    const [failure] = failures(await grade(increment('pass')));
    expect(failure).toMatchObject({ expected: '40', received: '0' });
    expect(failure?.message).not.toContain('schedule');
  });

  test('sleeping in threads costs nothing', async () => {
    const kata = increment('with self.lock:', '    time.sleep(60)', '    self.value += 1');
    expect((await grade(kata)).kind).toBe('passed');
  });
});

describe('what goes wrong with threads', () => {
  test('a deadlock names who waits for whom, at which lines', async () => {
    const [failure] = failures(await grade(CROSSED));
    expect(failure?.name).toBe('Deadlock');
    expect(failure?.message).toMatch(
      /Thread-1 \(<lambda>\) waits at kata\.py:21 \(`with second\.lock:`\) for the lock that Thread-2 \(<lambda>\) took at kata\.py:20 \(`with first\.lock:`\)/,
    );
    expect(failure?.frames[0]).toMatchObject({ file: 'kata.py', line: 21 });
  });

  test('a lock that its own thread takes twice is named', async () => {
    const [failure] = failures(
      await grade(increment('with self.lock:', '    with self.lock:', '        self.value += 1')),
    );
    expect(failure?.message).toContain('for a lock that it took itself at kata.py:10');
  });

  test('an exception that ends a thread fails the test, with the frames of the kata', async () => {
    const [failure] = failures(await grade(increment('self.value = 1 / 0')));
    expect(failure?.message).toMatch(
      /^ZeroDivisionError: division by zero \(in the thread Thread-\d+ \(increments\), which ended with it\)/,
    );
    expect(failure?.frames.map(({ file, line }) => `${file}:${line}`)).toEqual(['kata.py:10']);
  });

  test('a thread that is left running is named, with its line', async () => {
    const kata = `${RIGHT}\nclass Counter(Counter):\n    def __init__(self):\n        super().__init__()\n        threading.Thread(target=self.wait, name='watcher').start()\n\n    def wait(self):\n        threading.Event().wait()\n`;
    const [failure] = failures(await grade(kata));
    expect(failure?.message).toMatch(
      /a thread of it has not: watcher waits in Event\.wait\(\) at kata\.py:\d+ \(`threading\.Event\(\)\.wait\(\)`\)\. Have it end, and join it/,
    );
  });

  test('an assertion that fails is told before the threads that it leaves running', async () => {
    const kata = increment('pass').replace(
      '        self.value = 0\n',
      "        self.value = 0\n        threading.Thread(target=threading.Event().wait, name='watcher').start()\n",
    );
    expect(failures(await grade(kata)).at(-1)).toMatchObject({ expected: '40', received: '0' });
  });

  test('a daemon, and a pool of the module, may outlive a test', async () => {
    const kata = `from concurrent.futures import ThreadPoolExecutor\nPOOL = ThreadPoolExecutor(2)\n${increment(
      'POOL.submit(self.locked).result()',
    )}\ndef locked(self):\n    with self.lock:\n        self.value += 1\nCounter.locked = locked\n\ndef forever():\n    while True:\n        time.sleep(1)\nthreading.Thread(target=forever, daemon=True).start()\n`;
    const verdict = await grade(kata);
    expect(verdict.kind, JSON.stringify(failures(verdict))).toBe('passed');
  });

  test('a loop in a thread is named with its line, and the other tests run', async () => {
    const verdict = await grade(increment('while True:', '    pass'));
    expect(verdict.kind).toBe('failed');
    expect(verdict.tests.filter(({ status }) => status === 'passed')).toHaveLength(3);
    expect(failures(verdict)[0]?.message).toMatch(/^It was still running kata\.py:1[01] after 2 s/);
  });
});

describe('hostile threads end in a verdict, and never in a pass; the next save is graded as ever', () => {
  test.each([
    ['os._exit in a thread', increment('import os', 'os._exit(0)')],
    ['sys.exit in a thread', increment('import sys', 'sys.exit(0)')],
    [
      'a stack overflow in a thread',
      increment('x = []', 'for _ in range(10**6): x = [x]', 'repr(x)', 'del x'),
    ],
    ['a segmentation fault in a thread', increment('import ctypes', 'ctypes.string_at(2**31)')],
    [
      'a loop in each thread that swallows every exception',
      increment('while True:', '    try:', '        while True: pass', '    except: pass'),
    ],
    [
      'ten thousand threads that wait',
      increment('for _ in range(10_000): threading.Thread(target=threading.Event().wait).start()'),
    ],
    ['threads that start threads', increment('threading.Thread(target=self.increment).start()')],
    [
      'threads that run at once when they are started',
      `${UNLOCKED}threading.Thread.start = lambda self: self.run()\nthreading.Thread.join = lambda self: None\n`,
    ],
    ['an end of the turns', `${UNLOCKED}import sys\nsys.monitoring.free_tool_id(4)\n`],
    [
      'turns for other code only',
      `${UNLOCKED.replace('self.value = 0', 'self.value = 0; import sys; sys.monitoring.set_local_events(4, Counter.increment.__code__, 0)')}`,
    ],
    [
      'a thread that patches unittest',
      increment('import unittest', 'unittest.TestCase.assertEqual = lambda *_: None'),
    ],
    ['a thread that skips the test', increment('import unittest', 'raise unittest.SkipTest("no")')],
    [
      'a look at the frames of all threads',
      increment('import sys', 'print(sys._current_frames())'),
    ],
  ])('%s', async (_, kata) => {
    const verdict = await grade(kata);
    expect(['failed', 'crashed', 'timed-out'], JSON.stringify(verdict)).toContain(verdict.kind);
    expect((await grade(RIGHT)).kind).toBe('passed');
  });
});

test('a suite that does not ask for threads has none', async () => {
  using plain = pythonProject();
  const other = createGrader(plain.root);
  plain.write(
    'mine/kata.py',
    'import threading\ndef add(a, b):\n    threading.Thread(target=print).start()\n    return a + b\n',
  );
  const candidate = folderCandidate(plain.edition, join(plain.root, 'mine'));
  const verdict = await other.grade(plain.exercise, plain.edition, candidate);
  await other.close();
  expect(failures(verdict)[0]?.message).toContain("can't start new thread");
});
