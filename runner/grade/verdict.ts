/** One line of a code excerpt. */
export interface ExcerptLine {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
}

/** A place in the learner's own code. */
export interface Frame {
  /** The kata file's name, as the learner knows it. */
  readonly file: string;
  /** Absolute path. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** The lines around it; empty where the file could not be read. */
  readonly excerpt: readonly ExcerptLine[];
}

/** Why a test, or the loading of a kata, did not succeed. */
export interface Failure {
  /** The class of the error, such as `AssertionError`. */
  readonly name: string;
  readonly message: string;
  readonly expected?: string;
  readonly received?: string;
  /** Unified, `-` expected and `+` received, without colour. */
  readonly diff?: string;
  /** Innermost first; the learner's own code only. */
  readonly frames: readonly Frame[];
}

export type SuiteName = 'examples' | 'hidden';

/** One test of one grading. */
export interface TestResult {
  /** Stable over gradings: suite, groups and title. */
  readonly id: string;
  readonly suite: SuiteName;
  /** Number of the brief's task that the test belongs to; 0 where its group names none. */
  readonly task: number;
  /** The test's title, without the task's. */
  readonly sentence: string;
  readonly status: 'passed' | 'failed' | 'not-run';
  /** Milliseconds. */
  readonly duration: number;
  /** There exactly when `status` is `failed`. */
  readonly failure?: Failure;
  /** What the learner's code printed during this test. */
  readonly output: string;
}

/** What every verdict carries. */
export interface Graded {
  /** In file order, examples first; expected tests that never ran are listed as `not-run`. */
  readonly tests: readonly TestResult[];
  /** What the learner's code printed outside of tests, control characters removed. */
  readonly output: string;
  /** Bytes of output that were dropped beyond the limit. */
  readonly outputDropped: number;
  /** Milliseconds from the request to the verdict. */
  readonly duration: number;
}

/** The outcome of one grading; `decide` in `decide.ts` is the only place that makes one. */
export type Verdict = Graded &
  (
    | { readonly kind: 'aborted' }
    | {
        readonly kind: 'timed-out';
        /** Milliseconds. */
        readonly limit: number;
        /** The line that was running, where it can be known. */
        readonly at?: Frame;
      }
    | {
        readonly kind: 'crashed';
        readonly reason: 'memory' | 'exit' | 'signal' | 'output';
        /** A sentence that names what happened in plain words. */
        readonly message: string;
        readonly at?: Frame;
      }
    | { readonly kind: 'broken'; readonly message: string; readonly remedy: string }
    | { readonly kind: 'unrunnable'; readonly failure: Failure }
    | {
        readonly kind: 'failed';
        /** Errors that no test was waiting for: unhandled rejections and late throws. */
        readonly unhandled: readonly Failure[];
      }
    | { readonly kind: 'passed' }
  );

export type VerdictKind = Verdict['kind'];

/** What happened, in a sentence, where something other than a test's own failure decided. */
export function messageOf(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'crashed':
    case 'broken':
      return verdict.message;
    case 'unrunnable':
      return verdict.failure.message;
    case 'timed-out':
      return `Stopped after ${(verdict.limit / 1000).toFixed(0)} s.`;
    case 'failed':
      return verdict.unhandled[0]?.message;
    case 'passed':
    case 'aborted':
      return undefined;
  }
}
