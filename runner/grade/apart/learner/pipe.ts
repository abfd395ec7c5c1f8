import { readSync, writeSync } from 'node:fs';
import type { ToJudge, ToLearner } from '../wire.ts';
import {
  allocUnsafe,
  bufferFrom,
  concat,
  parse,
  part,
  readLength,
  stringify,
  utf8,
  writeLength,
} from './intrinsics.ts';

const EVENTS_FD = 0;
const FRAMES_FD = 3;
const ANSWERS_FD = 4;
const LONGEST = 7 * 1024 * 1024;
const CHUNK = 64 * 1024;
/** Milliseconds. */
const EAGER = 0.5;
const now = performance.now.bind(performance);
const { exit, stdin } = process;
const end = (): never => exit.call(process, 0);

/**
 * Sends a frame to the judge.
 *
 * @throws RangeError when it is larger than the judge takes.
 */
export function send(frame: ToJudge): void {
  const text = stringify(frame);
  if (text.length > LONGEST) throw new RangeError('The value is too large to be judged.');
  const body = bufferFrom(text, 'utf8');
  const head = allocUnsafe(4);
  writeLength(head, body.length, 0);
  const message = concat([head, body]);
  for (let sent = 0; sent < message.length;) {
    try {
      sent += writeSync(FRAMES_FD, message, sent, message.length - sent);
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }
}

/** The next frame while the judge owes an answer; nothing else runs in this process until then. */
export function receive(): ToLearner {
  const length = readLength(read(4), 0);
  return parse(utf8(read(length), 'utf8', 0, length)) as ToLearner;
}

function read(length: number): Buffer {
  const buffer = allocUnsafe(length);
  for (let at = 0; at < length;) {
    try {
      const count = readSync(ANSWERS_FD, buffer, at, length - at, null);
      if (count === 0) end();
      at += count;
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }
  return buffer;
}

function isBusy(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}

/** Takes the frames that come while this process waits for nothing in particular. */
export function listen(listener: (frame: ToLearner) => void): void {
  let rest: Buffer = allocUnsafe(0);

  function take(chunk: Buffer): void {
    rest = rest.length > 0 ? concat([rest, chunk]) : chunk;
    while (rest.length >= 4) {
      const length = readLength(rest, 0);
      if (rest.length < 4 + length) return;
      const text = utf8(rest, 'utf8', 4, 4 + length);
      rest = part(rest, 4 + length, rest.length);
      listener(parse(text) as ToLearner);
    }
  }

  stdin.on('data', (chunk: Buffer) => {
    take(chunk);
    // A suite's calls come in a row: looking on costs less than being woken for each.
    for (let next = lookFor(EAGER); next; next = lookFor(EAGER)) take(next);
  });
  stdin.on('end', () => end());
}

const ahead = allocUnsafe(CHUNK);

/** Bytes of the judge, if some come within so many milliseconds. */
function lookFor(milliseconds: number): Buffer | undefined {
  const limit = now() + milliseconds;
  do {
    try {
      const count = readSync(EVENTS_FD, ahead, 0, CHUNK, null);
      // The end is for the event loop to find.
      return count > 0 ? bufferFrom(part(ahead, 0, count)) : undefined;
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  } while (now() < limit);
  return undefined;
}
