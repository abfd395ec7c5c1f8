import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { RawError } from './vitest/protocol.ts';

/** Larger than any kata; bounds for the compilers. */
const MAX_KATA_BYTES = 64 * 1024;
const MAX_LINE = 5_000;

const CODE = new Set(['.ts', '.tsx', '.js']);

/** Whether a kata file is code that runs, by its name; others are texts that suites read. */
export function isCode(name: string): boolean {
  return CODE.has(extname(name));
}

/** A kata that cannot be turned into JavaScript; `error` says where and why in the learner's terms. */
export class KataError extends Error {
  readonly error: RawError;

  constructor(error: RawError) {
    super(error.message);
    this.name = 'KataError';
    this.error = error;
  }
}

/** Says what is wrong with a kata's file as a whole. */
export function refuseKata(path: string, why: string): KataError {
  const message = `${basename(path)} ${why}.`;
  return new KataError({ name: 'KataFile', message, frames: [{ path, line: 1, column: 1 }] });
}

/**
 * Reads a kata file: a regular file, not a link, of at most 64 KiB.
 *
 * @throws KataError when it is missing or is something else.
 */
export async function readKata(path: string): Promise<string> {
  // O_NONBLOCK: a named pipe in place of the file must not hold the grader up. Neither flag exists on Windows.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    throw refuseKata(
      path,
      error.code === 'ENOENT'
        ? 'is not there'
        : error.code === 'ELOOP'
          ? 'is a symbolic link. The grader reads regular files only'
          : `cannot be read (${error.code ?? error.message})`,
    );
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw refuseKata(path, 'is not a regular file');
    if (stat.size > MAX_KATA_BYTES) {
      throw refuseKata(path, `is larger than ${MAX_KATA_BYTES / 1024} KiB`);
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** Reads a kata file that is code: no line of it is longer than a compiler would quote in every error. */
export async function readCode(path: string): Promise<string> {
  const source = await readKata(path);
  const long = source.split('\n').findIndex((line) => line.length > MAX_LINE);
  if (long >= 0) throw refuseKata(path, `has more than ${MAX_LINE} characters in line ${long + 1}`);
  return source;
}
