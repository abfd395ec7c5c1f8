import { Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { LEARNER_FDS, type BrokerData, type BrokerMessage } from './channel.ts';
import { FrameReader } from './frame-reader.ts';

// A thread of the judge: carries events to the learner process, reads what that sends, cuts it into frames,
// and wakes the main thread. It looks into none of them.

const { port, posted } = workerData as BrokerData;
const reader = new FrameReader();
let ended = false;

function tell(message: BrokerMessage): void {
  port.postMessage(message);
  Atomics.add(posted, 0, 1);
  Atomics.notify(posted, 0);
}

function end(reason: 'closed' | 'too much data'): void {
  if (ended) return;
  ended = true;
  pipe.destroy();
  tell({ end: reason });
}

const events = new Socket({ fd: LEARNER_FDS.events, readable: false, writable: true });
events.on('error', () => undefined);
port.on('message', (message: Uint8Array) => events.write(message));

const pipe = new Socket({ fd: LEARNER_FDS.frames, readable: true, writable: false });
pipe.on('data', (chunk: Buffer) => {
  for (const frame of reader.read(chunk)) tell({ frame });
  if (reader.overflow) end('too much data');
});
pipe.on('error', () => end('closed'));
pipe.on('close', () => end('closed'));
parentPort?.postMessage('ready');
