import type { Verdict } from '../grade/verdict.ts';

/** `1 test`, `2 tests`, `no tests`; `many` is the plural where an `s` does not make it. */
export function plural(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${many}`;
  return `${count} ${count === 1 ? one : many}`;
}

/** Milliseconds as a person reads them: `34 ms`, `1.2 s`, `12 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return seconds < 9.95 ? `${Number(seconds.toFixed(1))} s` : `${Math.round(seconds)} s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function sentenceList(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * The one sentence that says how a grading ended, readable without symbols and colours.
 * `kata` is the file's name, used where the file itself is the news.
 */
export function headline(verdict: Verdict, kata: string): string {
  switch (verdict.kind) {
    case 'passed':
      return allPass(verdict.tests.length);
    case 'failed':
      return `Not yet: ${score(verdict)}.`;
    case 'unrunnable':
      return `${kata} does not run yet, so no test was run.`;
    case 'timed-out':
      return `Stopped after ${duration(verdict.limit)}: the code had not finished.`;
    case 'crashed':
      return 'The run ended before it could report.';
    case 'broken':
      return 'This is our fault, not yours: the check could not be made.';
    case 'aborted':
      return 'Stopped: a newer save came in.';
  }
}

function allPass(total: number): string {
  return total === 1 ? 'The one test passes.' : `All ${total} tests pass.`;
}

function score(verdict: Extract<Verdict, { kind: 'failed' }>): string {
  const total = verdict.tests.length;
  const passed = verdict.tests.filter((test) => test.status === 'passed').length;
  const notRun = verdict.tests.filter((test) => test.status === 'not-run').length;
  if (passed === total) return `all ${plural(total, 'test')} pass, but an error was left unhandled`;
  const missing = notRun === 0 ? '' : `, ${notRun} did not run`;
  return `${passed} of ${plural(total, 'test')} pass${missing}`;
}

/** What to think of first, by the way in which a run ended; undefined where the error speaks for itself. */
export function advice(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'timed-out':
      return 'Is there a loop that never ends, something awaited that never comes, or a flood of output?';
    case 'crashed':
      return CRASH_ADVICE[verdict.reason];
    case 'broken':
      return verdict.remedy;
    default:
      return undefined;
  }
}

const CRASH_ADVICE = {
  memory: 'Does a list or a cache grow without an end, or does a loop print without an end?',
  output: 'Is something printed inside of a loop?',
  exit: 'A kata returns or throws; it never ends the process itself.',
  signal: 'If your code did not ask for this, save again.',
} as const;

/** Said while the memory of a first interpreter is made. */
export const PREPARING_PYTHON =
  'Python is being prepared: this happens once, and takes some seconds.';

/** Said under a verdict that is not the learner's doing. */
export const NOTHING_COUNTED = 'Nothing was counted, and your files are untouched.';

/** Said where an exercise was passed before and this verdict is not a pass. */
export const STILL_PASSED = 'You passed this kata before, and that stays. This save does not pass.';

/** The pass in one sentence, with what it took. */
export function passSentence(title: string, attempts: number, hints: number): string {
  const tries = attempts <= 1 ? 'at the first attempt' : `after ${attempts} attempts`;
  const help = hints === 0 ? '' : `, with ${plural(hints, 'hint')}`;
  return `"${title}" is yours, ${tries}${help}.`;
}
