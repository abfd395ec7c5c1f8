import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderCandidate } from '../../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../../runner/grade/grader.ts';
import type { Failure, Verdict } from '../../../runner/grade/verdict.ts';
import type { KataProject } from '../../support/kata-project.ts';
import { pythonProject } from '../../support/python-project.ts';

let project: KataProject;
let grader: Grader;
let learners = 0;

beforeAll(() => {
  project = pythonProject();
  grader = createGrader(project.root);
});
afterAll(async () => {
  await grader.close();
  project[Symbol.dispose]();
});

function grade(kata: string, signal?: AbortSignal): Promise<Verdict> {
  const folder = `workspace/learner-${(learners += 1)}`;
  project.write(`${folder}/kata.py`, kata);
  const candidate = folderCandidate(project.edition, join(project.root, folder));
  return grader.grade(project.exercise, project.edition, candidate, signal);
}

function firstFailure(verdict: Verdict): Failure | undefined {
  return verdict.tests.find((test) => test.failure)?.failure;
}

const RIGHT = 'def add(a, b):\n    return a + b\n';

describe('a right kata', () => {
  test('passes, with every test of both suites in file order under its task', async () => {
    const verdict = await grade(RIGHT);
    expect(verdict.kind, JSON.stringify(verdict)).toBe('passed');
    expect(verdict.tests.map(({ task, sentence }) => `${task} ${sentence}`)).toEqual([
      '1 adds two and three',
      '1 adds one and one',
      '1 adds numbers below zero',
      '2 adds zero',
    ]);
  });

  test('is judged by a fresh interpreter, whatever the one before did', async () => {
    await grade(`import builtins\nbuiltins.len = None\n${RIGHT}`);
    expect((await grade(RIGHT)).kind).toBe('passed');
  });
});

describe('a wrong kata', () => {
  test('is told what was expected and what came, of bare asserts and of unittest', async () => {
    const verdict = await grade('def add(a, b):\n    return a - b\n');
    expect(verdict.kind).toBe('failed');
    expect(verdict.tests[0]?.failure).toMatchObject({
      message: 'assert add(2, 3) == 5',
      expected: '5',
      received: '-1',
    });
    expect(verdict.tests[1]?.failure).toMatchObject({ expected: '2', received: '0' });
    expect(verdict.tests[3]?.status).toBe('passed');
  });

  test('is shown its own frames only, innermost first', async () => {
    const verdict = await grade(
      'def deep(total):\n    return total.vlaue\n\ndef add(a, b):\n    return deep(a + b)\n',
    );
    const failure = firstFailure(verdict);
    expect(failure?.message).toContain("AttributeError: 'int' object has no attribute 'vlaue'");
    expect(failure?.frames.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'kata.py:2',
      'kata.py:5',
    ]);
  });

  test('has what it printed beside the failing test', async () => {
    const verdict = await grade('def add(a, b):\n    print("adding", a, b)\n    return 0\n');
    expect(verdict.tests[0]?.output).toBe('adding 2 3\n');
  });

  test('that does not parse is told its line, and runs no test', async () => {
    const verdict = await grade('def add(a, b):\n    return (a +\n');
    expect(verdict.kind).toBe('unrunnable');
    if (verdict.kind !== 'unrunnable') return;
    expect(verdict.failure.message).toContain("SyntaxError: '(' was never closed");
    expect(verdict.failure.frames[0]).toMatchObject({ file: 'kata.py', line: 2 });
    expect(verdict.tests.every((one) => one.status === 'not-run')).toBe(true);
  });
});

describe('material', () => {
  test('is imported and opened by the kata, and by the suites', async () => {
    using other = pythonProject({
      'exercises/practice/adder/rates.py': 'RATE = 2\n',
      'exercises/practice/adder/data/orders.csv': 'mug,900\n',
      'exercises/practice/adder/examples_test.py': `import unittest
from kata import add
from rates import RATE

class Adding(unittest.TestCase):
    """1. Add"""

    def test_it_reads(self):
        self.assertEqual((add(1, 2), RATE), (902, 2))
`,
      'solutions/practice/adder/hidden_test.py': `import unittest
from kata import add

class Adding(unittest.TestCase):
    """1. Add"""

    def test_it_reads(self):
        with open("data/orders.csv") as file:
            self.assertIn(f",{add(0, 0) - 2}", file.read())
`,
    });
    const exercise = { ...other.exercise, material: ['rates.py', 'data/orders.csv'] };
    other.write(
      'solutions/practice/adder/kata.py',
      `import csv
from pathlib import Path
from rates import RATE

def add(a, b):
    beside = Path(__file__).parent / "data" / "orders.csv"
    [[name, cents]] = csv.reader(beside.open())
    assert Path("data/orders.csv").read_text() == beside.read_text()
    return int(cents) + RATE
`,
    );
    const reference = folderCandidate(other.edition, exercise.solutionFolder);
    const otherGrader = createGrader(other.root);
    const verdict = await otherGrader.grade(exercise, other.edition, reference);
    await otherGrader.close();
    expect(verdict.kind, JSON.stringify(verdict)).toBe('passed');
  });
});

