import type { ExpectedTest } from './expected.ts';
import { cleanDiff, cleanMessage, exitCode } from './message.ts';
import type { Facts, ProcessEnd, RawError, RawTest } from './vitest/protocol.ts';
import type { Failure, Frame, Graded, TestResult, Verdict } from './verdict.ts';

/** What a grading is judged against. */
export interface Terms {
  /** The tests that the suites are known to hold, in file order. */
  readonly expected: readonly ExpectedTest[];
  /** Milliseconds. */
  readonly timeLimit: number;
  /** Milliseconds since the grading was asked for. */
  readonly duration: number;
  /** Turns the places of an error into frames of the learner's own code, innermost first. */
  readonly frames: (error: Pick<RawError, 'frames'>) => readonly Frame[];
}

/** The one place where facts become a verdict; the first rule that applies decides. */
export function decide(facts: Facts, terms: Terms): Verdict {
  const graded: Graded = {
    tests: results(facts, terms),
    output: facts.output,
    outputDropped: facts.outputDropped,
    duration: terms.duration,
  };
  const { end } = facts;
  if (end?.reason === 'abort') return { kind: 'aborted', ...graded };
  if (end?.reason === 'timeout') {
    // A judge that waits in vain for one call gives up earlier.
    const limit = Math.min(terms.timeLimit, terms.duration);
    return { kind: 'timed-out', limit, ...running(end, terms), ...graded };
  }
  if (end) {
    return { kind: 'crashed', ...crash(end), ...running(end, terms), ...graded };
  }
  const exit = everyError(facts).find((error) => exitCode(error) !== undefined);
  if (exit) {
    const [at] = terms.frames(exit);
    const message = `Your code called process.exit(${exitCode(exit)}), which would have ended the grading.`;
    return { kind: 'crashed', reason: 'exit', message, ...(at ? { at } : {}), ...graded };
  }
  const refusal = facts.compileError ?? facts.loadErrors[0]?.error;
  if (refusal) return { kind: 'unrunnable', failure: failure(refusal, terms), ...graded };
  const unhandled = [...facts.unhandled, ...irregularities(facts, graded.tests, terms)].map(
    (error) => failure(error, terms),
  );
  if (unhandled.length > 0 || graded.tests.some((test) => test.status !== 'passed')) {
    return { kind: 'failed', unhandled, ...graded };
  }
  if (graded.tests.length === 0) {
    return {
      kind: 'broken',
      message: 'The suites hold no test, so nothing was graded.',
      remedy: 'This is a fault of the exercise, not yours: please report it.',
      ...graded,
    };
  }
  return { kind: 'passed', ...graded };
}

/** What is wrong with the reports themselves: tests from elsewhere, or tests of which nothing was heard. */
function irregularities(
  { tests, unhandled }: Facts,
  results: readonly TestResult[],
  terms: Terms,
): RawError[] {
  const expected = new Set(terms.expected.map(testId));
  const foreign = tests.map(testId).find((id) => !expected.delete(id));
  if (foreign !== undefined) {
    const message = `Your code has added a test ("${foreign}") to those of the exercise, which alone decide.`;
    return [{ name: 'ForeignTest', message, frames: [] }];
  }
  const silent = results.filter((test) => test.status === 'not-run');
  if (silent.length === 0 || unhandled.length > 0 || results.some((test) => test.failure))
    return [];
  const message = `${silent.length} of ${results.length} tests gave no result: your code keeps them from running, or from reporting.`;
  return [{ name: 'NoResult', message, frames: [] }];
}

/** The expected tests, each with what was reported of it; tests that nobody expected decide nothing. */
function results(facts: Facts, terms: Terms): TestResult[] {
  const reported = new Map(facts.tests.map((test) => [testId(test), test]));
  return terms.expected.map((expected) => {
    const id = testId(expected);
    const test = reported.get(id);
    const [group = '', ...rest] = expected.titles;
    const number = /^(\d+)\./.exec(group)?.[1];
    const base = {
      id,
      suite: expected.suite,
      task: Number(number ?? 0),
      sentence: (number && rest.length > 0 ? rest : expected.titles).join(' › '),
      duration: test?.duration ?? 0,
      output: test?.output ?? '',
    };
    if (test?.status === 'passed') return { ...base, status: 'passed' };
    const [error] = test?.errors ?? [];
    return error
      ? { ...base, status: 'failed', failure: failure(error, terms) }
      : { ...base, status: 'not-run' };
  });
}

function everyError(facts: Facts): readonly RawError[] {
  return [
    ...facts.loadErrors.map(({ error }) => error),
    ...facts.tests.flatMap((test) => test.errors),
    ...facts.unhandled,
  ];
}

function failure(error: RawError, terms: Terms): Failure {
  const { name, expected, received, diff } = error;
  return {
    name,
    message: cleanMessage(error),
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    ...(diff === undefined ? {} : { diff: cleanDiff(diff) }),
    frames: terms.frames(error),
  };
}

function running(end: ProcessEnd, terms: Terms): { readonly at?: Frame } {
  const [at] = end.at ? terms.frames({ frames: [end.at] }) : [];
  return at ? { at } : {};
}

function crash({ code, signal, reason }: ProcessEnd): {
  readonly reason: 'memory' | 'exit' | 'signal' | 'output';
  readonly message: string;
} {
  if (reason === 'memory') {
    return {
      reason,
      message: 'Your code used more memory than a grading may have, and was stopped.',
    };
  }
  if (reason === 'output') {
    return { reason, message: 'Your code printed without end, and was stopped.' };
  }
  if (reason === 'forgery') {
    return {
      reason: 'exit',
      message:
        'Your code wrote onto the channel between its process and the grader, and was stopped.',
    };
  }
  if (signal !== null) {
    return {
      reason: 'signal',
      message: `The process of your code was ended by the signal ${signal}.`,
    };
  }
  return {
    reason: 'exit',
    message: `The process of your code ended early, with exit code ${code ?? 'unknown'}.`,
  };
}

/** Stable over gradings: the suite, the groups and the title. */
export function testId({ suite, titles }: Pick<RawTest, 'suite' | 'titles'>): string {
  return [suite, ...titles].join(' > ');
}
