import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderCandidate } from '../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import type { KataProject } from '../support/kata-project.ts';
import { pythonProject } from '../support/python-project.ts';
import { ATTACKS, FAMILIES, type PythonAttack } from './python-attacks.ts';

// What is promised of these, and what is not: docs/integrity.md.

/** Milliseconds: some of them take all that they get. */
const TIME_LIMIT = 4_000;

let project: KataProject;
let grader: Grader;
const rows: string[] = [];

beforeAll(() => {
  project = pythonProject();
  grader = createGrader(project.root);
});
afterAll(async () => {
  await grader.close();
  project[Symbol.dispose]();
  if (process.env.ATTACK_TABLE) process.stdout.write(`${rows.join('\n')}\n`);
});

function grade(kata: string): Promise<Verdict> {
  const text = kata
    .replaceAll('HIDDEN_SUITE', join(project.root, 'solutions/practice/adder/hidden_test.py'))
    .replaceAll('MARK', join(project.root, 'mark'));
  project.write('workspace/kata.py', text);
  const candidate = folderCandidate(project.edition, join(project.root, 'workspace'));
  return grader.grade({ ...project.exercise, timeLimit: TIME_LIMIT }, project.edition, candidate);
}

describe('an attack', { timeout: 30_000 }, () => {
  test.each(ATTACKS.map((attack) => [`${attack.family} ${attack.tries}`, attack] as const))(
    '%s',
    async (_, attack) => {
      const verdict = await grade(attack.kata);
      rows.push(row(attack, verdict));
      expect(['broken', 'aborted']).not.toContain(verdict.kind);
      expect(verdict.kind === 'passed', JSON.stringify(verdict)).toBe(attack.passes !== undefined);
      expect(existsSync(join(project.root, 'mark')), 'a file on the host').toBe(false);
    },
  );

  test('leaves the next kata a fresh interpreter', async () => {
    expect((await grade('def add(a, b): return a + b\n')).kind).toBe('passed');
  });
});

function row({ family, tries }: PythonAttack, verdict: Verdict): string {
  const said =
    verdict.kind === 'failed'
      ? (verdict.unhandled[0] ?? verdict.tests.find((one) => one.failure)?.failure)?.message
      : 'message' in verdict
        ? verdict.message
        : '';
  const words = said?.split('\n')[0]?.slice(0, 100) ?? '';
  return `${family} ${FAMILIES[family]} | ${tries} | ${verdict.kind} | ${words}`;
}
