import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { RawFrame } from './protocol.ts';

// The process that runs learner code speaks vitest's protocol with the host, and learner code can speak
// it, too. vitest trusts its workers: they may have it write files, copy files, and open those that an
// error's stack names. What passes here are the calls of a grading, in a form that cannot do so.

const CALLS = new Set([
  'fetch',
  'resolve',
  'fetchWarmModules',
  'prewarmModuleGraph',
  'resolveSnapshotPath',
  'snapshotSaved',
  'onQueued',
  'onCollected',
  'onTaskUpdate',
  'onUserConsoleLog',
  'onUnhandledError',
]);

const call = z.looseObject({ t: z.literal('q'), m: z.string(), a: z.array(z.unknown()) });
const answer = z.looseObject({ t: z.literal('s'), i: z.string() });
const report = z.looseObject({
  __vitest_worker_response__: z.literal(true),
  type: z.enum(['started', 'testfileFinished', 'stopped']),
});
const taskUpdate = z.tuple([
  z.array(z.tuple([z.string(), z.unknown()], z.unknown())),
  z.array(z.unknown()),
]);
const failedResult = z.looseObject({ errors: z.array(z.unknown()) });

/** @returns the message as vitest may have it; undefined for one that no grading sends. */
export function admit(message: unknown): unknown {
  const known = z.union([report, answer]).safeParse(message);
  if (known.success) return known.data;
  const asked = call.safeParse(message).data;
  if (asked === undefined) return undefined;
  // vitest answers a call that it does not know with an error.
  if (!CALLS.has(asked.m)) return { ...asked, m: `refused: ${asked.m}` };
  if (asked.m === 'onUnhandledError')
    return { ...asked, a: [plainError(asked.a[0]), 'Unhandled Error'] };
  if (asked.m === 'onTaskUpdate') {
    const update = taskUpdate.safeParse(asked.a).data;
    if (update === undefined) return undefined;
    const [packs, events] = update;
    return {
      ...asked,
      a: [packs.map(([id, result, ...meta]) => [id, plainResult(result), ...meta]), events],
    };
  }
  return asked;
}

function plainResult(result: unknown): unknown {
  const failed = failedResult.safeParse(result).data;
  return failed
    ? { ...failed, errors: failed.errors.slice(0, MAX_ERRORS).map(plainError) }
    : result;
}

const MAX_ERRORS = 20;
const MAX_FRAMES = 50;
/** Characters of a line of a stack. */
const MAX_LINE = 2_000;
/** Characters of an error's longest part; more than anybody reads. */
const MAX_TEXT = 32_000;

const text = z
  .string()
  .transform((value) => value.slice(0, MAX_TEXT))
  .optional()
  .catch(undefined);
const errorParts = z.object({
  name: text,
  message: text,
  stack: text,
  expected: text,
  actual: text,
  diff: text,
});

/** An error with nothing but text in it. Its frames are given, so that vitest does not look for their files. */
function plainError(error: unknown): object {
  const { stack = '', ...parts } = errorParts.safeParse(error).data ?? { message: String(error) };
  return { message: '', ...parts, stack: '', stacks: framesOf(stack) };
}

/** The places in a stack as V8 writes it: the process has already traced them to the sources. */
function framesOf(stack: string): (Omit<RawFrame, 'path'> & { file: string; method: string })[] {
  const frames = stack.split('\n').flatMap((line) => {
    const [end, lineNumber, column] =
      /:(\d{1,7}):(\d{1,7})\)?$/.exec(line.slice(0, MAX_LINE)) ?? [];
    if (end === undefined) return [];
    const place = line.slice(0, -end.length).replace(/^ *at (async )?/, '');
    const file = pathOf(end.endsWith(')') ? place.slice(place.indexOf('(') + 1) : place);
    return [{ file, line: Number(lineNumber), column: Number(column), method: '' }];
  });
  return frames.slice(0, MAX_FRAMES);
}

function pathOf(place: string): string {
  try {
    return place.startsWith('file:') ? fileURLToPath(place) : place;
  } catch {
    return place;
  }
}
