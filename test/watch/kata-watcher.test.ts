import { appendFile, mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { watchKata, type KataEvent, type KataWatcher } from '../../runner/watch/kata-watcher.ts';
import { project } from '../support/project.ts';

interface Watched {
  readonly root: string;
  readonly watcher: KataWatcher;
  /** Everything that was reported, oldest first. */
  readonly events: KataEvent[];
  /** Absolute path of a file beside the kata. */
  path(name: string): string;
  /** Puts a file there in one step: an empty one is never seen in between. */
  write(name: string, text: string): Promise<void>;
  /** Waits for the next events; the time limit only guards. */
  next(...events: readonly KataEvent[]): Promise<void>;
}

/** Watches `caching/lru` of a new workspace, whose kata is `names`. */
async function watching(names: readonly string[] = ['kata.ts']): Promise<Watched> {
  const files = names.map((name) => [`caching/lru/${name}`, `starter of ${name}`] as const);
  const root = await project(Object.fromEntries(files));
  const folder = join(root, 'caching', 'lru');
  const events: KataEvent[] = [];
  const watcher = watchKata(root, folder, names, (event) => events.push(event));
  onTestFinished(() => watcher.close());
  await watcher.ready;
  let seen = 0;
  const path = (name: string): string => join(folder, name);
  return {
    root,
    watcher,
    events,
    path,
    async write(name, text) {
      const draft = `${root}-draft`;
      await writeFile(draft, text);
      await mkdir(dirname(path(name)), { recursive: true });
      await rename(draft, path(name));
    },
    async next(...expected) {
      await vi.waitUntil(() => events.length >= seen + expected.length, { timeout: 10_000 });
      expect(events.slice(seen)).toEqual(expected);
      seen = events.length;
    },
  };
}

describe('a save', () => {
  test('is reported when the content is new', async () => {
    const { write, next } = await watching();
    await write('kata.ts', 'one');
    await next('saved');
    await write('kata.ts', 'two');
    await next('saved');
  });

  test('in place is reported, the moment in which the file is empty or not', async () => {
    const { next, events, path } = await watching();
    await writeFile(path('kata.ts'), 'one');
    await next('saved').catch(() => undefined);
    expect(new Set(events)).toEqual(new Set(['saved']));
  });

  test('is nothing when the content is the same', async () => {
    const { write, next, path } = await watching();
    await write('kata.ts', 'starter of kata.ts');
    await utimes(path('kata.ts'), new Date(), new Date());
    await write('kata.ts', 'one');
    await next('saved');
  });

  test('by rename, as editors do it, is one save', async () => {
    const { write, next, path } = await watching();
    await write('.kata.ts.tmp', 'one');
    await rename(path('.kata.ts.tmp'), path('kata.ts'));
    await next('saved');
    await rename(path('kata.ts'), path('kata.ts~'));
    await write('kata.ts', 'two');
    await next('saved');
  });

  test('by deleting and writing anew is one save', async () => {
    const { write, next, path } = await watching();
    await rm(path('kata.ts'));
    await write('kata.ts', 'one');
    await next('saved');
  });

  test('of a module beside the kata counts: new, changed and deleted', async () => {
    const { write, next, path } = await watching();
    await write('list.ts', 'one');
    await next('saved');
    await appendFile(path('list.ts'), 'two');
    await next('saved');
    await rm(path('list.ts'));
    await next('saved');
  });

  test('of the copied examples, the brief or another exercise is nothing', async () => {
    const { write, next } = await watching();
    await write('examples.test.ts', 'one');
    await write('README.md', 'one');
    await write('../stampede/kata.ts', 'one');
    await write('../../auth/tokens/kata.ts', 'one');
    await write('kata.ts', 'one');
    await next('saved');
  });

  test('of each of several kata files is reported', async () => {
    const { write, next } = await watching(['Dockerfile', '.dockerignore', 'conf/tags.yaml']);
    for (const name of ['.dockerignore', 'conf/tags.yaml', 'Dockerfile']) {
      await write(name, 'one');
      await next('saved');
    }
  });
});

describe('a kata that disappears', () => {
  test('is missing, and back when it is there again', async () => {
    const { write, next, path } = await watching();
    await rm(path('kata.ts'));
    await next('missing');
    await write('kata.ts', 'starter of kata.ts');
    await next('back');
    await write('kata.ts', 'one');
    await next('saved');
  });

  test('is missing when it is renamed', async () => {
    const { next, path } = await watching();
    await rename(path('kata.ts'), path('kata.old.txt'));
    await next('missing');
    await rename(path('kata.old.txt'), path('kata.ts'));
    await next('back');
  });

  test.each(['caching/lru', 'caching'])(
    'is missing when the folder %s is deleted, and back when it is made again',
    async (folder) => {
      const { root, write, next } = await watching();
      await rm(join(root, folder), { recursive: true });
      await next('missing');
      await write('kata.ts', 'one');
      await next('back');
      await write('kata.ts', 'two');
      await next('saved');
    },
  );

  test('is missing when the whole workspace is deleted', async () => {
    const { root, next } = await watching();
    await rm(root, { recursive: true });
    await next('missing');
  });

  test('of several files is back when the last of them is', async () => {
    const { watcher, write, next, path, root, events } = await watching(['a.sql', 'b.sql']);
    await watcher.close();
    await rm(path('a.sql'));
    await rm(path('b.sql'));
    const again = watchKata(root, dirname(path('a.sql')), ['a.sql', 'b.sql'], (event) =>
      events.push(event),
    );
    onTestFinished(() => again.close());
    await next('missing');
    await write('a.sql', 'one');
    await write('b.sql', 'one');
    await next('back');
    await write('a.sql', 'two');
    await next('saved');
  });

  test('is missing from the start when it was never there', async () => {
    const root = await project();
    const events: KataEvent[] = [];
    const folder = join(root, 'caching', 'lru');
    const watcher = watchKata(root, folder, ['kata.ts'], (event) => events.push(event));
    onTestFinished(() => watcher.close());
    await watcher.ready;
    expect(events).toEqual(['missing']);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'kata.ts'), 'one');
    await vi.waitUntil(() => events.length === 2, { timeout: 10_000 });
    expect(events).toEqual(['missing', 'back']);
  });
});

describe('a change of our own', () => {
  test('is not reported, and a save after it is', async () => {
    const { watcher, write, next, path } = await watching();
    await write('kata.ts', 'one');
    await next('saved');
    const text = await watcher.quietly(async () => {
      await write('kata.ts', 'the starter');
      return readFile(path('kata.ts'), 'utf8');
    });
    expect(text).toBe('the starter');
    await write('kata.ts', 'two');
    await next('saved');
  });

  test('that fails leaves the watch on', async () => {
    const { watcher, write, next } = await watching();
    await expect(watcher.quietly(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
    await write('kata.ts', 'one');
    await next('saved');
  });
});

test('nothing is reported after closing', async () => {
  const { watcher, write, events } = await watching();
  const other = await watching();
  await watcher.close();
  await write('kata.ts', 'one');
  await other.write('kata.ts', 'one');
  await other.next('saved');
  expect(events).toEqual([]);
});
