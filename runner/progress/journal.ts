import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseEntry, writeEntry } from './entry.ts';
import type { Entry, NewEntry } from './model.ts';

/** What a journal holds, oldest first. */
export interface Journal {
  readonly entries: readonly Entry[];
  /** Lines that could not be read; they now lie in the file `path` (absolute), byte for byte. */
  readonly damaged?: { readonly path: string; readonly lines: number };
}

/**
 * Appends one entry, stamped with the time `at`, to the journal at `path`; makes the file and its
 * folder when needed. One write in append mode, so that two watchers never mix their lines.
 * Returns the stamped entry. Throws when the file cannot be written.
 */
export async function appendEntry(path: string, entry: NewEntry, at = new Date()): Promise<Entry> {
  const stamped: Entry = { ...entry, at: at.toISOString() };
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    const start = (await endsInsideLine(file)) ? '\n' : '';
    const bytes = Buffer.from(`${start}${writeEntry(stamped)}\n`);
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length)
      throw new Error(`Your progress could not be written to ${path}: is the disk full?`);
  } finally {
    await file.close();
  }
  return stamped;
}

/**
 * Reads the journal at `path`; one that does not exist is empty. Lines that are damaged are copied to
 * `<name>.damaged-<time>.jsonl` beside it and then blanked where they stand: nothing is moved, so
 * another watcher can append all the while. Entries of types that this version does not know stay in
 * the file and are not returned. Throws when the file cannot be read or the damage not be set aside.
 */
export async function readJournal(path: string, now = new Date()): Promise<Journal> {
  let lines = await readLines(path);
  if (lines.some(isUnfinished)) {
    // The last line may be another watcher's write that is under way.
    await setTimeout(50);
    lines = await readLines(path);
  }
  const entries = lines.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const damaged = lines.filter(({ content }) => content === 'damaged');
  if (damaged.length === 0) return { entries };

  const { dir, name } = parse(path);
  const time = now.toISOString().replaceAll(/[:.]/g, '-');
  const aside = join(dir, `${name}.damaged-${time}.jsonl`);
  await appendFile(
    aside,
    Buffer.concat(damaged.flatMap(({ bytes }) => [bytes, Buffer.from('\n')])),
  );
  await blank(path, damaged);
  return { entries, damaged: { path: aside, lines: damaged.length } };
}

/** One line that is not blank, with its place in the file. */
interface Line {
  readonly offset: number;
  /** Without the line's end. */
  readonly bytes: Buffer;
  /** Whether a line end follows. */
  readonly ended: boolean;
  readonly content: Entry | 'unknown' | 'damaged';
}

function isUnfinished({ ended, content }: Line): boolean {
  return !ended && content === 'damaged';
}

async function readLines(path: string): Promise<Line[]> {
  const file = await readIfThere(path);
  const lines: Line[] = [];
  for (let offset = 0; offset < file.length;) {
    const found = file.indexOf('\n', offset);
    const end = found < 0 ? file.length : found;
    const bytes = file.subarray(offset, end);
    if (!isBlank(bytes))
      lines.push({ offset, bytes, ended: found >= 0, content: parseEntry(decode(bytes)) });
    offset = end + 1;
  }
  return lines;
}

async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return Buffer.alloc(0);
    throw error;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}

/** The text of a line; one that is not UTF-8 is damaged, and no JSON is empty. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}

async function blank(path: string, lines: readonly Line[]): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (const { offset, bytes } of lines)
      await file.write(Buffer.alloc(bytes.length, ' '), 0, bytes.length, offset);
  } finally {
    await file.close();
  }
}

async function endsInsideLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}
