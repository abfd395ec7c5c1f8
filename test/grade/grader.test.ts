import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exercise } from '../../runner/catalog/model.ts';
import {
  folderCandidate,
  referenceCandidate,
  starterCandidate,
} from '../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { kataProject, type KataProject } from '../support/kata-project.ts';

let project: KataProject;
let grader: Grader;
let learners = 0;

beforeAll(() => {
  project = kataProject();
  grader = createGrader(project.root);
});
afterAll(async () => {
  await grader.close();
  project[Symbol.dispose]();
});

/** Grades a kata that a learner wrote, with other files beside it if need be. */
function grade(
  kata: string,
  options: {
    readonly limit?: number;
    readonly beside?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Verdict> {
  const folder = `workspace/learner-${(learners += 1)}`;
  project.write(`${folder}/kata.ts`, kata);
  for (const [name, text] of Object.entries(options.beside ?? {}))
    project.write(`${folder}/${name}`, text);
  const exercise: Exercise = {
    ...project.exercise,
    timeLimit: options.limit ?? project.exercise.timeLimit,
  };
  return grader.grade(
    exercise,
    project.edition,
    folderCandidate(project.edition, join(project.root, folder)),
    options.signal,
  );
}

function failures(verdict: Verdict): string[] {
  return verdict.tests.filter((test) => test.status !== 'passed').map((test) => test.sentence);
}

const RIGHT = 'export const add = (a: number, b: number): number => a + b;\n';

describe('a right kata', () => {
  test('passes, with every test of both suites in file order', async () => {
    const verdict = await grade(RIGHT);
    expect(verdict.kind).toBe('passed');
    expect(
      verdict.tests.map(({ suite, task, sentence, status }) => [suite, task, sentence, status]),
    ).toEqual([
      ['examples', 1, 'adds two and three', 'passed'],
      ['hidden', 1, 'adds one and one', 'passed'],
      ['hidden', 1, 'adds negative numbers', 'passed'],
      ['hidden', 2, 'adds zero', 'passed'],
    ]);
  });

  test('may use decorators, accessors and using', async () => {
    const verdict = await grade(`
      function doubled(value: (n: number) => number, context: ClassMethodDecoratorContext) {
        return (n: number) => context.kind === 'method' ? value(n) : 0;
      }
      class Sum { accessor total = 0; @doubled id(n: number) { return n; } }
      export function add(a: number, b: number): number {
        const sum = new Sum();
        { using end = { [Symbol.dispose]() { sum.total += b; } }; sum.total += sum.id(a); }
        return sum.total;
      }`);
    expect(verdict.kind).toBe('passed');
  });

  test('may import modules of its own that lie beside it', async () => {
    const verdict = await grade(`export { add } from './sum';`, { beside: { 'sum.ts': RIGHT } });
    expect(verdict.kind).toBe('passed');
  });

  test('passes as the reference does', async () => {
    const verdict = await grader.grade(
      project.exercise,
      project.edition,
      referenceCandidate(project.exercise, project.edition),
    );
    expect(verdict.kind).toBe('passed');
  });
});

describe('a wrong kata', () => {
  test('fails with the sentence, the values and the message of each test', async () => {
    const verdict = await grade(
      'export const add = (a: number, b: number): number => a + Math.abs(b);',
    );
    expect(verdict.kind).toBe('failed');
    expect(failures(verdict)).toEqual(['adds negative numbers']);
    const failure = verdict.tests.find((test) => test.failure)?.failure;
    expect(failure).toMatchObject({ expected: '-3', received: '1' });
  });

  test('shows the line of its own code that threw, with an excerpt', async () => {
    const verdict = await grader.grade(
      project.exercise,
      project.edition,
      starterCandidate(project.exercise, project.edition),
    );
    const [frame] = verdict.tests[0]?.failure?.frames ?? [];
    expect(frame).toMatchObject({ file: 'kata.ts', line: 2 });
    expect(frame?.excerpt.find((line) => line.number === 2)?.text).toContain('Not implemented yet');
  });

  test('fails when a rejection is left unhandled although every test holds', async () => {
    const verdict = await grade(`
      export function add(a: number, b: number): number {
        if (a === 7) void Promise.reject(new Error('left behind'));
        return a + b;
      }`);
    expect(verdict.kind).toBe('failed');
    expect(
      verdict.kind === 'failed' && verdict.unhandled.map((failure) => failure.message),
    ).toEqual(['left behind']);
  });

  test.each([
    ["throw 'no such user'", 'no such user (no line is known: was a plain value thrown'],
    ['throw { code: 42 }', '(no line is known: was a plain value thrown'],
    ['process.exit(3)', 'It called process.exit(3).'],
  ])('is told in plain words what came of %s', async (line, words) => {
    const verdict = await grade(
      `export function add(a: number, b: number): number {\n  if (a === 7) ${line};\n  return a + b;\n}`,
    );
    expect(verdict.tests.at(-1)?.failure?.message).toContain(words);
  });

  test('has what it printed shown beside the test that printed it, without control characters', async () => {
    const verdict = await grade(`
      console.log('while \\u001b[31mloading');
      export function add(a: number, b: number): number { console.log('adding', a); return a + b; }`);
    expect(verdict.output).toContain('while loading');
    expect(verdict.tests[0]?.output).toContain('adding 2');
  });
});

describe('a kata that cannot be run', () => {
  test('is told where its syntax error is', async () => {
    const verdict = await grade(
      'export function add(a: number, b: number): number {\n  return a + ;\n}',
    );
    expect(verdict).toMatchObject({
      kind: 'unrunnable',
      failure: { name: 'SyntaxError', frames: [{ file: 'kata.ts', line: 2, column: 14 }] },
    });
    expect(verdict.tests.every((test) => test.status === 'not-run')).toBe(true);
  });

  test('is told which export is missing', async () => {
    const verdict = await grade('export const sum = 1;');
    expect(verdict.kind === 'unrunnable' && verdict.failure.message).toContain('"add"');
  });

  test('is told where it throws while it loads', async () => {
    const verdict = await grade(`${RIGHT}\nthrow new RangeError('too early');`);
    expect(verdict).toMatchObject({
      kind: 'unrunnable',
      failure: { message: 'too early', frames: [{ line: 3 }] },
    });
  });

  test('is told when its file is gone', async () => {
    const verdict = await grader.grade(
      project.exercise,
      project.edition,
      folderCandidate(project.edition, join(project.root, 'nowhere')),
    );
    expect(verdict.kind === 'unrunnable' && verdict.failure.message).toBe('kata.ts is not there.');
  });

  test('is refused when it is a symbolic link', async () => {
    const target = project.write('elsewhere/kata.ts', RIGHT);
    const folder = join(project.root, 'exercises');
    symlinkSync(target, join(folder, 'kata.ts'));
    const verdict = await grader.grade(
      project.exercise,
      project.edition,
      folderCandidate(project.edition, folder),
    );
    expect(verdict.kind === 'unrunnable' && verdict.failure.message).toContain('symbolic link');
  });

  test('may not import from outside its folder', async () => {
    const verdict = await grade(`export { add } from '../../solutions/practice/adder/kata';`);
    expect(verdict.kind === 'unrunnable' && verdict.failure.message).toContain(
      "outside of the kata's folder",
    );
  });
});

describe('a kata that does not come back', () => {
  test('is stopped at its time limit, with the line that was running', async () => {
    const verdict = await grade(
      'export function add(a: number, b: number): number {\n  for (;;) a += b;\n}',
      { limit: 1_500 },
    );
    expect(verdict).toMatchObject({
      kind: 'timed-out',
      limit: 1_500,
      at: { file: 'kata.ts', line: 2 },
    });
  });

  test('is stopped when it loops while it loads', async () => {
    const verdict = await grade(`${RIGHT}\nlet n = 0;\nwhile (n >= 0) n += 1;`, { limit: 1_500 });
    expect(verdict).toMatchObject({ kind: 'timed-out', at: { line: 4 } });
  });

  test('is stopped when it takes more memory than it may', async () => {
    const verdict = await grade(
      'const held: unknown[] = [];\nexport function add(a: number, b: number): number {\n  for (;;) held.push(new Array(10_000).fill(a + b));\n}',
    );
    expect(verdict).toMatchObject({ kind: 'crashed', reason: 'memory' });
  });

  test('does not pass by calling process.exit(0)', async () => {
    const verdict = await grade(`${RIGHT}\nprocess.exit(0);`);
    expect(verdict).toMatchObject({ kind: 'crashed', reason: 'exit' });
    expect(verdict.kind === 'crashed' && verdict.message).toContain('process.exit(0)');
  });

  test('does not pass by ending its process behind our back', async () => {
    const verdict = await grade(`${RIGHT}\nprocess.abort();`);
    expect(verdict).toMatchObject({ kind: 'crashed', reason: 'signal' });
  });

  test.each([
    ['stopped at the limit', 'for (;;);', 5_000, 'timed-out'],
    ['ended from within', 'process.abort();', 8_000, 'crashed'],
  ])('has no test called failed that never ran, when %s', async (_, end, limit, kind) => {
    const verdict = await grade(
      `export function add(a: number, b: number): number {\n  if (a === -1) ${end}\n  return a + b;\n}`,
      { limit },
    );
    expect(verdict.kind).toBe(kind);
    const statuses = verdict.tests.map(({ suite, status }) => [suite, status]);
    expect(statuses[0]).toEqual(['examples', 'passed']);
    expect(statuses.at(-1)).toEqual(['hidden', 'not-run']);
    expect(verdict.tests.some(({ status }) => status === 'failed')).toBe(false);
  });

  test('is aborted on request, and the next one is graded as if nothing had happened', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const verdict = await grade('export function add(): number {\n  for (;;);\n}', {
      signal: controller.signal,
    });
    expect(verdict.kind).toBe('aborted');
    expect((await grade(RIGHT)).kind).toBe('passed');
  });
});

describe('a kata that meddles with the tests', () => {
  test('does not pass with an .only test of its own', async () => {
    const verdict = await grade(
      `import { test } from 'vitest';\ntest.only('mine', () => {});\nexport const add = () => 0;`,
    );
    expect(verdict.kind).not.toBe('passed');
  });

  test('does not pass by skipping every test', async () => {
    const verdict = await grade(
      `import { beforeEach } from 'vitest';\nbeforeEach((context) => context.skip());\nexport const add = () => 0;`,
    );
    expect(verdict.kind).not.toBe('passed');
  });
});

describe('a suite that is at fault', () => {
  async function verdictOn(hidden: string): Promise<Verdict> {
    using broken = kataProject({ 'solutions/practice/adder/hidden.test.ts': hidden });
    const own = createGrader(broken.root);
    try {
      return await own.grade(
        broken.exercise,
        broken.edition,
        referenceCandidate(broken.exercise, broken.edition),
      );
    } finally {
      await own.close();
    }
  }

  test('never blames the learner for a suite without tests', async () => {
    expect(await verdictOn('export {};')).toMatchObject({ kind: 'broken' });
  });

  test('never blames the learner for a skipped test', async () => {
    const verdict = await verdictOn(
      `import { test } from 'vitest'; test('a', () => {}); test.skip('b', () => {});`,
    );
    expect(verdict.kind === 'broken' && verdict.message).toContain('"b"');
  });

  test('never blames the learner for a reference that fails', async () => {
    const verdict = await verdictOn(
      `import { test } from 'vitest'; test('a', () => { throw new Error('wrong'); });`,
    );
    expect(verdict.kind === 'broken' && verdict.message).toContain('fails: wrong');
  });
});
