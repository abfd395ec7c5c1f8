import { realpath } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Candidate } from './candidate.ts';
import { readKata } from './kata-file.ts';
import { plainText } from './plain-text.ts';
import type { ExcerptLine, Frame } from './verdict.ts';
import type { Facts, RawError, RawFrame } from './vitest/protocol.ts';

/** Lines shown above and below the one that matters. */
const CONTEXT = 2;
/** Characters of a line of an excerpt. */
const LINE_LIMIT = 500;

/**
 * Reads the learner's files that the facts point at, so that frames can carry an excerpt.
 *
 * @returns what turns an error's places into frames of the candidate's own code, innermost first.
 */
export async function frameReader(
  facts: Facts,
  candidate: Candidate,
): Promise<(error: Pick<RawError, 'frames'>) => readonly Frame[]> {
  const errors = [
    ...(facts.compileError ? [facts.compileError] : []),
    ...facts.loadErrors.map(({ error }) => error),
    ...facts.tests.flatMap((test) => test.errors),
    ...facts.unhandled,
  ];
  const places = [
    ...errors.flatMap((error) => error.frames),
    ...(facts.end?.at ? [facts.end.at] : []),
  ];
  const own = new Set(places.map(pathOf).filter((path) => isOwn(path, candidate)));
  const texts = new Map(
    await Promise.all(
      [...own].map(async (path) => [path, await textOf(path, candidate).catch(() => '')] as const),
    ),
  );
  return ({ frames }) =>
    frames
      .map((frame) => ({ ...frame, path: pathOf(frame) }))
      .filter(({ path }) => own.has(path))
      .map(({ path, line, column }) => ({
        file: nameOf(path, candidate),
        path,
        line,
        column,
        excerpt: excerpt(texts.get(path) ?? '', line),
      }));
}

function pathOf({ path }: RawFrame): string {
  const [bare = ''] = path.split('?');
  try {
    return bare.startsWith('file:') ? fileURLToPath(bare) : bare;
  } catch {
    return '';
  }
}

/** A stack can name any file: a link out of the folder, or a pipe that never ends, is not read. */
async function textOf(path: string, { files, folder }: Candidate): Promise<string> {
  const isInside = (await realpath(path)).startsWith((await realpath(folder)) + sep);
  return isInside || [...files.values()].includes(path) ? readKata(path) : '';
}

function isOwn(path: string, candidate: Candidate): boolean {
  if ([...candidate.files.values()].includes(path)) return true;
  const inside = relative(candidate.folder, path);
  return (
    inside !== '' &&
    !inside.startsWith('..') &&
    !inside.startsWith(sep) &&
    !/\p{Cc}/u.test(inside) &&
    !/\.test\.\w+$/.test(path)
  );
}

function nameOf(path: string, candidate: Candidate): string {
  const known = [...candidate.files].find(([, file]) => file === path)?.[0];
  return known ?? (relative(candidate.folder, path).replaceAll(sep, '/') || basename(path));
}

function excerpt(text: string, line: number): ExcerptLine[] {
  const lines = text === '' ? [] : text.split(/\r?\n/);
  const first = Math.max(1, line - CONTEXT);
  return lines
    .slice(first - 1, line + CONTEXT)
    .map((content, index) => ({ number: first + index, text: plainText(content, LINE_LIMIT) }));
}
