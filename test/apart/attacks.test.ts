import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capability } from '../../runner/catalog/model.ts';
import { folderCandidate, referenceCandidate } from '../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { kataProject, type KataProject } from '../support/kata-project.ts';
import { ATTACKS, FORGERIES, HONEST, SUITE } from './own-attacks.ts';

const EXAMPLES = `import { expect, test } from 'vitest';
import { later } from './kata';
test('answers', async () => { expect(await later(1)).toBe(1); });
`;

let project: KataProject;
let grader: Grader;
beforeAll(() => {
  process.env.DOJO_TEST_CANARY = 'canary-in-the-environment';
  project = kataProject({
    'exercises/practice/adder/kata.ts': HONEST,
    'exercises/practice/adder/examples.test.ts': EXAMPLES,
    'solutions/practice/adder/kata.ts': HONEST,
    'solutions/practice/adder/hidden.test.ts': SUITE,
  });
  grader = createGrader(project.root, { boundary: 'apart' });
});
afterAll(async () => {
  await grader.close();
  project[Symbol.dispose]();
});

let learners = 0;
function grade(kata: string, capabilities: readonly Capability[] = []): Promise<Verdict> {
  const folder = `workspace/learner-${(learners += 1)}`;
  project.write(`${folder}/kata.ts`, kata);
  const candidate = folderCandidate(project.edition, join(project.root, folder));
  return grader.grade({ ...project.exercise, capabilities }, project.edition, candidate);
}

test('the honest solution passes', async () => {
  const verdict = await grader.grade(
    project.exercise,
    project.edition,
    referenceCandidate(project.exercise, project.edition),
  );
  expect(verdict.kind).toBe('passed');
});

/** Reached without a pass, and with nothing in it that a kata should not have seen. */
function expectRefusal(verdict: Verdict): void {
  const text = JSON.stringify(verdict);
  expect(['failed', 'crashed', 'timed-out', 'unrunnable'], text).toContain(verdict.kind);
  expect(text).not.toContain('canary-in');
  expect(text).not.toContain('root:x:');
}

describe('a kata does not pass that', () => {
  test.each(Object.entries(ATTACKS))('%s', async (_name, kata) => {
    expectRefusal(await grade(kata));
  });
});

describe('where the exercise allows files, a kata does not pass that', () => {
  test.each(Object.entries(FORGERIES))('%s', async (_name, kata) => {
    expectRefusal(await grade(kata, ['files']));
  });
});

test('nothing of all that goes on afterwards', async () => {
  await grader.close();
  if (process.platform === 'win32') return;
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  expect(processes).not.toContain(`${project.root}/`);
});
