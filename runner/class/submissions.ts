import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { forwardSlashes, listFiles } from '../catalog/listing.ts';

/** One kata that one learner has handed in. */
export interface Submission {
  /** Name of the learner's folder. */
  readonly learner: string;
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  /** Absolute; holds the kata's files. */
  readonly folder: string;
  /** Hash of the kata's files. */
  readonly hash: string;
  /** Whether the kata is the starter still. */
  readonly untouched: boolean;
}

/** The submissions of a class. */
export interface Handed {
  readonly learners: readonly string[];
  /** By learner, then in the order of the exercises. */
  readonly submissions: readonly Submission[];
  /** Learners of whom nothing was found, with what was looked for. */
  readonly empty: readonly string[];
}

/** Where a learner's katas may lie in their folder: a workspace as it is, a clone, or an exercise alone. */
const LAYOUTS = [
  ({ area, slug }: Exercise) => join(area, slug),
  ({ area, slug }: Exercise) => join('workspace', area, slug),
  ({ slug }: Exercise) => slug,
] as const;

/**
 * Finds the katas in a folder that holds one folder for each learner.
 *
 * @param exercises those that count, in the order of the table.
 * @throws Error when the folder cannot be read.
 */
export async function findSubmissions(
  folder: string,
  exercises: readonly Exercise[],
): Promise<Handed> {
  const entries = await readdir(folder, { withFileTypes: true });
  const learners = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
  const submissions: Submission[] = [];
  for (const learner of learners) {
    for (const exercise of exercises) {
      const submission = await findSubmission(join(folder, learner), learner, exercise);
      if (submission) submissions.push(submission);
    }
  }
  const empty = learners.filter((learner) => !submissions.some((each) => each.learner === learner));
  return { learners, submissions, empty };
}

/** The kata in whichever edition is there; where several are, one that was worked on. */
async function findSubmission(
  home: string,
  learner: string,
  exercise: Exercise,
): Promise<Submission | undefined> {
  let starter: Submission | undefined;
  for (const edition of exercise.editions) {
    const folder = await findKata(home, exercise, edition);
    if (folder === undefined) continue;
    const hash = await hashOf(folder, edition);
    const untouched = hash === (await hashOf(exercise.folder, edition));
    const submission = { learner, exercise, edition, folder, hash, untouched };
    if (!untouched) return submission;
    starter ??= submission;
  }
  return starter;
}

/** What lies in the folder of a learner of whom nothing was found: a few names, for the message. */
export async function lookInto(folder: string): Promise<readonly string[]> {
  return (await listFiles(folder)).slice(0, 3).map((file) => forwardSlashes(relative('', file)));
}

async function findKata(
  home: string,
  exercise: Exercise,
  { kata }: ExerciseEdition,
): Promise<string | undefined> {
  for (const layout of LAYOUTS) {
    const folder = join(home, layout(exercise));
    const [first = ''] = kata;
    if (await isFile(join(folder, first))) return folder;
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function hashOf(folder: string, { kata }: ExerciseEdition): Promise<string> {
  const hash = createHash('sha256');
  for (const file of kata) {
    hash.update(`\0${file}\0`).update(await readFile(join(folder, file)).catch(() => ''));
  }
  return hash.digest('hex').slice(0, 32);
}
