import { z } from 'zod';
import { facts, rawError, rawFrame, rawTest } from '../vitest/protocol.ts';

const source = z.object({
  /** Absolute; what tracebacks name. */
  path: z.string(),
  source: z.string(),
});

/** One grading, complete: nothing is read from disk on the other side. */
export const pythonRequest = z.object({
  type: z.literal('grade'),
  id: z.int(),
  suites: z.array(z.object({ name: z.enum(['examples', 'hidden']), source: z.string() })),
  /** Kata file name -> the candidate's text. */
  files: z.record(z.string(), source),
  /** File name -> what is in it; lies in the folder in which the kata runs. */
  material: z.record(z.string(), z.base64()),
  /** Of `random`: every grading sees the same numbers. */
  seed: z.int(),
  /** Of the order in which the tests of each suite run; in file order without it. */
  order: z.int().optional(),
  /** Milliseconds. */
  timeLimit: z.number(),
  /** Milliseconds that one test, or the loading of a suite, may take before its line is left. */
  testLimit: z.number(),
});
export type PythonRequest = z.infer<typeof pythonRequest>;

export const pythonHostRequest = z.discriminatedUnion('type', [
  pythonRequest,
  z.object({ type: z.literal('abort'), id: z.int() }),
]);

export const pythonHostReply = z.discriminatedUnion('type', [
  /** A first grading has gone as it should. */
  z.object({ type: z.literal('ready') }),
  /** It has not: the snapshot is of no use. */
  z.object({ type: z.literal('unusable'), reason: z.string() }),
  z.object({ type: z.literal('graded'), id: z.int(), facts }),
  z.object({ type: z.literal('failed'), id: z.int(), message: z.string() }),
]);

const loadError = z.object({ suite: z.enum(['examples', 'hidden']), error: rawError });

/** What a worker tells while it grades; the kinds of `judge/grading.py`, and those of the worker itself. */
export const workerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('start') }),
  z.object({ kind: z.literal('test'), data: rawTest }),
  z.object({ kind: z.literal('load-error'), data: loadError }),
  /** The kata was still loading when time was up. */
  z.object({ kind: z.literal('stuck'), data: loadError }),
  z.object({ kind: z.literal('unhandled'), data: rawError }),
  z.object({ kind: z.literal('place'), data: rawFrame.nullable() }),
  z.object({ kind: z.literal('output'), data: z.object({ text: z.string(), dropped: z.int() }) }),
  z.object({ kind: z.literal('done') }),
  /** The interpreter itself ended. */
  z.object({
    kind: z.literal('died'),
    data: z.object({ code: z.int().nullable(), message: z.string() }),
  }),
]);
export type WorkerMessage = z.infer<typeof workerMessage>;
