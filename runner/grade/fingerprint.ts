import { createHash, type Hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../catalog/listing.ts';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { CLONE, RUNNER } from '../location.ts';

/**
 * A hash of everything that decides how a kata is judged: our own code, and the versions of what it rests on.
 *
 * @param folders of `runner/`, beside those that grade.
 */
export async function graderFingerprint(folders: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const folder of ['grade', 'kit', ...folders]) {
    await addFiles(hash, join(RUNNER, folder), await listFiles(join(RUNNER, folder)));
  }
  await addFiles(hash, CLONE, ['package-lock.json', 'tsconfig.json']);
  return hash.digest('hex').slice(0, 32);
}

/** A hash of the suites and the reference of one edition. */
export async function suiteFingerprint(
  { folder, solutionFolder, material, timeLimit }: Exercise,
  { kata, examples, hidden }: ExerciseEdition,
): Promise<string> {
  const hash = createHash('sha256').update(String(timeLimit));
  await addFiles(hash, folder, [...kata, examples, ...material]);
  await addFiles(hash, solutionFolder, [...kata, hidden]);
  return hash.digest('hex').slice(0, 32);
}

/** Adds files with their names; one that is missing counts as empty. */
export async function addFiles(
  hash: Hash,
  folder: string,
  files: readonly string[],
): Promise<void> {
  for (const file of files.toSorted()) {
    hash.update(`\0${file}\0`).update(await readFile(join(folder, file)).catch(() => ''));
  }
}
