import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkContent } from '../../runner/catalog/check.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import {
  KINDS,
  type Catalog,
  type Exercise,
  type ExerciseEdition,
} from '../../runner/catalog/model.ts';
import { createGrader, type Grader } from '../../runner/grade/grader.ts';
import { CLONE } from '../../runner/location.ts';
import { typecheck } from '../../runner/kit/typecheck.ts';
import { candidatesOf, type Candidates } from '../../runner/grade/candidates.ts';
import { makeClone, type Clone } from '../support/clone.ts';
import { summary } from '../support/verdict.ts';

let clone: Clone;
let catalog: Catalog;
let grader: Grader;
beforeAll(async () => {
  clone = await makeClone({
    'package.json': JSON.stringify({ type: 'module', imports: { '#kit/*': './runner/kit/*.ts' } }),
  });
  await symlink(join(CLONE, 'runner'), clone.path('runner'), 'junction');
  for (const kind of KINDS) await clone.run('new', `samples/a-${kind}-sample`, '--kind', kind);
  await clone.run('new', 'a-code-sample', '--edition', 'python');
  catalog = await loadCatalog(clone.root);
  grader = createGrader(clone.root);
});
afterAll(async () => {
  await grader.close();
  await clone.remove();
});

test('what is made has its structure from the first moment', () => {
  expect(catalog.problems).toEqual([]);
  expect([...catalog.exercises.values()].filter(({ area }) => area === 'samples')).toHaveLength(
    KINDS.length,
  );
});

test('what is made lacks nothing but what its author has to write', async () => {
  const problems = await checkContent(catalog);
  expect(problems.filter(({ rule }) => rule !== 'unfinished')).toEqual([]);
});

describe.each(KINDS)('a new exercise of kind %s', (kind) => {
  let exercise: Exercise;
  let edition: ExerciseEdition;
  let candidates: Candidates;
  beforeAll(async () => {
    const found = catalog.exercises.get(`a-${kind}-sample`);
    const [first] = found?.editions ?? [];
    if (!found || !first) throw new Error(`There is no exercise of kind ${kind}.`);
    [exercise, edition] = [found, first];
    candidates = await candidatesOf(exercise, edition);
  });

  test('is of that kind, and begins with a title made of its slug', () => {
    expect([exercise.kind, exercise.title]).toEqual([kind, `A ${kind} sample`]);
  });

  test('has a starter that loads and fails its example', async () => {
    const verdict = await grader.grade(exercise, edition, candidates.starter);
    expect(verdict.kind, summary(verdict)).toBe('failed');
    const examples = verdict.tests.filter(({ suite }) => suite === 'examples');
    expect(examples.map(({ status }) => status)).toEqual(['failed']);
  });

  test('has a reference that passes, and tests for each task', async () => {
    const verdict = await grader.grade(exercise, edition, candidates.reference);
    expect(verdict.kind, summary(verdict)).toBe('passed');
    const hidden = verdict.tests.filter(({ suite }) => suite === 'hidden');
    expect(new Set(hidden.map(({ task }) => task))).toEqual(new Set([1, 2, 3]));
  });

  test('has a first mistake that passes the example and is rejected by an assertion', async () => {
    expect(candidates.mistakes.size).toBe(1);
    const [mistake = candidates.reference] = candidates.mistakes.values();
    const verdict = await grader.grade(exercise, edition, mistake);
    expect(verdict.kind, summary(verdict)).toBe('failed');
    const failed = verdict.tests.filter(({ status }) => status === 'failed');
    expect(failed.map(({ suite }) => suite)).toContain('hidden');
    expect(failed.map(({ failure }) => failure?.name)).not.toContain('TypeError');
  });

  test('is reported as unfinished where the author has to write: brief, hints, suites, mistake, ...', async () => {
    const own = (await checkContent(catalog)).filter(({ path }) => path.includes(exercise.slug));
    const files = new Set(
      own.map(({ path }) => path.replace(/^.*-sample\//, '').replace(/\/.*$/, '')),
    );
    expect([...files]).toEqual(
      expect.arrayContaining([
        'exercise.yaml',
        'README.md',
        'hints.md',
        'examples.test.ts',
        'hidden.test.ts',
        'explanation.md',
        'mistakes',
        edition.kata[0],
      ]),
    );
  });

  test('is formatted, and its code compiles', async () => {
    const style = await resolveConfig(join(import.meta.dirname, 'kinds.test.ts'));
    const sources: Record<string, string> = {};
    for (const folder of [exercise.folder, exercise.solutionFolder]) {
      for (const file of [
        'exercise.yaml',
        'kata.ts',
        'store.ts',
        'examples.test.ts',
        'hidden.test.ts',
      ]) {
        const path = join(folder, file);
        const text = await clone.read(path.slice(clone.root.length + 1)).catch(() => undefined);
        if (text === undefined) continue;
        expect(await check(text, { ...style, filepath: path }), path).toBe(true);
        if (/^(kata|store)\.ts$/.test(file) && kind !== 'tests') sources[file] = text;
      }
      expect(typecheck(sources)).toEqual([]);
    }
  });
});

describe('a new Python edition', () => {
  let exercise: Exercise;
  let edition: ExerciseEdition;
  let candidates: Candidates;
  beforeAll(async () => {
    const found = catalog.exercises.get('a-code-sample');
    const python = found?.editions.find(({ language }) => language === 'python');
    if (!found || !python) throw new Error('There is no Python edition.');
    [exercise, edition] = [found, python];
    candidates = await candidatesOf(exercise, edition);
  });

  test('has a starter that loads and fails its example', async () => {
    const { tests } = await grader.grade(exercise, edition, candidates.starter);
    const examples = tests.filter(({ suite }) => suite === 'examples');
    expect(examples.map(({ status }) => status)).toEqual(['failed']);
  });

  test('has a reference that passes, and tests for each task', async () => {
    const verdict = await grader.grade(exercise, edition, candidates.reference);
    expect(verdict.kind, summary(verdict)).toBe('passed');
    expect(new Set(verdict.tests.map(({ task }) => task))).toEqual(new Set([1, 2, 3]));
  });

  test('has a first mistake that passes the example and is rejected by an assertion', async () => {
    const [mistake = candidates.reference] = candidates.mistakes.values();
    const { tests } = await grader.grade(exercise, edition, mistake);
    const failed = tests.filter(({ status }) => status === 'failed');
    expect(failed.map(({ suite, failure }) => [suite, failure?.name])).toEqual([
      ['hidden', 'AssertionError'],
    ]);
  });
});
