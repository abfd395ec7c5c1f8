import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { listFiles } from '../catalog/listing.ts';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { CLONE, RUNNER } from '../location.ts';
import { exerciseFacts, type ExerciseFacts } from './facts.ts';

/** Parts of an exercise that say nothing about how it runs. */
const WORDS = /^(README|hints|explanation)\.md$|^equivalent\.yaml$/;

/** Facts on disk, under the hash of everything that they depend on: what has not changed costs nothing. */
export class KeptFacts {
  readonly #folder: string;
  #grader: Promise<string> | undefined;

  /** @param folder where they are kept; made when needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns undefined where they are not known, or not true any more. */
  async find(exercise: Exercise, edition: ExerciseEdition): Promise<ExerciseFacts | undefined> {
    try {
      const text = await readFile(await this.#pathOf(exercise, edition), 'utf8');
      return exerciseFacts.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  async keep(exercise: Exercise, edition: ExerciseEdition, facts: ExerciseFacts): Promise<void> {
    const path = await this.#pathOf(exercise, edition);
    const draft = `${path}.${randomUUID()}`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(draft, JSON.stringify(facts));
      await rename(draft, path);
    } catch {
      // They are found out again the next time.
    }
  }

  async #pathOf(exercise: Exercise, edition: ExerciseEdition): Promise<string> {
    const hash = createHash('sha256').update(await (this.#grader ??= graderHash()));
    hash.update(JSON.stringify([exercise.slug, edition]));
    for (const folder of [exercise.folder, exercise.solutionFolder]) {
      const files = (await listFiles(folder)).filter((file) => !WORDS.test(file));
      await addFiles(hash, folder, files);
    }
    return join(this.#folder, `${exercise.slug}-${hash.digest('hex').slice(0, 32)}.json`);
  }
}

/** What judges: our own code, and the versions of everything that it rests on. */
async function graderHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const folder of ['check', 'grade', 'kit']) {
    await addFiles(hash, join(RUNNER, folder), await listFiles(join(RUNNER, folder)));
  }
  await addFiles(hash, CLONE, ['package-lock.json', 'tsconfig.json']);
  return hash.digest('hex');
}

async function addFiles(
  hash: ReturnType<typeof createHash>,
  folder: string,
  files: readonly string[],
): Promise<void> {
  for (const file of files.toSorted()) {
    hash.update(`\0${relative(folder, join(folder, file))}\0`);
    hash.update(await readFile(join(folder, file)).catch(() => ''));
  }
}
