import { listAlternatives, listMistakes } from '../../runner/catalog/content.ts';
import { EDITIONS, type Exercise, type ExerciseEdition } from '../../runner/catalog/model.ts';
import {
  mistakeCandidate,
  referenceCandidate,
  starterCandidate,
  type Candidate,
} from '../../runner/grade/candidate.ts';
import { createGrader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';

export interface BothWays {
  readonly together: Verdict;
  readonly apart: Verdict;
  /** One sentence for each test, and for the verdict itself, that came out differently. */
  readonly differences: readonly string[];
}

/** Grades candidates once in one process and once in two. */
export function bothWays(root: string) {
  const together = createGrader(root);
  const apart = createGrader(root, { boundary: 'apart' });
  return {
    async grade(
      exercise: Exercise,
      edition: ExerciseEdition,
      candidate: Candidate,
    ): Promise<BothWays> {
      const one = await together.grade(exercise, edition, candidate);
      const two = await apart.grade(exercise, edition, candidate);
      return { together: one, apart: two, differences: compare(one, two) };
    },
    async close(): Promise<void> {
      await Promise.all([together.close(), apart.close()]);
    },
  };
}

function compare(together: Verdict, apart: Verdict): string[] {
  const statuses = new Map(together.tests.map((test) => [test.id, test.status]));
  const tests = apart.tests.flatMap(({ id, status, failure }) =>
    statuses.get(id) === status
      ? []
      : [
          `"${id}" ${statuses.get(id) ?? 'is unknown'}, apart ${status} (${failure?.message ?? ''})`,
        ],
  );
  const verdicts =
    together.kind === apart.kind ? [] : [`the verdict is ${together.kind}, apart ${apart.kind}`];
  return [...verdicts, ...tests];
}

/** Everything that an exercise comes with, by a name for it. */
export async function candidatesOf(
  exercise: Exercise,
  edition: ExerciseEdition,
): Promise<ReadonlyMap<string, Candidate>> {
  const language = edition.language === 'neutral' ? EDITIONS[0] : edition.language;
  const others = [
    ...(await listAlternatives(exercise, language)),
    ...(await listMistakes(exercise, language)),
  ];
  return new Map([
    ['the reference', referenceCandidate(exercise, edition)],
    ['the starter', starterCandidate(exercise, edition)],
    ...others.map((other) => [other.name, mistakeCandidate(exercise, edition, other)] as const),
  ]);
}
