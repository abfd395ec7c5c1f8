import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../catalog/listing.ts';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { addFiles, graderFingerprint } from '../grade/fingerprint.ts';
import { exerciseFacts, type ExerciseFacts } from './facts.ts';

/** Parts of an exercise that say nothing about how it runs; the examples of a brief do. */
const WORDS = /^(hints|explanation)\.md$|^equivalent\.yaml$/;

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
    const hash = createHash('sha256').update(await (this.#grader ??= graderFingerprint(['check'])));
    hash.update(JSON.stringify([exercise.slug, edition]));
    for (const folder of [exercise.folder, exercise.solutionFolder]) {
      const files = (await listFiles(folder)).filter((file) => !WORDS.test(file));
      await addFiles(hash, folder, files);
    }
    return join(this.#folder, `${exercise.slug}-${hash.digest('hex').slice(0, 32)}.json`);
  }
}
