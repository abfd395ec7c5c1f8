import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { Exercise, ExerciseEdition, Mistake } from '../catalog/model.ts';
import { mistakeCandidate, referenceCandidate, type Candidate } from './candidate.ts';
import { keepJson, readKept } from './kept-json.ts';
import type { Verdict } from './verdict.ts';

/** What the suites say of a mistake. */
export interface KnownMistake {
  readonly name: string;
  /** For the learner who made it. */
  readonly sentence: string;
  /** Ids of the tests that it fails. */
  readonly failing: ReadonlySet<string>;
}

const stored = z.array(z.object({ name: z.string(), failing: z.array(z.string()) }));

/**
 * Learns which tests each mistake of an exercise fails, by grading it. Kept on disk under the hash of the suites,
 * the reference and the mistakes, so that it is learned once.
 *
 * @param folder where it is kept; made when needed.
 * @param grade grades a candidate; called for one after the other.
 * @returns undefined when a grading was aborted or could not be made: nothing is kept then.
 */
export async function learnMistakes(
  folder: string,
  exercise: Exercise,
  edition: ExerciseEdition,
  mistakes: readonly Mistake[],
  grade: (candidate: Candidate) => Promise<Verdict>,
): Promise<readonly KnownMistake[] | undefined> {
  const path = join(folder, `${await hashOf(exercise, edition, mistakes)}.json`);
  const known = await readKept(path, stored);
  const failing = new Map(known?.map((each) => [each.name, each.failing]));
  if (!known) {
    for (const mistake of mistakes) {
      const verdict = await grade(mistakeCandidate(exercise, edition, mistake));
      if (verdict.kind === 'aborted' || verdict.kind === 'broken') return undefined;
      failing.set(mistake.name, failingTests(verdict));
    }
    await keepJson(
      path,
      [...failing].map(([name, tests]) => ({ name, failing: tests })),
    );
  }
  return mistakes.map(({ name, sentence }) => ({
    name,
    sentence,
    failing: new Set(failing.get(name)),
  }));
}

/** Ids of the tests that ran and failed. */
export function failingTests({ tests }: Verdict): string[] {
  return tests.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

/** What the facts depend on: every file by its name and content. */
async function hashOf(
  exercise: Exercise,
  edition: ExerciseEdition,
  mistakes: readonly Mistake[],
): Promise<string> {
  const suites = [
    join(exercise.folder, edition.examples),
    join(exercise.solutionFolder, edition.hidden),
    ...exercise.material.map((file) => join(exercise.folder, file)),
  ];
  const katas = [
    ...referenceCandidate(exercise, edition).files.values(),
    ...mistakes.flatMap(({ files }) => [...files.values()]),
  ];
  const hash = createHash('sha256').update(exercise.slug);
  for (const path of [...suites, ...katas]) {
    hash.update(`\0${relative(exercise.solutionFolder, path)}\0`);
    hash.update(await readFile(path).catch(() => ''));
  }
  return hash.digest('hex').slice(0, 32);
}
