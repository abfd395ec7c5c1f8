import { afterAll, describe, expect, test } from 'vitest';
import { checkContent } from '../../runner/catalog/check.ts';
import { listAlternatives, listMistakes, readContent } from '../../runner/catalog/content.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { EDITIONS, type Exercise, type ExerciseEdition } from '../../runner/catalog/model.ts';
import {
  mistakeCandidate,
  referenceCandidate,
  starterCandidate,
  type Candidate,
} from '../../runner/grade/candidate.ts';
import { createGrader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { CLONE } from '../../runner/location.ts';

const catalog = await loadCatalog(CLONE);
const grader = createGrader(CLONE);
afterAll(() => grader.close());

/** The verdict in a line, for a failure that says what came out instead. */
function summary(verdict: Verdict): string {
  const failed = verdict.tests.find((each) => each.status !== 'passed');
  const message = 'message' in verdict ? verdict.message : failed?.failure?.message;
  return `${verdict.kind}: ${failed ? `"${failed.sentence}": ` : ''}${message ?? ''}`;
}

test('the catalogue has no problem', async () => {
  const problems = [...catalog.problems, ...(await checkContent(catalog))];
  expect(problems.map(({ path, line, message }) => `${path}:${line}: ${message}`)).toEqual([]);
});

describe.each(
  [...catalog.exercises.values()].map((exercise) => [exercise.slug, exercise] as const),
)('%s', (_slug, exercise) => {
  describe.each(exercise.editions.map((edition) => [edition.language, edition] as const))(
    'in its %s edition',
    (language, edition) =>
      holdsItsPromises(exercise, edition, language === 'neutral' ? EDITIONS[0] : language),
  );
});

function holdsItsPromises(
  exercise: Exercise,
  edition: ExerciseEdition,
  language: (typeof EDITIONS)[number],
): void {
  const grade = (candidate: Candidate): Promise<Verdict> =>
    grader.grade(exercise, edition, candidate);

  let graded: Promise<Verdict> | undefined;
  const reference = (): Promise<Verdict> =>
    (graded ??= grade(referenceCandidate(exercise, edition)));

  test('has a reference solution that passes', async () => {
    const verdict = await reference();
    expect(verdict.kind, summary(verdict)).toBe('passed');
  });

  test('has a starter that loads and fails every example', async () => {
    const verdict = await grade(starterCandidate(exercise, edition));
    expect(verdict.kind, summary(verdict)).toBe('failed');
    const examples = verdict.tests.filter((each) => each.suite === 'examples');
    expect(
      examples.filter((each) => each.status !== 'failed').map((each) => each.sentence),
    ).toEqual([]);
  });

  test('groups the tests of both suites under the tasks of the brief', async () => {
    const { tasks } = await readContent(exercise);
    const verdict = await reference();
    const titles = new Set(tasks.map((task) => `${task.number}. ${task.title}`));
    const stray = verdict.tests.filter(({ id }) => !titles.has(id.split(' > ')[1] ?? ''));
    expect(stray.map((each) => each.id)).toEqual([]);
    const tested = new Set(
      verdict.tests.filter((each) => each.suite === 'hidden').map((each) => each.task),
    );
    expect(tasks.filter((task) => !tested.has(task.number)).map((task) => task.title)).toEqual([]);
  });

  test('rejects every mistake', async () => {
    const mistakes = await listMistakes(exercise, language);
    expect(mistakes.length).toBeGreaterThanOrEqual(3);
    for (const mistake of mistakes) {
      const verdict = await grade(mistakeCandidate(exercise, edition, mistake));
      expect(verdict.kind, `${mistake.name} is ${summary(verdict)}`).toBe('failed');
    }
  });

  test('accepts other right solutions', async () => {
    for (const alternative of await listAlternatives(exercise, language)) {
      const verdict = await grade(mistakeCandidate(exercise, edition, alternative));
      expect(verdict.kind, `${alternative.name} is ${summary(verdict)}`).toBe('passed');
    }
  });
}
