import { existsSync, readdirSync, rmSync, symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { listMistakes } from '../../runner/catalog/content.ts';
import type { Mistake } from '../../runner/catalog/model.ts';
import { folderCandidate, mistakeCandidate, type Candidate } from '../../runner/grade/candidate.ts';
import { createGrader } from '../../runner/grade/grader.ts';
import { learnMistakes } from '../../runner/grade/known-mistakes.ts';
import { createRecognizer } from '../../runner/grade/recognizer.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { kataProject, type KataProject } from '../support/kata-project.ts';

const OFF_BY_ONE =
  '/* Zero is added too. */\nexport const add = (a: number, b: number) => a + (b || 1);\n';
const UNSIGNED =
  '/* Signs are lost. */\nexport const add = (a: number, b: number) => Math.abs(a + b);\n';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** An adder with two known mistakes, and a grader. */
function setUp() {
  const project = kataProject({
    'solutions/practice/adder/mistakes/off-by-one.ts': OFF_BY_ONE,
    'solutions/practice/adder/mistakes/unsigned.ts': UNSIGNED,
  });
  const grader = createGrader(project.root);
  closing.push(
    () => project[Symbol.dispose](),
    () => grader.close(),
  );
  const { exercise, edition } = project;
  const asked: Candidate[] = [];
  const grade = (candidate: Candidate): Promise<Verdict> => {
    asked.push(candidate);
    return grader.grade(exercise, edition, candidate);
  };
  return { project, exercise, edition, asked, grade, cache: join(project.root, 'cache') };
}

const mistakesOf = ({ exercise }: KataProject): Promise<Mistake[]> =>
  listMistakes(exercise, 'typescript');

describe('the known mistakes of an exercise', { timeout: 60_000 }, () => {
  test('are known by the tests that they fail, and learned once', async () => {
    const { project, exercise, edition, asked, grade, cache } = setUp();
    const mistakes = await mistakesOf(project);
    const learn = () => learnMistakes(cache, exercise, edition, mistakes, grade);
    const known = await learn();
    expect(known?.map(({ sentence, failing }) => [sentence, [...failing]])).toEqual([
      ['Zero is added too.', ['hidden > 2. Be exact > adds zero']],
      ['Signs are lost.', ['hidden > 1. Add > adds negative numbers']],
    ]);
    expect(await learn()).toEqual(known);
    expect(asked).toHaveLength(2);
  });

  test('are learned anew when a suite has changed', async () => {
    const { project, exercise, edition, asked, grade, cache } = setUp();
    const mistakes = await mistakesOf(project);
    await learnMistakes(cache, exercise, edition, mistakes, grade);
    project.write(
      'solutions/practice/adder/hidden.test.ts',
      `import { expect, test } from 'vitest';\nimport { add } from './kata';\ntest('adds zero', () => { expect(add(7, 0)).toBe(7); });\n`,
    );
    const known = await learnMistakes(cache, exercise, edition, mistakes, grade);
    expect(asked).toHaveLength(4);
    expect(known?.map(({ failing }) => failing.size)).toEqual([1, 0]);
  });

  test('are not kept when the learning was interrupted', async () => {
    const { project, exercise, edition, cache } = setUp();
    const aborted: Verdict = {
      kind: 'aborted',
      tests: [],
      output: '',
      outputDropped: 0,
      duration: 0,
    };
    const mistakes = await mistakesOf(project);
    const grade = () => Promise.resolve(aborted);
    expect(await learnMistakes(cache, exercise, edition, mistakes, grade)).toBeUndefined();
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  });
});

describe('a recognizer', { timeout: 60_000 }, () => {
  test('names the mistake that a learner has made in their own way', async () => {
    const { project, exercise, edition, grade } = setUp();
    ownModules(project);
    const file = project.write(
      'workspace/kata.ts',
      'export function add(a: number, b: number) {\n  const sum = a + b;\n  return sum < 0 ? -sum : sum;\n}\n',
    );
    const recognizer = createRecognizer(project.root, 0);
    closing.push(() => recognizer.close());
    const verdict = await recognizer.during(() =>
      grade(folderCandidate(edition, join(file, '..'))),
    );
    const like = await recognizer.recognize(exercise, edition, () => mistakesOf(project), verdict);
    expect(like?.sentence).toBe('Signs are lost.');
  });

  test('waits with its own gradings until the learner pauses, and can be closed meanwhile', async () => {
    const { project, exercise, edition, grade } = setUp();
    ownModules(project);
    const recognizer = createRecognizer(project.root, 3_600_000);
    const [first] = await mistakesOf(project);
    if (!first) throw new Error('There is no mistake.');
    const verdict = await recognizer.during(() =>
      grade(mistakeCandidate(exercise, edition, first)),
    );
    const answer = recognizer.recognize(exercise, edition, () => mistakesOf(project), verdict);
    await recognizer.close();
    expect(await answer).toBeUndefined();
  });
});

/** Packages as in the clone, but a cache that no other test writes into. */
function ownModules({ root }: KataProject): void {
  const shared = join(root, 'node_modules');
  rmSync(shared);
  mkdirSync(shared);
  for (const name of readdirSync(join(import.meta.dirname, '../../node_modules'))) {
    if (name === '.cache') continue;
    symlinkSync(
      join(import.meta.dirname, '../../node_modules', name),
      join(shared, name),
      'junction',
    );
  }
}
