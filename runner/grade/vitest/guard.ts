import type { ChildProcess } from 'node:child_process';
import { Duplex } from 'node:stream';
import { z } from 'zod';
import { LOCATOR_FD } from './pipe.ts';
import { rawFrame, type ProcessEnd, type RawFrame } from './protocol.ts';
import type { CappedOutput } from './recorder.ts';

/** Milliseconds that the locator gets to say where the learner's code is. */
const LOCATOR_PATIENCE = 500;
/** Bytes on the raw streams after which a process is ended: somebody prints without end. */
const STREAM_LIMIT = 8 * 1024 * 1024;
/** What V8 writes before it dies of memory; of no use to a learner. */
const OUT_OF_MEMORY = /<--- Last few GCs --->|heap out of memory|heap limit/i;

const locatorReply = z.array(rawFrame);

/** How a grading's process ended before its time, and what it was running then, innermost first. */
export type EarlyEnd = Omit<ProcessEnd, 'at'> & { readonly stack: readonly RawFrame[] };

/** Bounds the process of one grading: its time, its output, and its end when it is no longer wanted. */
export class Guard {
  readonly #output: CappedOutput;
  readonly #exit = Promise.withResolvers<{ code: number | null; signal: string | null }>();
  readonly #timer: NodeJS.Timeout;
  #child: ChildProcess | undefined;
  #reason: 'timeout' | 'abort' | 'output' | undefined;
  #stack: readonly RawFrame[] = [];
  #errors = '';
  #bytes = 0;
  #over = false;

  /**
   * @param timeLimit milliseconds from now.
   * @param output takes what the process prints past vitest.
   */
  constructor(timeLimit: number, output: CappedOutput) {
    this.#output = output;
    this.#timer = setTimeout(() => void this.#timeOut(), timeLimit);
  }

  /** Takes charge of the process in which the grading runs. */
  adopt(child: ChildProcess): void {
    this.#child = child;
    child.once('exit', (code, signal) => this.#exit.resolve({ code, signal }));
    child.stdout?.on('data', (chunk: Buffer) => this.#print(chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString()).slice(-4_096);
      if (!OUT_OF_MEMORY.test(this.#errors)) this.#print(chunk.toString());
    });
    if (this.#reason) this.#kill();
  }

  /** Ends the grading: its verdict is no longer wanted. */
  abort(): void {
    this.#stop('abort');
  }

  /** To be called when vitest is done; @returns how the process ended, when it did so before that. */
  async finish(): Promise<EarlyEnd | undefined> {
    clearTimeout(this.#timer);
    this.#over = true;
    const early = this.#reason ?? this.#child?.exitCode ?? this.#child?.signalCode;
    this.#kill();
    if (early === null || early === undefined) return undefined;
    const { code, signal } = this.#child ? await this.#exit.promise : { code: null, signal: null };
    const reason = this.#reason ?? (OUT_OF_MEMORY.test(this.#errors) ? 'memory' : 'exit');
    return { code, signal, reason, stack: this.#stack };
  }

  #print(text: string): void {
    this.#bytes += text.length;
    this.#output.add(text);
    if (this.#bytes > STREAM_LIMIT) this.#stop('output');
  }

  #stop(reason: 'timeout' | 'abort' | 'output'): void {
    if (this.#over) return;
    this.#reason ??= reason;
    this.#kill();
  }

  #kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async #timeOut(): Promise<void> {
    if (this.#over) return;
    this.#reason ??= 'timeout';
    this.#stack = await this.#whereabouts();
    this.#kill();
  }

  /** Asks the locator thread; nothing when the code is waiting rather than running. */
  async #whereabouts(): Promise<readonly RawFrame[]> {
    const pipe = this.#child?.stdio[LOCATOR_FD];
    if (!(pipe instanceof Duplex)) return [];
    return new Promise((resolve) => {
      setTimeout(() => resolve([]), LOCATOR_PATIENCE);
      let text = '';
      pipe.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const [line, rest] = text.split('\n');
        if (line === undefined || rest === undefined) return;
        // The learner's code could write to this pipe too: what it says is shown, and decides nothing.
        const frames = locatorReply.safeParse(parseJson(line));
        resolve(frames.success ? frames.data : []);
      });
      pipe.write('?');
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
