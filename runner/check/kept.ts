import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { listFiles } from '../catalog/listing.ts';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { addFiles, graderFingerprint } from '../grade/fingerprint.ts';
import { keepJson, readKept } from '../grade/kept-json.ts';
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

  /**
   * The facts of an edition: those that are kept, unless they are not true any more, or found out and kept.
   *
   * @param fresh find them out in any case.
   */
  async of(
    exercise: Exercise,
    edition: ExerciseEdition,
    fresh: boolean,
    gather: () => Promise<ExerciseFacts>,
  ): Promise<{ readonly facts: ExerciseFacts; readonly kept: boolean }> {
    const path = await this.#pathOf(exercise, edition);
    const known = fresh ? undefined : await readKept(path, exerciseFacts);
    if (known) return { facts: known, kept: true };
    const facts = await gather();
    await keepJson(path, facts);
    return { facts, kept: false };
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
