import type { Failure, Frame, TestResult, Verdict } from '../grade/verdict.ts';
import { advice, NOTHING_COUNTED, plural } from './wording.ts';

/** One thing that a verdict has to say; the screen and the plain text print the same ones in the same order. */
export type Finding =
  /** A sentence of ours. */
  | { readonly kind: 'says'; readonly text: string }
  /** A sentence of ours that says what to try. */
  | { readonly kind: 'advice'; readonly text: string }
  /** The failing test that the next findings are about. */
  | { readonly kind: 'test'; readonly test: TestResult }
  /** The error's own words. */
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'compared'; readonly expected?: string; readonly received?: string }
  | { readonly kind: 'diff'; readonly text: string }
  /** A place in the learner's code; `caret` where the column matters too. */
  | { readonly kind: 'place'; readonly frame: Frame; readonly caret: boolean }
  /** What the learner's code printed; `within` the test that the findings before it are about. */
  | {
      readonly kind: 'printed';
      readonly title: string;
      readonly text: string;
      readonly within: boolean;
    };

/** Findings that belong together: a test and its failure, or a sentence and what it introduces. */
export function grouped(all: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups: Finding[][] = [];
  for (const finding of all) {
    const { kind } = finding;
    const opens = kind === 'test' || kind === 'says' || (kind === 'printed' && !finding.within);
    const group = groups.at(-1);
    if (opens || !group) groups.push([finding]);
    else group.push(finding);
  }
  return groups;
}

/** What a verdict says beyond its headline: the first failure in full, the others as a number. */
export function findings(verdict: Verdict): readonly Finding[] {
  const [first, ...others] = verdict.tests.filter((test) => test.status === 'failed');
  if (verdict.kind === 'timed-out')
    return [...circumstances(verdict), ...(first ? ofTest(first) : [])];
  if (verdict.kind !== 'failed') return circumstances(verdict);
  return [
    ...(first ? ofTest(first) : []),
    ...ofUnhandled(verdict.unhandled),
    ...(others.length > 0 ? [says(`${plural(others.length, 'more test')} failed.`)] : []),
  ];
}

/** Everything that a verdict says: every failure, and all that the code printed. */
export function allFindings(verdict: Verdict): readonly Finding[] {
  const failed = verdict.tests.filter((test) => test.status === 'failed');
  const others = verdict.tests.filter((test) => test.status !== 'failed');
  return [
    ...(verdict.kind === 'failed' ? ofUnhandled(verdict.unhandled) : circumstances(verdict)),
    ...failed.flatMap(ofTest),
    ...printed('Printed outside of the tests', verdict.output),
    ...others.flatMap((test) => printed(`Printed by "${test.sentence}"`, test.output)),
    ...(verdict.outputDropped > 0
      ? [says(`${verdict.outputDropped} bytes of output beyond the limit were dropped.`)]
      : []),
  ];
}

/** What is said of a grading in which no single test is the news. */
function circumstances(verdict: Exclude<Verdict, { kind: 'failed' }>): readonly Finding[] {
  const hint = advice(verdict);
  const remedy: readonly Finding[] = hint === undefined ? [] : [{ kind: 'advice', text: hint }];
  switch (verdict.kind) {
    case 'passed':
    case 'aborted':
      return [];
    case 'unrunnable':
      return ofFailure(verdict.failure, { caret: true });
    case 'timed-out':
      return [
        ...remedy,
        ...(verdict.at ? [says('It was running this line:')] : []),
        ...at(verdict),
      ];
    case 'crashed':
      return [says(verdict.message), ...remedy, ...at(verdict)];
    case 'broken':
      return [says(verdict.message), ...remedy, says(NOTHING_COUNTED)];
  }
}

function ofTest(test: TestResult): readonly Finding[] {
  return [
    { kind: 'test', test },
    ...(test.failure ? ofFailure(test.failure) : []),
    ...printed('Printed by this test', test.output, true),
  ];
}

/** A line that every test runs leaves the same error behind many times: that is said once. */
function ofUnhandled(unhandled: readonly Failure[]): readonly Finding[] {
  const alike = Map.groupBy(unhandled, originOf);
  return [...alike.values()].flatMap(([failure, ...again]) => {
    if (!failure) return [];
    const often = again.length > 0 ? ' (more than once)' : '';
    return [
      says(`An error that nothing was waiting for, such as a promise without await${often}:`),
      ...ofFailure(failure),
    ];
  });
}

/** Where an error comes from, as far as that is known. */
function originOf({ name, message, frames: [frame] }: Failure): string {
  return frame ? `${name} ${frame.path}:${frame.line}:${frame.column}` : `${name} ${message}`;
}

function ofFailure(failure: Failure, { caret = false } = {}): readonly Finding[] {
  const [frame] = failure.frames;
  const text = errorText(failure);
  return [
    ...(text === '' ? [] : [{ kind: 'error', text } as const]),
    ...compared(failure),
    ...(frame ? [{ kind: 'place', frame, caret } as const] : []),
  ];
}

/** Classes that only the machinery knows: assertions, and tests that took too long (in TypeScript, in Python). */
const UNNAMED: ReadonlySet<string> = new Set([
  '',
  'AssertionError',
  'TestTimeoutError',
  'TookTooLong',
]);

/** The message, behind the error's class where that tells something. */
function errorText(failure: Failure): string {
  const { name, message } = failure;
  if (message.trim() === '') return name;
  if (UNNAMED.has(name)) return withoutValues(failure);
  return message.startsWith(name) ? message : `${name}: ${message}`;
}

/**
 * What an assertion says beyond the two values, which are shown below it: of
 * `parse('1'): expected 1 to be 2` the part before the colon, of `expected 1 to be 2` nothing.
 */
function withoutValues({ message, expected, received }: Failure): string {
  if (expected === undefined || received === undefined) return message;
  const [, own = '', says = ''] = /^(?:(.*?): )?(expected .*)$/s.exec(message) ?? [];
  const bare = (text: string) => text.replaceAll(/['"`]/g, '');
  const repeats =
    / to (?:equal|deeply equal|strictly equal) /.test(says) ||
    bare(says) === `expected ${bare(received)} to be ${bare(expected)}`;
  return repeats ? own : message;
}

/** A pair that fits on a line each reads best as it is; longer values read best as their difference. */
function compared({ expected, received, diff }: Failure): readonly Finding[] {
  const values = [expected, received].filter((value) => value !== undefined);
  const long = values.some((value) => value.includes('\n') || value.length > 100);
  if (diff !== undefined && (long || values.length === 0)) return [{ kind: 'diff', text: diff }];
  if (values.length === 0) return [];
  return [
    {
      kind: 'compared',
      ...(expected === undefined ? {} : { expected: visible(expected) }),
      ...(received === undefined ? {} : { received: visible(received) }),
    },
  ];
}

/** Quotes a value that begins or ends with nothing to be seen, or is nothing at all. */
function visible(value: string): string {
  return value === value.trim() && value !== '' ? value : `"${value}"`;
}

function printed(title: string, output: string, within = false): readonly Finding[] {
  return output.trim() === '' ? [] : [{ kind: 'printed', title, text: output.trimEnd(), within }];
}

function at(verdict: { readonly at?: Frame }): readonly Finding[] {
  return verdict.at ? [{ kind: 'place', frame: verdict.at, caret: false }] : [];
}

function says(text: string): Finding {
  return { kind: 'says', text };
}
