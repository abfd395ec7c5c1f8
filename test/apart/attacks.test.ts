import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderCandidate, referenceCandidate } from '../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { kataProject, type KataProject } from '../support/kata-project.ts';
import { ATTACKS, HONEST, SUITE } from './own-attacks.ts';

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
function grade(kata: string): Promise<Verdict> {
  const folder = `workspace/learner-${(learners += 1)}`;
  project.write(`${folder}/kata.ts`, kata);
  const candidate = folderCandidate(project.edition, join(project.root, folder));
  return grader.grade(project.exercise, project.edition, candidate);
}

test('the honest solution passes', async () => {
  const verdict = await grader.grade(
    project.exercise,
    project.edition,
    referenceCandidate(project.exercise, project.edition),
  );
  expect(verdict.kind).toBe('passed');
});

describe('a kata does not pass that', () => {
  test.each(Object.entries(ATTACKS))('%s', async (_name, kata) => {
    const verdict = await grade(kata);
    expect(['failed', 'crashed', 'timed-out', 'unrunnable'], JSON.stringify(verdict)).toContain(
      verdict.kind,
    );
    expect(JSON.stringify(verdict)).not.toContain('canary-in');
    expect(JSON.stringify(verdict)).not.toContain('root:x:');
  });
});

test('nothing of all that goes on afterwards', async () => {
  await grader.close();
  if (process.platform === 'win32') return;
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  expect(processes).not.toContain(`${project.root}/`);
});
