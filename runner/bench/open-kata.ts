import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { folderCandidate } from '../grade/candidate.ts';
import { createGrader, type GraderOptions } from '../grade/grader.ts';
import type { Verdict, VerdictKind } from '../grade/verdict.ts';
import { rest } from './process-tree.ts';

/** Milliseconds that one save took. */
export interface SaveTime {
  /** From the save event to the verdict. */
  readonly verdict: number;
  /** Of these, what the tests themselves took. */
  readonly tests: number;
}

/** An exercise whose katas are graded as the watch does it, without the watch. */
export interface OpenKata extends AsyncDisposable {
  /**
   * Writes the first kata file, and then grades it.
   *
   * @throws Error when that comes to another verdict: the time would mean nothing.
   */
  save(text: string, expected: VerdictKind): Promise<SaveTime>;
  /** Waits until the next process is ready. */
  ready(): Promise<unknown>;
  /** How long that took each time, in milliseconds. */
  readonly waits: readonly number[];
}

/**
 * @param root the clone to which the exercise belongs.
 * @param options how verdicts come about.
 */
export async function openKata(
  root: string,
  exercise: Exercise,
  edition: ExerciseEdition,
  options: GraderOptions = {},
): Promise<OpenKata> {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-bench-'));
  const candidate = folderCandidate(edition, folder);
  const [kata = ''] = edition.kata;
  const grader = createGrader(root, options);
  const waits: number[] = [];
  await grader.prepare(exercise, edition);
  return {
    waits,
    ready: async () => waits.push(await rest(process.pid)),
    async save(text, expected) {
      writeFileSync(join(folder, kata), text);
      const start = performance.now();
      const verdict = await grader.grade(exercise, edition, candidate);
      const elapsed = performance.now() - start;
      if (verdict.kind !== expected) throw new Error(unexpected(exercise, verdict));
      return {
        verdict: elapsed,
        tests: verdict.tests.reduce((sum, { duration }) => sum + duration, 0),
      };
    },
    async [Symbol.asyncDispose]() {
      await grader.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function unexpected({ slug }: Exercise, verdict: Verdict): string {
  const failure =
    verdict.kind === 'broken'
      ? verdict.message
      : verdict.kind === 'unrunnable'
        ? verdict.failure.message
        : verdict.tests.find((test) => test.failure)?.failure?.message;
  return `A save of ${slug} came to "${verdict.kind}"${failure ? `: ${failure}` : ''}.`;
}
