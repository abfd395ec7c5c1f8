import { watch } from 'chokidar';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export type KataEvent = 'saved' | 'missing' | 'back';

/** A watch over one kata. */
export interface KataWatcher {
  /** Settles when nothing escapes it any more; rejects when the folder cannot be watched. */
  readonly ready: Promise<void>;
  /** Makes a change of our own: whatever the kata is afterwards is taken as known. */
  quietly<T>(change: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

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
 */
export function watchKata(
  root: string,
  folder: string,
  kata: readonly string[],
  onEvent: (event: KataEvent) => void,
): KataWatcher {
  const katas = new Set(kata.map((name) => join(folder, name)));
  /** Path -> hash of what was there last. */
  const contents = new Map<string, string>();
  const ready = Promise.withResolvers<void>();
  let live = false;
  let turn = Promise.resolve();

  const watcher = watch(root, {
    ignored: (path) => !leadsTo(path, folder),
    ignorePermissionErrors: true,
    atomic: ATOMIC_SAVE,
  });
  watcher.on('add', (path) => look(path));
  watcher.on('change', (path) => look(path));
  watcher.on('unlink', (path) => look(path, { gone: true }));
  watcher.on('error', (error) => ready.reject(unwatchable(folder, error)));
  watcher.on('ready', () => void inTurn(begin).then(ready.resolve));

  /** One look after the other, so that what was read last is what is known. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    turn = turn.then(task);
    return turn;
  }

  const complete = (): boolean => katas.values().every((path) => contents.has(path));

  async function begin(): Promise<void> {
    await learn();
    live = true;
    if (!complete()) onEvent('missing');
  }

  async function learn(): Promise<void> {
    for (const path of katas) remember(path, await hashOf(path));
  }

  function remember(path: string, hash: string | undefined): void {
    if (hash === undefined) contents.delete(path);
    else contents.set(path, hash);
  }

  function look(path: string, { gone = false } = {}): void {
    if (!katas.has(path) && !isModule(path)) return;
    void inTurn(async () => {
      const hash = await hashOf(path);
      // A file that is about to be written anew is not gone until the watcher says so.
      if (hash === undefined && !gone) return;
      const changed = contents.get(path) !== hash;
      const before = complete();
      remember(path, hash);
      if (live && changed) tell(before, complete());
    });
  }

  function tell(before: boolean, after: boolean): void {
    if (before && after) onEvent('saved');
    else if (before) onEvent('missing');
    else if (after) onEvent('back');
  }

  return {
    ready: ready.promise,
    async quietly(change) {
      live = false;
      try {
        return await change();
      } finally {
        await inTurn(learn);
        live = true;
      }
    },
    close() {
      live = false;
      return watcher.close();
    },
  };
}

function unwatchable(folder: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(
    `The folder ${folder} cannot be watched: ${reason}. CHOKIDAR_USEPOLLING=1 watches it without the system's help.`,
  );
}

/** Everything on the way down to the folder, and in it. */
function leadsTo(path: string, folder: string): boolean {
  return isWithin(folder, path) || isWithin(path, folder);
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

function isModule(path: string): boolean {
  return SOURCES.has(extname(path)) && !/\.test\.\w+$|_test\.py$/.test(path);
}

async function hashOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && createHash('sha1').update(bytes).digest('hex');
}
