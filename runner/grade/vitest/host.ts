import { SourceMap } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Vitest } from 'vitest/node';
import { closeInherited } from '../apart/inherited.ts';
import { KataError } from '../kata-file.ts';
import { Guard, type EarlyEnd } from './guard.ts';
import { WarmPool } from './pool.ts';
import {
  hostRequest,
  type Facts,
  type GradeRequest,
  type HostReply,
  type ProcessEnd,
} from './protocol.ts';
import { Recorder } from './recorder.ts';
import { isKata, Redirect } from './redirect.ts';
import { makeScratch, removeFolder, sweepScratch } from './scratch.ts';

// A process of its own: vitest, with everything it needs, stays alive here between gradings, so that
// neither its weight nor its faults reach the screen. Learner code runs in the pool's processes only.

/** Milliseconds without a request after which there is time for a rehearsal. */
const REST = 50;
/** Gradings. */
const BETWEEN_COLLECTIONS = 10;
const REHEARSAL = join(import.meta.dirname, 'rehearsal', 'suite.ts');
const REHEARSED = join(import.meta.dirname, 'rehearsal', 'kata.ts');

/** The one grading under way. */
interface Grading {
  readonly id: number;
  readonly recorder: Recorder;
  readonly guard: Guard;
}

// An open file of whoever started us would reach the learner's code, past every permission.
closeInherited();

const root = process.argv[2] ?? process.cwd();
const scratch = makeScratch();
const redirect = new Redirect();
/** Gradings that were called off before their turn came. */
const cancelled = new Set<number>();
let current: Grading | undefined;

const pool = new WarmPool(scratch, (crew) => current?.guard.adopt(crew));

function reply(message: HostReply): void {
  process.send?.(message);
}

async function start(): Promise<Vitest> {
  const { startVitest } = await import('./start-vitest.ts');
  const vitest = await startVitest({
    root,
    pool: pool.initializer,
    redirect: redirect.plugin,
    onPrint: (log, inTest) => current?.recorder.onUserConsoleLog(log, inTest),
  });
  sweepScratch();
  return vitest;
}

async function grade(vitest: Vitest, request: GradeRequest): Promise<Facts> {
  const recorder = new Recorder();
  const guard = new Guard(request.timeLimit, recorder.output);
  current = { id: request.id, recorder, guard };
  try {
    if (cancelled.delete(request.id)) guard.abort();
    pool.warm(request.profile);
    for (const path of redirect.begin(request)) vitest.invalidateFile(path);
    // The process meanwhile gets as far as the suite's import of the kata.
    const compiled = redirect.compile(request);
    compiled.catch(() => guard.abort());
    const project = vitest.getRootProject();
    forget(vitest);
    const specifications = request.suites.map((suite) => project.createSpecification(suite.path));
    const run = await vitest.runTestSpecifications(specifications, false);
    await compiled;
    const end = await guard.finish();
    const facts = recorder.facts(request.suites, run, end ? locate(vitest, end) : undefined);
    return request.profile.trusted ? { ...facts, needs: guard.needs } : facts;
  } catch (error) {
    await guard.finish();
    if (error instanceof KataError) return recorder.refusal(error.error);
    throw error;
  } finally {
    current = undefined;
  }
}

/** Makes the waiting process ready down to the last lazily loaded module. */
async function rehearse(vitest: Vitest): Promise<void> {
  await pool.rehearse(async ({ boundary }) => {
    redirect.rehearse(REHEARSAL, REHEARSED, boundary);
    // The suite was compiled for the other way of judging, perhaps.
    vitest.invalidateFile(REHEARSED);
    forget(vitest);
    const specification = vitest.getRootProject().createSpecification(REHEARSAL);
    await vitest.runTestSpecifications([specification], false);
  });
}

/** vitest remembers all that was reported to it; an earlier candidate has no say in this grading. */
function forget({ state }: Vitest): void {
  state.filesMap.clear();
  state.idMap.clear();
  state.pathsSet.clear();
  state.clearErrors();
  for (const metadata of Object.values(state.metadata)) metadata.duration = {};
}

/** Traces what was running back to the learner's line. */
function locate(vitest: Vitest, { stack, ...end }: EarlyEnd): ProcessEnd {
  const graphs = Object.values(vitest.getRootProject().vite.environments).map(
    (environment) => environment.moduleGraph,
  );
  for (const frame of stack) {
    const id = frame.path.startsWith('file:') ? fileURLToPath(frame.path) : frame.path;
    if (!isKata(id)) continue;
    const map = graphs
      .map((graph) => graph.getModuleById(id)?.transformResult?.map)
      .find((found) => found);
    if (!map || !('sources' in map)) continue;
    const origin = new SourceMap({ ...map, version: 3, file: '', sourceRoot: '' }).findEntry(
      frame.line - 1,
      frame.column - 1,
    );
    if (!('originalSource' in origin)) continue;
    const [path = ''] = id.split('?');
    return {
      ...end,
      at: {
        path: resolve(dirname(path), origin.originalSource),
        line: origin.originalLine + 1,
        column: origin.originalColumn + 1,
      },
    };
  }
  return end;
}

function close(): void {
  current?.guard.abort();
  pool.close();
  removeFolder(scratch);
  process.exit(0);
}

// What learner code writes onto the channel of its process is taken apart by node, which throws.
process.on('uncaughtException', (error) => {
  if (!current || !error.stack?.includes('node:internal/child_process')) throw error;
  current.guard.garbled();
});
process.once('disconnect', close);
process.once('SIGTERM', close);
// The terminal's Ctrl-C reaches the whole group: it is the screen that decides what it means.
process.on('SIGINT', () => undefined);

let loading: Promise<Vitest> | undefined;
let queue: Promise<unknown> = Promise.resolve();
let resting: NodeJS.Timeout | undefined;
/** Gradings since the last collection of garbage. */
let graded = 0;

/** Has the next process rehearse, unless a grading is asked for first: that one would have to wait. */
function rest(vitest: Vitest): void {
  clearTimeout(resting);
  resting = setTimeout(() => {
    queue = queue.then(async () => {
      await rehearse(vitest);
      tidyUp();
    });
  }, REST);
}

/** Left to itself, V8 lets some hundred megabytes of garbage gather before it has to look. */
function tidyUp(): void {
  if (graded < BETWEEN_COLLECTIONS) return;
  graded = 0;
  globalThis.gc?.();
}

process.on('message', (data) => {
  const message = hostRequest.parse(data);
  if (message.type === 'abort') {
    if (current?.id === message.id) current.guard.abort();
    else cancelled.add(message.id);
    return;
  }
  // vitest and the first process load beside each other.
  if (!loading) pool.warm(message.profile);
  const loaded = (loading ??= start());
  if (message.type === 'warm') {
    queue = queue.then(async () => {
      pool.warm(message.profile);
      rest(await loaded);
    });
    return;
  }
  clearTimeout(resting);
  pool.hurry();
  queue = queue.then(async () => {
    const { id } = message;
    const vitest = await loaded;
    graded += 1;
    await grade(vitest, message).then(
      (facts) => reply({ type: 'graded', id, facts }),
      (error: unknown) => reply({ type: 'failed', id, message: String(error) }),
    );
    // The next save is most likely one of the same exercise.
    if (!message.profile.trusted) pool.warm(message.profile);
    rest(vitest);
  });
});
