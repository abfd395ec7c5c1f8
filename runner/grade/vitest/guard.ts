import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { z } from 'zod';
import { LEARNER_MEMORY } from '../apart/learner-process.ts';
import { killGroup } from './group.ts';
import { LOCATOR_FD } from './pipe.ts';
import type { Crew } from './pool.ts';
import { needs, rawFrame, type Needs, type ProcessEnd, type RawFrame } from './protocol.ts';
import type { CappedOutput } from './recorder.ts';

/** Milliseconds that the locator gets to say where the learner's code is. */
const LOCATOR_PATIENCE = 1_500;
/** Milliseconds in which the end of a learner process becomes known. */
const HALT_PATIENCE = 30;
/** Bytes on the raw streams after which a process is ended: somebody prints without end. */
const STREAM_LIMIT = 8 * 1024 * 1024;
/** Bytes in memory beyond which a process is ended: V8's own limit knows nothing of buffers and WebAssembly. */
const MEMORY_LIMIT = 2 * 1024 ** 3;
/** Bytes that our own process may grow by in a grading: a flood of messages piles up here. */
const OWN_MEMORY_LIMIT = 1024 ** 3;
/** Milliseconds between two looks at the memory. */
const MEMORY_INTERVAL = 50;
/** What V8 writes before it dies of memory; of no use to a learner. */
const OUT_OF_MEMORY = /<--- Last few GCs --->|heap out of memory|heap limit/i;

/** What a judge says when it cannot go on; a process that holds a kata itself is not believed in this. */
const haltLine = z.object({ halt: z.enum(['timeout', 'forgery']) });

const pipeLine = z.union([
  z.object({ frames: z.array(rawFrame) }),
  z.object({ url: z.string() }),
  needs.shape.tools.element,
]);

/** How a grading's process ended before its time, and what it was running then, innermost first. */
export type EarlyEnd = Omit<ProcessEnd, 'at'> & { readonly stack: readonly RawFrame[] };

/** Bounds the process of one grading: its time, its output, and its end when it is no longer wanted. */
export class Guard {
  readonly #output: CappedOutput;
  readonly #exit = Promise.withResolvers<{ code: number | null; signal: string | null }>();
  readonly #timer: NodeJS.Timeout;
  readonly #memoryTimer: NodeJS.Timeout;
  readonly #ownMemory = process.memoryUsage.rss();
  /** Runs the suites. */
  #child: ChildProcess | undefined;
  /** Holds the kata, where that has a process of its own. */
  #learner: ChildProcess | undefined;
  #reason: ProcessEnd['reason'] | undefined;
  #stack: readonly RawFrame[] = [];
  readonly #located = Promise.withResolvers<readonly RawFrame[]>();
  readonly #imports = new Set<string>();
  readonly #tools: Needs['tools'] = [];
  #pipe: Duplex | undefined;
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
    this.#memoryTimer = setInterval(() => this.#weigh(), MEMORY_INTERVAL);
  }

  /** Takes charge of the processes in which the grading runs. */
  adopt({ child, learner }: Crew): void {
    this.#child = child;
    this.#learner = learner;
    this.#kata?.once('exit', (code, signal) => {
      this.#exit.resolve({ code, signal });
      if (learner) this.#stop('exit');
    });
    this.#listen(child);
    if (learner) this.#listen(learner);
    const pipe = child.stdio[LOCATOR_FD];
    if (pipe instanceof Duplex) {
      this.#pipe = pipe;
      // A process that ends with something unread breaks the pipe: both the pipe and its reader say so.
      createInterface({ input: pipe })
        .on('line', (line) => this.#hear(line))
        .on('error', () => undefined);
      pipe.on('data', (chunk: Buffer) => this.#count(chunk.length));
      pipe.on('error', () => undefined);
    }
    if (this.#reason) this.#kill();
  }

  /** The process whose end tells something of the kata. */
  get #kata(): ChildProcess | undefined {
    return this.#learner ?? this.#child;
  }

  #listen(child: ChildProcess): void {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#print(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-4_096);
      if (!OUT_OF_MEMORY.test(this.#errors)) this.#print(text);
    });
  }

  /** Ends the grading: its process sends what vitest never would. */
  garbled(): void {
    this.#stop('forgery');
  }

  /** Ends the grading: its verdict is no longer wanted. */
  abort(): void {
    this.#stop('abort');
  }

  /** To be called when vitest is done; @returns how the process ended, when it did so before that. */
  async finish(): Promise<EarlyEnd | undefined> {
    clearTimeout(this.#timer);
    clearInterval(this.#memoryTimer);
    this.#over = true;
    const early = this.#reason ?? this.#child?.exitCode ?? this.#child?.signalCode;
    this.#kill();
    if (early === null || early === undefined) return undefined;
    const { code, signal } = this.#child ? await this.#exit.promise : { code: null, signal: null };
    const given = this.#reason ?? 'exit';
    const reason = given === 'exit' && OUT_OF_MEMORY.test(this.#errors) ? 'memory' : given;
    return { code, signal, reason, stack: this.#stack };
  }

  #print(text: string): void {
    this.#output.add(text);
    this.#count(text.length);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > STREAM_LIMIT) this.#stop('output');
  }

  #weigh(): void {
    if (memoryOf(this.#child?.pid) > MEMORY_LIMIT) this.#stop('memory');
    if (memoryOf(this.#learner?.pid) > LEARNER_MEMORY) this.#stop('memory');
    if (process.memoryUsage.rss() - this.#ownMemory > OWN_MEMORY_LIMIT) this.#stop('output');
  }

  #stop(reason: ProcessEnd['reason']): void {
    if (this.#over) return;
    this.#reason ??= reason;
    this.#kill();
  }

  #kill(): void {
    for (const process of [this.#learner, this.#child]) if (process) killGroup(process);
  }

  async #timeOut(): Promise<void> {
    if (this.#over) return;
    this.#reason ??= 'timeout';
    this.#stack = await this.#whereabouts();
    this.#kill();
  }

  /** Asks the locator thread; nothing when the code is waiting rather than running. */
  #whereabouts(): Promise<readonly RawFrame[]> {
    this.#pipe?.write('?');
    setTimeout(() => this.#located.resolve([]), LOCATOR_PATIENCE);
    return this.#located.promise;
  }

  /** A line from the process: the learner's code could write one too, so that nothing here decides a verdict. */
  #hear(line: string): void {
    const data = parseJson(line);
    const halted = this.#learner && haltLine.safeParse(data).data;
    // It may be the learner process's end that the judge speaks of: that one's exit tells more.
    if (halted) return void setTimeout(() => this.#stop(halted.halt), HALT_PATIENCE);
    const told = pipeLine.safeParse(data).data;
    if (told === undefined) return;
    if ('frames' in told) this.#located.resolve(told.frames);
    else if ('url' in told) this.#imports.add(told.url);
    else this.#tools.push(told);
  }

  /** What the suites loaded and asked for, as far as the process told. */
  get needs(): Needs {
    return { imports: [...this.#imports], tools: this.#tools };
  }
}

/** Bytes of a process that are in memory; 0 where the system has no /proc to tell. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes] =
      /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
