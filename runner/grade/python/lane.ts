import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Facts, ProcessEnd, RawFrame } from '../vitest/protocol.ts';
import { workerMessage, type PythonRequest } from './protocol.ts';

/** Milliseconds after which code that does not hear that its time is up, or will not leave its line, is ended from outside. */
const GRACE = 500;
/** Milliseconds after which it is told again. */
const TOLD_AGAIN = 20;
/** The number of the signal that `judge/limits.py` listens to. */
const SIGUSR1 = 10;
/** Bounds the depth of recursion, in C too. */
const STACK_MEGABYTES = 64;
const HEAP_MEGABYTES = 192;

/** What all interpreters share. */
export interface Runtime {
  readonly module: WebAssembly.Module;
  readonly snapshot: SharedArrayBuffer;
}

/** An interpreter in a thread of its own, good for one grading. */
export class Lane {
  readonly #interrupt = new SharedArrayBuffer(1);
  readonly #worker: Worker;
  readonly #facts: Facts & { readonly tests: Facts['tests'] } = {
    loadErrors: [],
    tests: [],
    unhandled: [],
    output: '',
    outputDropped: 0,
  };
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #done = Promise.withResolvers<ProcessEnd | undefined>();
  #testLimit = 0;
  #place: RawFrame | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(runtime: Runtime) {
    this.#worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
      workerData: { ...runtime, interrupt: this.#interrupt },
      env: {},
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { stackSizeMb: STACK_MEGABYTES, maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    this.#ready.promise.catch(() => undefined);
    this.#worker.on('message', (data) => this.#hear(data));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#ready.reject(error);
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#end(memory ? 'memory' : 'exit');
    });
    this.#worker.on('exit', (code) => {
      this.#ready.reject(new Error('Python ended before it was ready.'));
      this.#end('exit', code);
    });
  }

  /** @throws Error when the interpreter does not start. */
  async ready(): Promise<void> {
    await this.#ready.promise;
  }

  /** Runs the one grading, and ends the thread. */
  async grade(request: PythonRequest): Promise<Facts> {
    await this.ready();
    this.#testLimit = request.testLimit;
    const limit = setTimeout(() => this.#end('timeout'), request.timeLimit);
    this.#wait();
    this.#worker.postMessage(JSON.stringify(request));
    const end = await this.#done.promise;
    clearTimeout(limit);
    clearTimeout(this.#patience);
    this.#worker.removeAllListeners('message');
    void this.#worker.terminate();
    const place = this.#place;
    if (!end) return this.#facts;
    return {
      ...this.#facts,
      end: { ...end, ...(place && end.reason === 'timeout' ? { at: place } : {}) },
    };
  }

  /** Ends the grading under way. */
  abort(): void {
    this.#end('abort');
  }

  close(): void {
    void this.#worker.terminate();
  }

  /** Two steps: the line is left; if it will not be, the thread is ended. */
  #wait(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#tellTimeIsUp(GRACE), this.#testLimit);
  }

  /** CPython reads a signal and clears it in two steps, and loses one that comes between: hence again and again. */
  #tellTimeIsUp(patience: number): void {
    if (patience <= 0) return this.#end('timeout');
    new Uint8Array(this.#interrupt)[0] = SIGUSR1;
    this.#patience = setTimeout(() => this.#tellTimeIsUp(patience - TOLD_AGAIN), TOLD_AGAIN);
  }

  #end(reason: ProcessEnd['reason'], code: number | null = null): void {
    this.#done.resolve({ code, signal: null, reason });
  }

  #hear(data: unknown): void {
    const message = workerMessage.safeParse(data).data;
    if (!message) return this.#end('forgery');
    switch (message.kind) {
      case 'ready':
        return this.#ready.resolve(undefined);
      case 'start':
        return this.#wait();
      case 'test':
        this.#facts.tests.push(message.data);
        return this.#wait();
      case 'load-error':
        this.#facts.loadErrors.push(message.data);
        return;
      case 'stuck':
        return this.#end('timeout');
      case 'unhandled':
        this.#facts.unhandled.push(message.data);
        return;
      case 'place':
        this.#place = message.data ?? undefined;
        clearTimeout(this.#patience);
        this.#patience = setTimeout(() => this.#end('timeout'), GRACE);
        return;
      case 'output':
        Object.assign(this.#facts, {
          output: message.data.text,
          outputDropped: message.data.dropped,
        });
        return;
      case 'done':
        return this.#done.resolve(undefined);
      case 'died':
        return this.#end('exit', message.data.code);
    }
  }
}
