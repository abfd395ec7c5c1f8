import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Catalog } from './model.ts';

/** Bytes of a SHA-256. */
const HASH = 32;

/**
 * One state of a clone's content: time and size of its folders, which change with the names in them, and of
 * the files that a catalogue is read from.
 */
export interface ContentState {
  /** Relative to the clone. */
  readonly paths: readonly string[];
  /** Time in milliseconds and size in bytes, of one path after the other. */
  readonly stamps: Float64Array;
}

interface Kept {
  /** The code that made the catalogue, and the clone that it was made of. */
  readonly origin: string;
  readonly state: ContentState;
  readonly catalog: Catalog;
}

/**
 * @param root the clone's absolute path.
 * @param folders that hold content, relative to it.
 */
export function stateOf(root: string, folders: readonly string[]): ContentState {
  const paths = folders.flatMap((folder) => [folder, ...below(root, folder)]);
  return { paths, stamps: stampsOf(root, paths) };
}

function below(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.name.endsWith('.yaml'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  } catch {
    return [];
  }
}

function stampsOf(root: string, paths: readonly string[]): Float64Array {
  const stamps = new Float64Array(2 * paths.length);
  for (const [index, path] of paths.entries()) {
    const found = statSync(root + sep + path, { throwIfNoEntry: false });
    stamps.set([found?.mtimeMs ?? -1, found?.size ?? -1], 2 * index);
  }
  return stamps;
}

/**
 * The catalogue that was kept, if the content is as it was; undefined where there is none, or where the file
 * has been damaged since. That takes a tenth of what making it takes.
 */
export async function readSnapshot(file: string, root: string): Promise<Catalog | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  const content = bytes?.subarray(HASH);
  if (!content?.length || !bytes?.subarray(0, HASH).equals(hashOf(content))) return undefined;
  // Whole, so that it is what was written.
  const { origin, state, catalog } = deserialize(content) as Kept;
  if (origin !== originOf(root)) return undefined;
  const now = stampsOf(root, state.paths);
  return now.every((stamp, index) => stamp === state.stamps[index]) ? catalog : undefined;
}

/**
 * Keeps a catalogue for the next start; one that cannot be kept is made anew.
 *
 * @param state of the content, from before it was read.
 */
export async function writeSnapshot(
  file: string,
  root: string,
  state: ContentState,
  catalog: Catalog,
): Promise<void> {
  const content = serialize({ origin: originOf(root), state, catalog } satisfies Kept);
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, Buffer.concat([hashOf(content), content]));
    // In one step, so that another watch never reads half of it.
    await rename(draft, file);
  } catch {
    // It only saves time.
  }
}

/** The bundle's folder is named after its sources: a catalogue that other code made is another one. */
function originOf(root: string): string {
  return `${import.meta.url}\0${root}`;
}

function hashOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
