import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exercise } from '../../../runner/catalog/model.ts';
import { folderCandidate, referenceCandidate } from '../../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../../runner/grade/grader.ts';
import type { Verdict } from '../../../runner/grade/verdict.ts';
import { kataProject, type KataProject } from '../../support/kata-project.ts';

let project: KataProject;
let grader: Grader;
let learners = 0;

beforeAll(() => {
  project = kataProject();
  grader = createGrader(project.root, { boundary: 'apart' });
});
afterAll(async () => {
  await grader.close();
  project[Symbol.dispose]();
});

/** Grades a kata that a learner wrote. */
function grade(
  kata: string,
  options: { readonly exercise?: Partial<Exercise>; readonly signal?: AbortSignal } = {},
): Promise<Verdict> {
  const folder = `workspace/learner-${(learners += 1)}`;
  project.write(`${folder}/kata.ts`, kata);
  const exercise = { ...project.exercise, ...options.exercise };
  const candidate = folderCandidate(project.edition, join(project.root, folder));
  return grader.grade(exercise, project.edition, candidate, options.signal);
}

const RIGHT = 'export const add = (a: number, b: number): number => a + b;\n';

describe('judged apart', () => {
  test('a right kata passes, with every test of both suites', async () => {
    const verdict = await grade(RIGHT);
    expect(verdict.kind).toBe('passed');
    expect(verdict.tests).toHaveLength(4);
  });

  test('a wrong kata fails with the values of the test', async () => {
    const verdict = await grade('export const add = (a: number, b: number) => a + Math.abs(b);');
    const failure = verdict.tests.find((each) => each.failure)?.failure;
    expect(failure).toMatchObject({ expected: '-3', received: '1' });
  });

  test('an error shows the line of the kata that threw it', async () => {
    const verdict = await grade(
      `export function add(a: number, b: number): number {\n  throw new RangeError(\`no \${a} \${b}\`);\n}`,
    );
    const failure = verdict.tests[0]?.failure;
    expect(failure).toMatchObject({ name: 'RangeError', message: 'no 2 3' });
    expect(failure?.frames[0]).toMatchObject({ file: 'kata.ts', line: 2 });
  });

  test('an error while the kata loads is unrunnable, at its line', async () => {
    const verdict = await grade(`${RIGHT}\nthrow new RangeError('too early');`);
    expect(verdict).toMatchObject({
      kind: 'unrunnable',
      failure: { message: 'too early', frames: [{ line: 3 }] },
    });
  });

  test('what the kata prints is shown with the test that made it print', async () => {
    const verdict = await grade(
      `console.log('loading');\nexport function add(a: number, b: number) { console.log('adding', a); return a + b; }`,
    );
    expect(verdict.output).toContain('loading');
    expect(verdict.tests[0]?.output).toContain('adding 2');
  });

  test('a rejection that nobody handles fails the grading', async () => {
    const verdict = await grade(
      `export function add(a: number, b: number) { if (a === 7) void Promise.reject(new Error('left behind')); return a + b; }`,
    );
    expect(verdict).toMatchObject({ kind: 'failed', unhandled: [{ message: 'left behind' }] });
  });

  test('an endless loop is stopped', async () => {
    const verdict = await grade('export function add(): number { for (;;); }', {
      exercise: { timeLimit: 1_500 },
    });
    expect(verdict.kind).toBe('timed-out');
  });

  test('too much memory is named', async () => {
    const verdict = await grade(
      'const held: unknown[] = [];\nexport function add(): number { for (;;) held.push(new Array(10_000).fill(1)); }',
    );
    expect(verdict).toMatchObject({ kind: 'crashed', reason: 'memory' });
  });

  test('process.exit(0) is named', async () => {
    const verdict = await grade(`${RIGHT}\nprocess.exit(0);`);
    expect(verdict).toMatchObject({ kind: 'crashed', reason: 'exit' });
    expect(verdict.kind === 'crashed' && verdict.message).toContain('process.exit(0)');
  });

  test('a grading is aborted on request, and the next one is as any other', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const { signal } = controller;
    const verdict = await grade('export function add(): number { for (;;); }', { signal });
    expect(verdict.kind).toBe('aborted');
    expect((await grade(RIGHT)).kind).toBe('passed');
  });

  test('nothing of the kata runs in the judge', async () => {
    const witness = join(project.root, 'witness.txt');
    const verdict = await grade(
      `const seen = [typeof (globalThis as any).backendDojoJudge, Object.keys(process.env).join(), process.argv.length].join(' ');\nconsole.log('saw:', seen);\n${RIGHT}`,
    );
    expect(verdict.output).toContain('saw: undefined  1');
    expect(existsSync(witness)).toBe(false);
  });
});

describe('an argument that the kata changes', () => {
  const SORTER = {
    'exercises/practice/adder/kata.ts': 'export const sort = (list: number[]): number[] => list;',
    'exercises/practice/adder/examples.test.ts': `import { expect, test } from 'vitest'; import { sort } from './kata'; test('sorts nothing', () => { expect(sort([])).toEqual([]); });`,
    'solutions/practice/adder/kata.ts':
      'export const sort = (list: number[]): number[] => list.sort((a, b) => a - b);',
    'solutions/practice/adder/hidden.test.ts': `import { expect, test } from 'vitest'; import { sort } from './kata'; test('sorts', () => { const list = [2, 1]; expect(sort(list)).toBe(list); expect(list).toEqual([1, 2]); });`,
  };

  test.each([
    ['fails the test', undefined, 'failed'],
    ['reaches the suite where that is the task', { arguments: 'written back' } as const, 'passed'],
  ])('%s', async (_what, boundary, kind) => {
    using sorter = kataProject(SORTER);
    const own = createGrader(sorter.root, { boundary: 'apart' });
    try {
      const verdict = await own.grade(
        { ...sorter.exercise, ...(boundary ? { boundary } : {}) },
        sorter.edition,
        referenceCandidate(sorter.exercise, sorter.edition),
      );
      expect(verdict.kind).toBe(kind);
    } finally {
      await own.close();
    }
  });
});
