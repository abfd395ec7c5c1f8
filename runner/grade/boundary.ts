import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { isCode } from './kata-file.ts';
import type { Boundary } from './vitest/protocol.ts';

/**
 * Why the kata of an edition is always judged in one process with its suite, in a sentence; undefined where
 * it need not be.
 */
export function whyTogether(
  { boundary }: Pick<Exercise, 'boundary'>,
  { language }: Pick<ExerciseEdition, 'language'>,
): string | undefined {
  return language === 'python'
    ? 'A Python kata and its suite share one interpreter.'
    : boundary?.together;
}

/** How an edition is judged where `wanted` is asked for. Text is no code: it has nothing to keep apart. */
export function boundaryFor(
  exercise: Pick<Exercise, 'boundary'>,
  edition: Pick<ExerciseEdition, 'language' | 'kata'>,
  wanted: Boundary,
): Boundary {
  const crosses = edition.kata.some(isCode) && whyTogether(exercise, edition) === undefined;
  return crosses ? wanted : 'together';
}
