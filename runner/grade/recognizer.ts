import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exercise, ExerciseEdition, Mistake } from '../catalog/model.ts';
import type { Candidate } from './candidate.ts';
import { createGrader, type Grader } from './grader.ts';
import { learnMistakes, type KnownMistake } from './known-mistakes.ts';
import { likelyMistake } from './likeness.ts';
import type { Verdict } from './verdict.ts';

/** Knows mistakes again by the tests that they fail. */
export interface Recognizer {
  /**
   * The known mistake that a verdict looks like. Before the first answer for an exercise its mistakes are graded,
   * in pauses between the learner's own gradings; that can take a while.
   *
   * @param listMistakes those of the edition; asked for once.
   */
  recognize(
    exercise: Exercise,
    edition: ExerciseEdition,
    listMistakes: () => Promise<readonly Mistake[]>,
    verdict: Verdict,
  ): Promise<KnownMistake | undefined>;
  /** Keeps out of the way of a grading of the learner's, from its beginning to its end. */
  during<T>(grading: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Milliseconds after the last grading in which the machine is left to the learner. */
const PAUSE = 3_000;

/** @param root the clone's absolute path. */
export function createRecognizer(root: string, pause = PAUSE): Recognizer {
  const folder = join(root, 'node_modules/.cache/backend-dojo/mistakes');
  const learning = new Map<ExerciseEdition, Promise<readonly KnownMistake[] | undefined>>();
  const closing = new AbortController();
  let grader: Grader | undefined;
  let interruption = new AbortController();
  let gradings = 0;
  let lastEnd = -Infinity;

  /** Grades in a process of its own, as often as it takes until nobody has come between. */
  async function grade(
    exercise: Exercise,
    edition: ExerciseEdition,
    candidate: Candidate,
  ): Promise<Verdict> {
    for (;;) {
      await calm();
      grader ??= createGrader(root);
      const signal = AbortSignal.any([interruption.signal, closing.signal]);
      const verdict = await grader.grade(exercise, edition, candidate, signal);
      if (verdict.kind !== 'aborted' || closing.signal.aborted) return verdict;
    }
  }

  async function calm(): Promise<void> {
    for (;;) {
      const left = gradings > 0 ? pause : lastEnd + pause - performance.now();
      if (left <= 0 || closing.signal.aborted) return;
      await sleep(left, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
    }
  }

  async function learn(
    exercise: Exercise,
    edition: ExerciseEdition,
    listMistakes: () => Promise<readonly Mistake[]>,
  ): Promise<readonly KnownMistake[] | undefined> {
    const mistakes = await listMistakes();
    const known = await learnMistakes(folder, exercise, edition, mistakes, (candidate) =>
      grade(exercise, edition, candidate),
    );
    // Its processes would wait for a grading that seldom comes.
    await grader?.close();
    grader = undefined;
    return known;
  }

  return {
    async recognize(exercise, edition, listMistakes, verdict) {
      if (verdict.kind !== 'failed' || closing.signal.aborted) return undefined;
      const learned = learning.get(edition) ?? learn(exercise, edition, listMistakes);
      learning.set(edition, learned);
      return likelyMistake(verdict.tests, (await learned) ?? []);
    },
    async during(grading) {
      gradings += 1;
      interruption.abort();
      interruption = new AbortController();
      try {
        return await grading();
      } finally {
        gradings -= 1;
        lastEnd = performance.now();
      }
    },
    async close() {
      closing.abort();
      await grader?.close();
    },
  };
}
