import { readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ToLearner } from '../wire.ts';
import { FrameReader } from './frame-reader.ts';
import { LIMITS } from './limits.ts';

/** Descriptors of a judge process that lead to its learner process. */
export const LEARNER_FDS = { events: 5, frames: 6, answers: 7 } as const;

/** What comes from a learner process: a frame as text, or that none will follow. */
export type Message = { readonly frame: string } | { readonly end: 'closed' | 'too much data' };

/** The way to a learner process and back. */
export interface Channel {
  /**
   * Sends a frame.
   *
   * @param urgent true while the learner process waits for the outcome of a callback: it reads nothing else then.
   */
  send(frame: ToLearner, urgent: boolean): void;
  /**
   * The next message, for which the thread stands still.
   *
   * @returns undefined when none has come within so many milliseconds.
   */
  receive(patience: number): Message | undefined;
  /** Takes the messages for which nobody stands still, each in a turn of its own. */
  listen(listener: (message: Message) => void): void;
}

// A suite may fake or stub all of these.
const now = performance.now.bind(performance);
const { setImmediate: soon, setTimeout: later } = globalThis;

/** Milliseconds that the thread looks without a pause for an answer: most calls take less. */
const EAGER = 0.5;
/** Milliseconds of each pause after that. */
const PAUSE = 0.1;
const CHUNK = 64 * 1024;

/**
 * Opens the channel over the descriptors that the host has given this process. The event loop reads while
 * the suite waits for nothing in particular; in the middle of a synchronous call this thread does.
 */
export function openChannel(): Channel {
  const reader = new FrameReader();
  const arrived: Message[] = [];
  /** What the pipe had no room for. */
  let unsent: Buffer[] = [];
  let ended = false;
  let listener: ((message: Message) => void) | undefined;
  const chunk = Buffer.allocUnsafeSlow(CHUNK);
  const sleeper = new Int32Array(new SharedArrayBuffer(4));

  function arrive(message: Message): void {
    arrived.push(message);
    soon(deliver);
  }

  function deliver(): void {
    // Somebody may have stood still for it meanwhile.
    const message = arrived.shift();
    if (message) listener?.(message);
  }

  function take(bytes: Buffer): void {
    if (ended) return;
    for (const frame of reader.read(bytes)) arrive({ frame });
    if (reader.overflow) end('too much data');
  }

  function end(reason: 'closed' | 'too much data'): void {
    if (ended) return;
    ended = true;
    pipe.destroy();
    arrive({ end: reason });
  }

  const pipe = new Socket({ fd: LEARNER_FDS.frames, readable: true, writable: false });
  pipe.on('data', take);
  pipe.on('error', () => end('closed'));
  pipe.on('close', () => end('closed'));
  pipe.unref();

  /** Takes in what is there; @returns whether that is anything. */
  function read(): boolean {
    if (ended) return false;
    const count = attempt(() => readSync(LEARNER_FDS.frames, chunk, 0, CHUNK, null));
    if (count === undefined) return false;
    if (count > 0) take(Buffer.from(chunk.subarray(0, count)));
    else end('closed');
    return true;
  }

  /** Sends what is waiting, as far as there is room: the learner process reads no events while it waits for us. */
  function flush(): void {
    for (let [first] = unsent; first; [first] = unsent) {
      const message = first;
      if (ended) return;
      const count = attempt(() => writeSync(LEARNER_FDS.events, message));
      if (count === undefined) return void later(flush, 1);
      unsent = count < first.length ? [first.subarray(count), ...unsent.slice(1)] : unsent.slice(1);
    }
  }

  /** Sends what the learner process stands still for. */
  function answer(message: Buffer): void {
    const limit = now() + LIMITS.call;
    for (let sent = 0; sent < message.length;) {
      const from = sent;
      const count = attempt(() => writeSync(LEARNER_FDS.answers, message, from));
      sent += count ?? 0;
      // Nobody reads any more: the host ends the grading for that.
      if (ended || now() > limit) return;
      if (count === undefined) Atomics.wait(sleeper, 0, 0, PAUSE);
    }
  }

  /** @returns undefined where the pipe is full or empty, 0 where it is gone. */
  function attempt(transfer: () => number): number | undefined {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return transfer();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
      end('closed');
      return 0;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  return {
    send(frame, urgent) {
      const message = packed(frame);
      if (urgent) return answer(message);
      unsent.push(message);
      flush();
    },
    receive(patience) {
      const start = now();
      for (;;) {
        const message = arrived.shift();
        if (message) return message;
        if (read()) continue;
        const waited = now() - start;
        if (waited > patience) return undefined;
        if (unsent.length > 0) flush();
        if (waited > EAGER) Atomics.wait(sleeper, 0, 0, PAUSE);
      }
    },
    listen(next) {
      listener = next;
    },
  };
}

/** A frame behind its length. */
function packed(frame: ToLearner): Buffer {
  const body = Buffer.from(JSON.stringify(frame));
  const message = Buffer.allocUnsafeSlow(4 + body.length);
  message.writeUInt32BE(body.length, 0);
  body.copy(message, 4);
  return message;
}
