import type { Verdict } from '../../runner/grade/verdict.ts';

/** The verdict in a line, for a failure that says what came out instead. */
export function summary(verdict: Verdict): string {
  const failed = verdict.tests.find((each) => each.status !== 'passed');
  const message = 'message' in verdict ? verdict.message : failed?.failure?.message;
  return `${verdict.kind}: ${failed ? `"${failed.sentence}": ` : ''}${message ?? ''}`;
}