describe('limits', () => {
  test('a loop in one test is named with its line, and the other tests run', async () => {
    const verdict = await grade(
      'def add(a, b):\n    while a == 2:\n        pass\n    return a + b\n',
    );
    expect(verdict.kind).toBe('failed');
    expect(verdict.tests.filter((one) => one.status === 'passed')).toHaveLength(3);
    const failure = firstFailure(verdict);
    expect(failure?.message).toMatch(
      /^It was still running kata\.py:[23] after 2 s: is there a loop that never ends\?/,
    );
    expect([2, 3]).toContain(failure?.frames[0]?.line);
  });

  test('a suite that cannot load after a loop in the other tells why', async () => {
    using other = pythonProject({
      'solutions/practice/adder/kata.py':
        'def add(a, b):\n    return a + b\n\ndef twice(a):\n    return a + a\n',
      'solutions/practice/adder/hidden_test.py':
        'from kata import twice\n\ndef test_1_doubles_two():\n    assert twice(2) == 4\n',
      'workspace/kata.py': 'def add(a, b):\n    while True:\n        pass\n',
    });
    const otherGrader = createGrader(other.root);
    const candidate = folderCandidate(other.edition, join(other.root, 'workspace'));
    const verdict = await otherGrader.grade(other.exercise, other.edition, candidate);
    await otherGrader.close();
    expect(verdict).toMatchObject({
      kind: 'unrunnable',
      failure: { message: expect.stringContaining("cannot import name 'twice'") as unknown },
    });
  });

  test('a loop at import is named with its line', async () => {
    const verdict = await grade(`${RIGHT}while True:\n    pass\n`);
    expect(verdict).toMatchObject({ kind: 'timed-out', at: { file: 'kata.py' } });
  });

  test('a loop that swallows every exception is ended from outside', async () => {
    const verdict = await grade(
      'def add(a, b):\n    while True:\n        try:\n            while True: pass\n        except: pass\n',
    );
    expect(verdict).toMatchObject({ kind: 'timed-out', at: { file: 'kata.py' } });
  });

  test('a loop is named even if the signal that ends it is lost once', async () => {
    const verdict = await grade(`import signal

def add(a, b):
    judge = signal.getsignal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, lambda *_: signal.signal(signal.SIGUSR1, judge))
    while a == 2:
        pass
    return a + b
`);
    expect(firstFailure(verdict)?.message).toMatch(/^It was still running kata\.py:[67] after 2 s/);
  });

  test('a signal that comes before time is up ends nothing', async () => {
    const verdict = await grade(`import signal

def add(a, b):
    signal.raise_signal(signal.SIGUSR1)
    return a + b
`);
    expect(verdict.kind).toBe('passed');
  });

  test('memory is bounded', async () => {
    const verdict = await grade('def add(a, b):\n    return len(bytearray(2**30))\n');
    expect(firstFailure(verdict)?.name).toBe('MemoryError');
  });

  test('an abort ends the grading', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    expect((await grade('while True: pass\n', abort.signal)).kind).toBe('aborted');
  });
});

describe('asyncio', () => {
  const awaiting = (work: string): string =>
    `import asyncio\n\nasync def work():\n${work}\n\ndef add(a, b):\n    try:\n        asyncio.get_running_loop()\n    except RuntimeError:\n        asyncio.run(work())\n    return a + b\n`;

  test('sleeps on virtual time', async () => {
    expect((await grade(awaiting('    await asyncio.sleep(60)'))).kind).toBe('passed');
  });

  test('a test that fails says where the event loop was held up', async () => {
    const verdict = await grade(
      `import time\n${awaiting('    time.sleep(3)').replace('return a + b', 'return 0')}`,
    );
    expect(firstFailure(verdict)?.message).toContain(
      'kata.py:5 calls time.sleep(3) inside of the event loop',
    );
  });

  test('a deadlock is named at once', async () => {
    const verdict = await grade(awaiting('    await asyncio.Event().wait()'));
    expect(firstFailure(verdict)?.message).toContain('every task is waiting');
  });
});
