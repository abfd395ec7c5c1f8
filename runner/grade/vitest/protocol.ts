import { z } from 'zod';
import { CAPABILITIES } from '../../catalog/model.ts';
import { SANDBOX_LAYERS } from '../sandbox/layer.ts';

/** What suites load and ask the kit for: to be ready before a save. */
export const needs = z.object({
  /** URLs of packages. */
  imports: z.array(z.string()),
  /** A kit module and what it is asked for. */
  tools: z.array(z.object({ tool: z.string().regex(/^[a-z-]+$/), input: z.string() })),
});
export type Needs = z.infer<typeof needs>;

/** Whether suite and kata share a process, or the kata has one of its own: see `runner/grade/apart/`. */
export const boundary = z.enum(['together', 'apart']);
export type Boundary = z.infer<typeof boundary>;

const profile = needs.extend({
  boundary,
  /** The system's own wall around the kata's process, where it has one. */
  sandbox: z.enum(SANDBOX_LAYERS),
  capabilities: z.array(z.enum(CAPABILITIES)),
  /** Our own reference solution is graded: it may fill the kit's cache, and shows what its suites need. */
  trusted: z.boolean(),
});
/** What a grading's process has ready, and may do. */
export type Profile = z.infer<typeof profile>;

/** What the grader asks of its host process: one grading. Paths are absolute. */
export const gradeRequest = z.object({
  type: z.literal('grade'),
  id: z.int(),
  /** The suites to run, in this order. */
  suites: z.array(z.object({ name: z.enum(['examples', 'hidden']), path: z.string() })),
  /** Kata file name -> the candidate's file that answers an import of it. */
  files: z.record(z.string(), z.string()),
  /** Kata file name -> the starter's file: what it exports, a candidate must export too. */
  contract: z.record(z.string(), z.string()),
  /** The only folder from which a candidate may import modules of its own. */
  folder: z.string(),
  /** Apart: what becomes of the suite's objects that the learner's code changes. */
  arguments: z.enum(['copied', 'written back']),
  profile,
  /** Milliseconds. */
  timeLimit: z.number(),
});
export type GradeRequest = z.infer<typeof gradeRequest>;

export const hostRequest = z.discriminatedUnion('type', [
  gradeRequest,
  /** Have a process of this profile waiting. */
  z.object({ type: z.literal('warm'), profile }),
  z.object({ type: z.literal('abort'), id: z.int() }),
]);
export type HostRequest = z.infer<typeof hostRequest>;

export const rawFrame = z.object({ path: z.string(), line: z.int(), column: z.int() });
/** A place in a source file, after source maps. */
export type RawFrame = z.infer<typeof rawFrame>;

export const rawError = z.object({
  name: z.string(),
  message: z.string(),
  expected: z.string().optional(),
  received: z.string().optional(),
  diff: z.string().optional(),
  frames: z.array(rawFrame),
});
/** An error as the test process serialized it. */
export type RawError = z.infer<typeof rawError>;

const suiteName = z.enum(['examples', 'hidden']);

export const rawTest = z.object({
  suite: suiteName,
  /** Titles from the outermost group to the test's own. */
  titles: z.array(z.string()),
  status: z.enum(['passed', 'failed', 'skipped', 'pending']),
  /** Milliseconds. */
  duration: z.number(),
  errors: z.array(rawError),
  output: z.string(),
});
export type RawTest = z.infer<typeof rawTest>;

/** How the process that held the learner's code ended, when it did so before its time. */
const processEnd = z.object({
  code: z.int().nullable(),
  signal: z.string().nullable(),
  /** Why it was ended from outside. */
  reason: z.enum(['exit', 'memory', 'timeout', 'abort', 'output', 'forgery']),
  /** The learner's line that was running, where it can be known. */
  at: rawFrame.optional(),
});
export type ProcessEnd = z.infer<typeof processEnd>;

/** All that is known of one grading; `decide` makes a verdict of it. */
export const facts = z.object({
  /** The candidate does not compile, or has no readable kata file. */
  compileError: rawError.optional(),
  /** A suite could not be loaded, because the candidate (or the suite itself) throws on import. */
  loadErrors: z.array(z.object({ suite: suiteName, error: rawError })),
  /** In file order. */
  tests: z.array(rawTest),
  unhandled: z.array(rawError),
  end: processEnd.optional(),
  /** Only of a trusted grading. */
  needs: needs.optional(),
  output: z.string(),
  outputDropped: z.int(),
});
export type Facts = z.infer<typeof facts>;

export const hostReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('graded'), id: z.int(), facts }),
  /** The host itself failed: never the learner's fault. */
  z.object({ type: z.literal('failed'), id: z.int(), message: z.string() }),
]);
export type HostReply = z.infer<typeof hostReply>;
