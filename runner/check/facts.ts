import { z } from 'zod';
import { typeProblem } from './types.ts';

// What was found out about one edition of an exercise by running it. Plain data, so that it can be kept.

const tested = z.object({
  id: z.string(),
  suite: z.enum(['examples', 'hidden']),
  task: z.int(),
  sentence: z.string(),
  status: z.enum(['passed', 'failed', 'not-run']),
  /** Why it failed; the class of the error, and its message. */
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  /** Milliseconds. */
  duration: z.number(),
});
export type Tested = z.infer<typeof tested>;

const judged = z.object({
  kind: z.enum(['passed', 'failed', 'timed-out', 'crashed', 'broken', 'unrunnable', 'aborted']),
  /** What was said, where no single test is the news. */
  message: z.string().optional(),
  tests: z.array(tested),
});
/** A verdict, cut down to what is judged here. */
export type Judged = z.infer<typeof judged>;

const wait = z.object({
  /** The test that was running. */
  test: z.string(),
  milliseconds: z.number(),
});
/** A real timer that ran out. */
export type Wait = z.infer<typeof wait>;

const change = z.object({
  /** The kata file. */
  file: z.string(),
  operator: z.string(),
  /** 1-based. */
  line: z.int(),
  before: z.array(z.string()),
  after: z.array(z.string()),
});
/** A mutant, without its text. */
export type Change = z.infer<typeof change>;

const mutation = z.object({
  /** Mutants that were run. */
  total: z.int(),
  survivors: z.array(change),
});

export const exerciseFacts = z.object({
  starter: judged,
  reference: judged,
  mistakes: z.record(z.string(), judged),
  alternatives: z.record(z.string(), judged),
  /** What the TypeScript compiler finds in starter, reference, mistakes and other solutions. */
  types: z.array(typeProblem),
  /** Tests of reference and starter that plain vitest and the grader see differently: id, then what each says. */
  parity: z.array(
    z.object({ candidate: z.string(), id: z.string(), plain: z.string(), graded: z.string() }),
  ),
  /** Runs of the reference, each in an order of its own; those in which a test did not pass. */
  orders: z.object({
    runs: z.int(),
    failing: z.array(z.object({ seed: z.int(), tests: z.array(z.string()) })),
  }),
  /** Real timers that ran out while the reference was judged. */
  waits: z.array(wait),
  /** Examples of the brief that do not hold; the line is the brief's. */
  brief: z.array(z.object({ line: z.int(), message: z.string() })),
  /** Absent where nothing can be mutated. */
  mutation: mutation.optional(),
  /** Milliseconds of the reference's tests, the quickest of several runs. */
  suiteTime: z.number(),
});
export type ExerciseFacts = z.infer<typeof exerciseFacts>;
