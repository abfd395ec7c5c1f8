import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkContent } from '../../runner/catalog/check.ts';
import { readContent } from '../../runner/catalog/content.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import type { Exercise, ExerciseEdition } from '../../runner/catalog/model.ts';
import type { Candidate } from '../../runner/grade/candidate.ts';
import { createGrader } from '../../runner/grade/grader.ts';
import { isCode } from '../../runner/grade/kata-file.ts';
import { failingTests, type KnownMistake } from '../../runner/grade/known-mistakes.ts';
import { likelyMistake } from '../../runner/grade/likeness.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { CLONE } from '../../runner/location.ts';
import { summary } from '../support/verdict.ts';
import { candidatesOf, type Candidates } from './candidates.ts';
import { startPlainVitest } from './plain-vitest.ts';

const catalog = await loadCatalog(CLONE);
const grader = createGrader(CLONE);
const apart = createGrader(CLONE, { boundary: 'apart' });
const plain = await startPlainVitest(CLONE);
afterAll(() => Promise.all([grader.close(), apart.close(), plain.close()]));

test('the catalogue has no problem', async () => {
  const problems = [...catalog.problems, ...(await checkContent(catalog))];
  expect(problems.map(({ path, line, message }) => `${path}:${line}: ${message}`)).toEqual([]);
});

describe.each(
  [...catalog.exercises.values()].map((exercise) => [exercise.slug, exercise] as const),
)('%s', (_slug, exercise) => {
  describe.each(exercise.editions.map((edition) => [edition.language, edition] as const))(
    'in its %s edition',
    (_language, edition) => holdsItsPromises(exercise, edition),
  );
});

function holdsItsPromises(exercise: Exercise, edition: ExerciseEdition): void {
  let candidates: Candidates;
  beforeAll(async () => {
    candidates = await candidatesOf(exercise, edition);
  });

  /** Each candidate is graded once, whoever asks. */
  const verdicts = new Map<Candidate, Promise<Verdict>>();
  const grade = (candidate: Candidate): Promise<Verdict> => {
    const verdict = verdicts.get(candidate) ?? grader.grade(exercise, edition, candidate);
    verdicts.set(candidate, verdict);
    return verdict;
  };

  test('has a reference solution that passes', async () => {
    const verdict = await grade(candidates.reference);
    expect(verdict.kind, summary(verdict)).toBe('passed');
  });

  test('has a starter that loads and fails every example', async () => {
    const verdict = await grade(candidates.starter);
    expect(verdict.kind, summary(verdict)).toBe('failed');
    const examples = verdict.tests.filter((each) => each.suite === 'examples');
    expect(
      examples.filter((each) => each.status !== 'failed').map((each) => each.sentence),
    ).toEqual([]);
  });

  test('groups the tests of both suites under the tasks of the brief', async () => {
    const { tasks } = await readContent(exercise);
    const verdict = await grade(candidates.reference);
    const titles = new Set(tasks.map((task) => `${task.number}. ${task.title}`));
    const stray = verdict.tests.filter(({ id }) => !titles.has(id.split(' > ')[1] ?? ''));
    expect(stray.map((each) => each.id)).toEqual([]);
    const tested = new Set(
      verdict.tests.filter((each) => each.suite === 'hidden').map((each) => each.task),
    );
    expect(tasks.filter((task) => !tested.has(task.number)).map((task) => task.title)).toEqual([]);
  });

  test('rejects every mistake', async () => {
    expect(candidates.mistakes.size).toBeGreaterThanOrEqual(3);
    for (const [name, candidate] of candidates.mistakes) {
      const verdict = await grade(candidate);
      expect(verdict.kind, `${name} is ${summary(verdict)}`).toBe('failed');
    }
  });

  test('is never taken for another mistake than the one that was made', async () => {
    const known: KnownMistake[] = [];
    for (const [name, candidate] of candidates.mistakes) {
      const failing = new Set(failingTests(await grade(candidate)));
      known.push({ name, sentence: '', failing });
    }
    for (const [name, candidate] of candidates.mistakes) {
      const like = likelyMistake((await grade(candidate)).tests, known);
      expect(like?.name ?? name).toBe(name);
    }
    expect(likelyMistake((await grade(candidates.starter)).tests, known)).toBeUndefined();
  });

  test('accepts other right solutions', async () => {
    for (const [name, candidate] of candidates.alternatives) {
      const verdict = await grade(candidate);
      expect(verdict.kind, `${name} is ${summary(verdict)}`).toBe('passed');
    }
  });

  test('is judged as by plain vitest, test by test', async () => {
    const { reference, starter, mistakes } = candidates;
    for (const candidate of [reference, starter, ...mistakes.values().take(1)]) {
      const measure = await plain.run(exercise, edition, candidate);
      expect(statusesOf(await grade(candidate))).toEqual(new Map([...measure].sort()));
    }
  });

  // A kata without code is data to both; where the topic cannot cross, the manifest says why.
  const crosses = exercise.boundary?.together === undefined && edition.kata.some(isCode);
  if (crosses)
    test('is judged alike in one process and in two, test by test', async () => {
      const { reference, starter, mistakes, alternatives } = candidates;
      for (const [name, candidate] of [
        ['the reference', reference] as const,
        ['the starter', starter] as const,
        ...mistakes,
        ...alternatives,
      ]) {
        const together = await grade(candidate);
        const other = await apart.grade(exercise, edition, candidate);
        expect(statusesOf(other), `${name}, apart ${summary(other)}`).toEqual(statusesOf(together));
        expect(other.kind, name).toBe(together.kind);
      }
    });
}

function statusesOf({ tests }: Verdict): ReadonlyMap<string, string> {
  return new Map(tests.map(({ id, status }) => [id, status] as const).sort());
}
