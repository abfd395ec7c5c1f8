import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Bytes of the checksum that a file begins with. */
const CHECKSUM = 4;

/** Writes a snapshot in one step, so that nobody ever reads half of it. */
export function writeSnapshot(path: string, memory: Uint8Array): void {
  const draft = `${path}.${process.pid}`;
  const checksum = Buffer.alloc(CHECKSUM);
  checksum.writeUInt32LE(crc32(memory));
  writeFileSync(draft, Buffer.concat([checksum, memory]));
  renameSync(draft, path);
}

/** A snapshot as memory that threads share; undefined where the file is not what was written. */
export function readSnapshot(path: string): SharedArrayBuffer | undefined {
  const bytes = readFileSync(path);
  const memory = bytes.subarray(CHECKSUM);
  if (memory.length === 0 || bytes.readUInt32LE() !== crc32(memory)) return undefined;
  const shared = new SharedArrayBuffer(memory.length);
  new Uint8Array(shared).set(memory);
  return shared;
}
