import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeClone, type Clone } from '../support/clone.ts';
import { exercise } from '../support/project.ts';

const RIGHT = 'export function answer(): number {\n  return 42;\n}\n';
const WRONG = 'export function answer(): number {\n  return 41;\n}\n';

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone({
    ...exercise('class/one'),
    ...exercise('class/two'),
    'handed/ada/class/one/kata.ts': RIGHT,
    'handed/ada/class/two/kata.ts': WRONG,
    'handed/bob/workspace/class/one/kata.ts': 'export function answer( {',
    'handed/bob/two/kata.ts': exercise('class/two')['exercises/class/two/kata.ts'] ?? '',
    'handed/cy/essay.txt': 'I could not find the folder.',
  });
});
afterAll(() => clone.remove());

interface Printed {
  readonly grades: readonly {
    learner: string;
    exercise: string;
    verdict: string;
    boundary: string;
  }[];
  readonly missing: readonly unknown[];
}

function verdicts(stdout: string): string[] {
  const { grades } = JSON.parse(stdout) as Printed;
  return grades.map((each) => `${each.learner} ${each.exercise} ${each.verdict} ${each.boundary}`);
}

const ALL = [
  'ada one passed apart',
  'ada two failed apart',
  'bob one unrunnable apart',
  'bob two not-begun apart',
];

describe('dojo grade', { timeout: 120_000 }, () => {
  test('grades each learner apart from the suites, and names those of whom it finds nothing', async () => {
    const { code, stdout, stderr } = await clone.run('grade', clone.path('handed'), '--json');
    expect(verdicts(stdout)).toEqual(ALL);
    expect(stderr).toContain('cy: no kata was found; it holds essay.txt.');
    expect(code).toBe(0);
  });

  test('grades a second time only what has changed', async () => {
    const results = clone.path('handed/grades.jsonl');
    const lines = async (): Promise<number> =>
      (await readFile(results, 'utf8')).split('\n').filter((line) => line.includes('"grade"'))
        .length;
    const before = await lines();
    await clone.write('handed/ada/class/two/kata.ts', RIGHT);
    const { stdout } = await clone.run('grade', clone.path('handed'), '--json');
    expect(verdicts(stdout)).toContain('ada two passed apart');
    expect((await lines()) - before).toBe(1);
    await clone.write('handed/ada/class/two/kata.ts', WRONG);
  });

  test('spreads over machines, and the parts make one table', async () => {
    const part = (index: number) =>
      clone.run(
        ...['grade', clone.path('handed'), '--shard', `${index}/2`],
        ...['--out', clone.path(`part-${index}.jsonl`)],
      );
    await part(1);
    const merge = (...parts: string[]) =>
      clone.run('grade', 'merge', ...parts.map((name) => clone.path(name)), '--json');
    const half = await merge('part-1.jsonl');
    expect(half.code).toBe(1);
    expect((JSON.parse(half.stdout) as Printed).missing).toHaveLength(2);
    await part(2);
    const whole = await merge('part-1.jsonl', 'part-2.jsonl');
    expect(verdicts(whole.stdout).sort()).toEqual(ALL);
    expect(whole.code).toBe(0);
  });

  test('reads on behind a line that was cut off', async () => {
    const { stdout } = await clone.run(
      'grade',
      clone.path('handed'),
      '--out',
      clone.path('cut.jsonl'),
    );
    expect(stdout).toMatch(/^ada +passed +\d of \d +1$/m);
    await appendFile(clone.path('cut.jsonl'), '{"type":"grade","learner":"ad');
    const cut = await clone.run('grade', 'merge', clone.path('cut.jsonl'));
    expect(cut.stdout).toContain('1 line of the results cannot be read');
    expect(cut.code).toBe(1);
  });

  test('says what is wrong with what it was given', async () => {
    const said = async (...args: string[]) => (await clone.run('grade', ...args)).stderr;
    expect(await said()).toContain('Name the folder of submissions');
    expect(await said(clone.path('nowhere'))).toContain('There is no folder');
    expect(await said(clone.path('handed'), '--shard', '3/2')).toContain('is no part');
    expect(await said(clone.path('handed'), '--exercise', 'three')).toContain(
      'There is no exercise "three"',
    );
  });
});

describe('docs/class-grading.md', () => {
  test('shows workflows that are YAML', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/class-grading.md'), 'utf8');
    const examples = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);
    expect(examples).toHaveLength(3);
    for (const yaml of examples) expect(parse(yaml)).toBeTypeOf('object');
  });
});
