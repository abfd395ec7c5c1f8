import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkContent } from '../../runner/catalog/check.ts';
import { readContent } from '../../runner/catalog/content.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import type { Exercise, ExerciseEdition } from '../../runner/catalog/model.ts';
import { boundaryFor } from '../../runner/grade/boundary.ts';
import type { Candidate } from '../../runner/grade/candidate.ts';
import { startBatches, suitesOf, type Ran } from '../../runner/check/batch.ts';
import { candidatesOf, type Candidates } from '../../runner/grade/candidates.ts';
import { createGrader, type Grader } from '../../runner/grade/grader.ts';
import { failingTests, type KnownMistake } from '../../runner/grade/known-mistakes.ts';
import { likelyMistake } from '../../runner/grade/likeness.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { CLONE } from '../../runner/location.ts';
import { summary } from '../support/verdict.ts';

const catalog = await loadCatalog(CLONE);
const graders = [createGrader(CLONE), createGrader(CLONE)];
const apart = createGrader(CLONE, { boundary: 'apart' });
const plain = await startBatches(CLONE);
afterAll(async () => {
  await Promise.all([...graders, apart].map((grader) => grader.close()));
  await plain[Symbol.asyncDispose]();
});

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
  const crosses = boundaryFor(exercise, edition, 'apart') === 'apart';
  let candidates: Candidates;
  let verdicts: Verdicts;
  let verdictsApart: Verdicts;
  let measures: ReadonlyMap<Candidate, Ran>;

  beforeAll(async () => {
    candidates = await candidatesOf(exercise, edition);
    const { reference, starter, mistakes, alternatives } = candidates;
    const all = [reference, starter, ...mistakes.values(), ...alternatives.values()];
    const grade = (by: readonly Grader[], some: readonly Candidate[]): Promise<Verdicts> =>
      shared(some, by, (grader, candidate) => grader.grade(exercise, edition, candidate));
    const measured =
      edition.language === 'python' ? [] : [reference, starter, ...mistakes.values().take(1)];
    [verdicts, verdictsApart, measures] = await Promise.all([
      grade(crosses ? graders.slice(1) : graders, all),
      grade([apart], crosses ? all : []),
      plain
        .run(suitesOf(exercise, edition), measured)
        .then((ran) => new Map(ran.map((each, index) => [at(measured, index), each]))),
    ]);
  }, 300_000);

  const verdictOn = (candidate: Candidate): Verdict => found(verdicts, candidate);

  test('has a reference solution that passes', async () => {
    const verdict = verdictOn(candidates.reference);
    expect(verdict.kind, summary(verdict)).toBe('passed');
  });

  test('has a starter that loads and fails every example', async () => {
    const verdict = verdictOn(candidates.starter);
    expect(verdict.kind, summary(verdict)).toBe('failed');
    const examples = verdict.tests.filter((each) => each.suite === 'examples');
    expect(
      examples.filter((each) => each.status !== 'failed').map((each) => each.sentence),
    ).toEqual([]);
  });

  test('groups the tests of both suites under the tasks of the brief', async () => {
    const { tasks } = await readContent(exercise);
    const verdict = verdictOn(candidates.reference);
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
      const verdict = verdictOn(candidate);
      expect(verdict.kind, `${name} is ${summary(verdict)}`).toBe('failed');
    }
  });

  test('is never taken for another mistake than the one that was made', async () => {
    const known: KnownMistake[] = [];
    for (const [name, candidate] of candidates.mistakes) {
      const failing = new Set(failingTests(verdictOn(candidate)));
      known.push({ name, sentence: '', failing });
    }
    for (const [name, candidate] of candidates.mistakes) {
      const like = likelyMistake(verdictOn(candidate).tests, known);
      expect(like?.name ?? name).toBe(name);
    }
    expect(likelyMistake(verdictOn(candidates.starter).tests, known)).toBeUndefined();
  });

  test('accepts other right solutions', async () => {
    for (const [name, candidate] of candidates.alternatives) {
      const verdict = verdictOn(candidate);
      expect(verdict.kind, `${name} is ${summary(verdict)}`).toBe('passed');
    }
  });

  if (edition.language !== 'python')
    test('is judged as by plain vitest, test by test', () => {
      for (const [candidate, measure] of measures) {
        expect(measure.kind).toBe('ran');
        const tests = measure.kind === 'ran' ? measure.tests : [];
        expect(statusesOf(verdictOn(candidate))).toEqual(new Map([...tests].sort()));
      }
    });

  if (crosses)
    test('is judged alike in one process and in two, test by test', () => {
      for (const [candidate, other] of verdictsApart) {
        const together = verdictOn(candidate);
        const what = [...candidate.files.values()].join();
        expect(statusesOf(other), `${what}, apart ${summary(other)}`).toEqual(statusesOf(together));
        expect(other.kind, what).toBe(together.kind);
      }
    });
}

type Verdicts = ReadonlyMap<Candidate, Verdict>;

/** Each grader takes the next candidate as soon as it is free. */
async function shared(
  candidates: readonly Candidate[],
  graders: readonly Grader[],
  grade: (grader: Grader, candidate: Candidate) => Promise<Verdict>,
): Promise<Verdicts> {
  const verdicts = new Map<Candidate, Verdict>();
  const queue = candidates.values();
  const work = graders.map(async (grader) => {
    for (const candidate of queue) verdicts.set(candidate, await grade(grader, candidate));
  });
  await Promise.all(work);
  return verdicts;
}

function found(verdicts: Verdicts, candidate: Candidate): Verdict {
  const verdict = verdicts.get(candidate);
  if (!verdict) throw new Error('It was not graded.');
  return verdict;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`There is nothing at ${index}.`);
  return item;
}

function statusesOf({ tests }: Verdict): ReadonlyMap<string, string> {
  return new Map(tests.map(({ id, status }) => [id, status] as const).sort());
}
