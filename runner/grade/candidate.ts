import { dirname, join } from 'node:path';
import type { Exercise, ExerciseEdition, Mistake } from '../catalog/model.ts';

/** What is graded: the files that answer the suites' imports of the kata. */
export interface Candidate {
  /** Kata file name -> absolute path. */
  readonly files: ReadonlyMap<string, string>;
  /** Absolute path of the folder from which these files may import modules of their own. */
  readonly folder: string;
}

/** A folder that holds the kata under its own file names: a learner's workspace, a starter, a reference. */
export function folderCandidate(edition: ExerciseEdition, folder: string): Candidate {
  return { files: new Map(edition.kata.map((name) => [name, join(folder, name)])), folder };
}

/** The kata as shipped. */
export function starterCandidate(exercise: Exercise, edition: ExerciseEdition): Candidate {
  return folderCandidate(edition, exercise.folder);
}

/** The solution that the hidden suite was written for. */
export function referenceCandidate(exercise: Exercise, edition: ExerciseEdition): Candidate {
  return folderCandidate(edition, exercise.solutionFolder);
}

/** A wrong solution, or another right one; where it leaves a file out, the reference's takes its place. */
export function mistakeCandidate(
  exercise: Exercise,
  edition: ExerciseEdition,
  mistake: Pick<Mistake, 'files'>,
): Candidate {
  const { files } = referenceCandidate(exercise, edition);
  const [first] = mistake.files.values();
  return {
    files: new Map([...files, ...mistake.files]),
    folder: first === undefined ? exercise.solutionFolder : dirname(first),
  };
}

/** A single file, wherever it lies, in place of the first kata file. */
export function fileCandidate(
  exercise: Exercise,
  edition: ExerciseEdition,
  path: string,
): Candidate {
  const { files } = starterCandidate(exercise, edition);
  const [first = ''] = edition.kata;
  return { files: new Map([...files, [first, path]]), folder: dirname(path) };
}
