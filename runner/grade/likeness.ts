import type { KnownMistake } from './known-mistakes.ts';
import type { TestResult } from './verdict.ts';

/** The least share of the failing tests that both must have in common: intersection over union (Jaccard, 1912). */
const CLOSE = 0.75;

/** The least lead over the next mistake: where two explain a failure about as well, neither is named. */
const LEAD = 0.25;

/**
 * The known mistake whose failing tests are most like those of a grading, where one is close and no other nearly
 * as close. Only tasks in which a test passes count: what was not begun yet fails for a reason of its own.
 *
 * @param tests the results of one grading.
 */
export function likelyMistake(
  tests: readonly Pick<TestResult, 'id' | 'task' | 'status'>[],
  known: readonly KnownMistake[],
): KnownMistake | undefined {
  const begun = new Set(tests.filter(({ status }) => status === 'passed').map(({ task }) => task));
  const compared = tests.filter(({ task }) => begun.has(task));
  const failing = new Set(compared.filter(({ status }) => status === 'failed').map(({ id }) => id));
  if (failing.size === 0) return undefined;
  const there = new Set(compared.map(({ id }) => id));
  const ranked = known
    .map((mistake) => ({ mistake, share: overlap(failing, mistake.failing.intersection(there)) }))
    .sort((a, b) => b.share - a.share);
  const [best, next] = ranked;
  if (!best || best.share < CLOSE) return undefined;
  return best.share - (next?.share ?? 0) < LEAD ? undefined : best.mistake;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.intersection(b).size / a.union(b).size;
}
