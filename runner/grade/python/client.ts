import { realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CLONE, RUNNER } from '../../location.ts';
import { startTalkingChild, type TalkingChild } from '../../process/child.ts';
import type { Candidate } from '../candidate.ts';
import { KataError, readCode } from '../kata-file.ts';
import type { Facts } from '../vitest/protocol.ts';
import { pythonHostReply, type PythonRequest } from './protocol.ts';

/** Milliseconds beyond a grading's own limit after which the host counts as hung. */
const HOST_PATIENCE = 20_000;
const SEED = 1;
/** How often one is made before we give up. */
const SNAPSHOTS = 2;
/** Characters of an error of the machinery that are shown. */
const REASON = 300;

const NOTHING: Facts = { loadErrors: [], tests: [], unhandled: [], output: '', outputDropped: 0 };
const ABORTED: Facts = { ...NOTHING, end: { code: null, signal: null, reason: 'abort' } };

/** Our end of the process that holds Python: starts it when it is first needed, and again should it ever die. */
export class PythonHost {
  readonly #cache: string;
  readonly #onPreparing: (preparing: boolean) => void;
  readonly #waiting = new Map<number, PromiseWithResolvers<Facts>>();
  #child: Promise<TalkingChild> | undefined;
  #last = 0;
  readonly #closing = new AbortController();

  /**
   * @param cache folder for the interpreter's memory snapshot.
   * @param onPreparing told when that begins to be made, and when it is there.
   */
  constructor(cache: string, onPreparing: (preparing: boolean) => void = () => undefined) {
    this.#cache = cache;
    this.#onPreparing = onPreparing;
  }

  /**
   * Runs one grading.
   *
   * @param signal ends it early; the facts then say so.
   * @throws Error when the host itself fails.
   */
  async grade(
    {
      suites,
      candidate,
      material = {},
      timeLimit,
      testLimit,
      order,
    }: {
      readonly suites: PythonRequest['suites'];
      readonly candidate: Candidate;
      readonly material?: PythonRequest['material'];
      /** Milliseconds, of all and of one test. */
      readonly timeLimit: number;
      readonly testLimit: number;
      /** Of the tests, drawn from this number; in file order without it. */
      readonly order?: number;
    },
    signal?: AbortSignal,
  ): Promise<Facts> {
    if (signal?.aborted || this.#closing.signal.aborted) return ABORTED;
    let files: PythonRequest['files'];
    try {
      files = await sources(candidate);
    } catch (error) {
      if (error instanceof KataError) return { ...NOTHING, compileError: error.error };
      throw error;
    }
    const child = await this.#hostUnless(signal);
    if (!child) return ABORTED;
    const id = (this.#last += 1);
    const answer = Promise.withResolvers<Facts>();
    this.#waiting.set(id, answer);
    const abort = (): void => child.send({ type: 'abort', id });
    const hung = setTimeout(() => child.kill(), timeLimit + HOST_PATIENCE);
    signal?.addEventListener('abort', abort, { once: true });
    child.send({
      type: 'grade',
      id,
      suites,
      files,
      material,
      seed: SEED,
      timeLimit,
      testLimit,
      ...(order === undefined ? {} : { order }),
    } satisfies PythonRequest);
    if (signal?.aborted) abort();
    try {
      return await answer.promise;
    } finally {
      clearTimeout(hung);
      signal?.removeEventListener('abort', abort);
      this.#waiting.delete(id);
    }
  }

  /** Has an interpreter wait for the next grading. */
  warm(): void {
    // What is wrong with it is told by the first verdict.
    if (!this.#closing.signal.aborted) this.#host().catch(() => undefined);
  }

  /** Ends the host and all interpreters. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const answer of this.#waiting.values()) answer.resolve(ABORTED);
    const child = await this.#child?.catch(() => undefined);
    child?.kill();
    await child?.ended;
  }

  /** The first one takes some seconds to come; an end that is asked for does not wait for it. */
  async #hostUnless(signal?: AbortSignal): Promise<TalkingChild | undefined> {
    const end = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
    const ended = Promise.withResolvers<undefined>();
    const stop = (): void => ended.resolve(undefined);
    end.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([this.#host(), ended.promise]);
    } finally {
      end.removeEventListener('abort', stop);
    }
  }

  #host(): Promise<TalkingChild> {
    if (this.#child) return this.#child;
    const starting = this.#start();
    this.#child = starting;
    const forget = (): void => {
      if (this.#child === starting) this.#child = undefined;
    };
    starting.then((child) => child.ended.then(forget), forget);
    return starting;
  }

  /** A snapshot that does not work, such as a damaged file, is made once more. */
  async #start(): Promise<TalkingChild> {
    // Those who never take the Python edition do not load it.
    const { snapshotFile } = await import('./snapshot.ts');
    const { signal } = this.#closing;
    let reason = '';
    for (let attempt = 1; attempt <= SNAPSHOTS; attempt += 1) {
      const snapshot = await realpath(await snapshotFile(this.#cache, this.#onPreparing, signal));
      signal.throwIfAborted();
      const started = await this.#startHost(snapshot);
      if (typeof started !== 'string') return started;
      signal.throwIfAborted();
      reason = started;
      await rm(snapshot, { recursive: true, force: true });
    }
    throw new Error(
      `Python does not start here: its interpreter was prepared twice, and did not work (${reason.slice(0, REASON)}).`,
    );
  }

  /** @returns why the snapshot is of no use, if it is not. */
  async #startHost(snapshot: string): Promise<TalkingChild | string> {
    const packages = await realpath(join(CLONE, 'node_modules'));
    const readable = [RUNNER, join(CLONE, 'package.json'), packages, dirname(snapshot)];
    const flags = [
      '--no-warnings',
      '--disable-sigusr1',
      '--permission',
      '--allow-worker',
      '--disallow-code-generation-from-strings',
      ...readable.map((path) => `--allow-fs-read=${path}`),
    ];
    const script = join(RUNNER, 'grade', 'python', 'host.ts');
    const usable = Promise.withResolvers<string | undefined>();
    const child = startTalkingChild(
      script,
      [snapshot],
      flags,
      (data) => {
        const message = pythonHostReply.safeParse(data).data;
        if (message === undefined) return child.kill();
        if (message.type === 'ready') return usable.resolve(undefined);
        if (message.type === 'unusable') return usable.resolve(message.reason);
        const waiting = this.#waiting.get(message.id);
        if (message.type === 'graded') waiting?.resolve(message.facts);
        else waiting?.reject(new Error(message.message));
      },
      {},
    );
    const stop = (): void => child.kill();
    this.#closing.signal.addEventListener('abort', stop, { once: true });
    void child.ended.then((errors) => {
      this.#closing.signal.removeEventListener('abort', stop);
      const reason = errors.trim().split('\n').at(-1) ?? '';
      usable.resolve(reason || 'its process ended at once');
      for (const answer of this.#waiting.values()) {
        answer.reject(new Error(`The process of Python ended unexpectedly. ${reason}`));
      }
    });
    return (await usable.promise) ?? child;
  }
}

/** @throws KataError when a file is missing, or is no text of a sensible size. */
async function sources({ files }: Candidate): Promise<PythonRequest['files']> {
  return Object.fromEntries(
    await Promise.all(
      [...files].map(
        async ([name, path]) => [name, { path, source: await readCode(path) }] as const,
      ),
    ),
  );
}
