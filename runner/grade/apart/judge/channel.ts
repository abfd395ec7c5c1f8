import { writeSync } from 'node:fs';
import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import type { ToLearner } from '../wire.ts';
import { LIMITS } from './limits.ts';

/** Descriptors of a judge process that lead to its learner process. */
export const LEARNER_FDS = { events: 5, frames: 6, answers: 7 } as const;

/** What the broker thread is started with. */
export interface BrokerData {
  readonly port: MessagePort;
  /** Counts what the broker has posted; the main thread sleeps on it. */
  readonly posted: Int32Array;
}

/** What the broker tells: a frame as text, or that none will follow. */
export type BrokerMessage =
  { readonly frame: string } | { readonly end: 'closed' | 'too much data' };

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
  receive(patience: number): BrokerMessage | undefined;
  /** Takes the messages for which nobody stands still. */
  listen(listener: (message: BrokerMessage) => void): void;
}

const now = performance.now.bind(performance);

/**
 * Opens the channel over the descriptors that the host has given this process. A thread of its own reads,
 * so that this one can wait for an answer in the middle of a synchronous call.
 */
export async function openChannel(): Promise<Channel> {
  const { port1, port2 } = new MessageChannel();
  const posted = new Int32Array(new SharedArrayBuffer(4));
  const workerData: BrokerData = { port: port2, posted };
  const broker = new Worker(new URL('./broker.ts', import.meta.url), {
    workerData,
    transferList: [port2],
    env: {},
    execArgv: [],
  });
  broker.unref();
  await new Promise((resolve) => broker.once('message', resolve));

  return {
    send(frame, urgent) {
      const message = packed(frame);
      if (urgent) write(message);
      // The learner process may be waiting for an answer of ours, and read no events until then.
      else port1.postMessage(message);
    },
    receive(patience) {
      const end = now() + patience;
      for (;;) {
        const seen = Atomics.load(posted, 0);
        const received = receiveMessageOnPort(port1) as { message: BrokerMessage } | undefined;
        if (received) return received.message;
        const left = end - now();
        if (left <= 0) return undefined;
        Atomics.wait(posted, 0, seen, left);
      }
    },
    listen(listener) {
      port1.on('message', listener);
      port1.unref();
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

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes what the learner process waits for, however long it takes to read. */
function write(message: Buffer): void {
  const end = now() + LIMITS.call;
  for (let sent = 0; sent < message.length;) {
    try {
      sent += writeSync(LEARNER_FDS.answers, message, sent);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Nobody reads any more: the host ends the grading for that.
      if (code !== 'EAGAIN' || now() > end) return;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
