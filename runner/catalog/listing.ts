import { readdir } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/** What editors, interpreters and operating systems leave behind in any folder. */
const CLUTTER = /(^|\/)(\.DS_Store|Thumbs\.db|__pycache__|node_modules)(\/|$)/;

/**
 * Every file below a folder, in alphabetical order, relative to it and with forward slashes.
 * Clutter is left out; a folder that does not exist has no files.
 */
export async function listFiles(folder: string): Promise<string[]> {
  const base = resolve(folder);
  const entries = await readdir(base, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) =>
      forwardSlashes(`${parentPath}${sep}${name}`.slice(base.length + 1)),
    )
    .filter((path) => !CLUTTER.test(path))
    .sort();
}

/** The files of each `<area>/<slug>` folder, relative to it, and those that lie in none. */
export interface FolderListing {
  readonly folders: ReadonlyMap<string, readonly string[]>;
  readonly loose: readonly string[];
}

/** Groups a listing of `exercises/` or `solutions/` by the folder of the exercise. */
export function byExercise(files: readonly string[]): FolderListing {
  const folders = new Map<string, string[]>();
  const loose: string[] = [];
  for (const file of files) {
    const end = file.indexOf('/', file.indexOf('/') + 1);
    if (end <= 0) {
      loose.push(file);
      continue;
    }
    const folder = file.slice(0, end);
    const listed = folders.get(folder);
    if (listed) listed.push(file.slice(end + 1));
    else folders.set(folder, [file.slice(end + 1)]);
  }
  return { folders, loose };
}

/** A path as it is shown: with forward slashes on every system. */
export function forwardSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** Whether reading failed because there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
