import { watch } from 'chokidar';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export type KataEvent = 'saved' | 'missing' | 'back';

/** Milliseconds for an editor that saves by deleting and writing anew. */
const ATOMIC_SAVE = 150;
const SOURCES = new Set(['.ts', '.tsx', '.js', '.json', '.py']);

/**
 * Watches the kata of one exercise: its files, and modules that lie beside them. Content that stays
 * equal is no event, however often it is written.
 *
 * @param root a folder above that stays, so that the exercise's own folder may come and go.
 * @param folder the exercise's folder in the workspace.
 * @param kata names of the kata's files in it.
 * @returns what stops the watching.
 */
export function watchKata(
  root: string,
  folder: string,
  kata: readonly string[],
  onEvent: (event: KataEvent) => void,
): { readonly ready: Promise<void>; close(): Promise<void> } {
  const contents = new Map<string, string>();
  const missing = new Set<string>();
  const katas = new Set(kata.map((name) => join(folder, name)));
  const watched = (path: string): boolean => katas.has(path) || isModule(path);
  const ready = Promise.withResolvers<void>();
  let live = false;

  const watcher = watch(root, {
    ignored: (path) => !leadsTo(path, folder),
    ignoreInitial: false,
    atomic: ATOMIC_SAVE,
  });

  async function look(path: string): Promise<void> {
    if (!watched(path)) return;
    const hash = await hashOf(path);
    if (hash === undefined) return;
    const known = contents.get(path);
    contents.set(path, hash);
    if (!live) return;
    if (missing.delete(path)) {
      if (missing.size === 0) onEvent('back');
    } else if (known !== hash) onEvent('saved');
  }

  function vanish(path: string): void {
    if (!watched(path) || !live) return;
    contents.delete(path);
    if (!katas.has(path)) return onEvent('saved');
    missing.add(path);
    if (missing.size === 1) onEvent('missing');
  }

  watcher.on('add', (path) => void look(path));
  watcher.on('change', (path) => void look(path));
  watcher.on('unlink', vanish);
  watcher.on('ready', () => {
    void Promise.all([...katas].map(look)).then(() => {
      live = true;
      ready.resolve();
    });
  });
  return { ready: ready.promise, close: () => watcher.close() };
}

/** Everything on the way down to the folder, and in it. */
function leadsTo(path: string, folder: string): boolean {
  return isWithin(folder, path) || isWithin(path, folder);
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !way.startsWith(sep));
}

function isModule(path: string): boolean {
  return SOURCES.has(extname(path)) && !/\.test\.\w+$|_test\.py$/.test(path);
}

async function hashOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && createHash('sha1').update(bytes).digest('hex');
}
