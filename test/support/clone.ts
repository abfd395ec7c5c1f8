import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CLONE } from '../../runner/location.ts';
import { startNode, type Finished, type Running } from './process.ts';
import { exercise, type Files } from './project.ts';

/** Real exercises, in the order of the track. */
export const FIRST = 'getting-started/first-kata';
export const SECOND = 'nosql-and-caching/lru-ttl-cache';
export const LAST = 'language-core/generators';

const TRACKS: Files = {
  'exercises/planned.yaml':
    'cache-aside: { title: Cache aside, area: caching, kind: code, level: 2, minutes: 40 }\n',
  'tracks/tiny.yaml': `title: A tiny track
blurb: For tests that play a learner. It ends soon.
position: 1
phases:
  - title: Warm-up
    topics:
      - title: How the dojo works
        exercises: [first-kata]
  - title: Caches
    topics:
      - title: In-process caches
        exercises: [lru-ttl-cache, cache-aside]
      - title: Streams
        exercises: [generators]
`,
  'tracks/weekend.yaml': `title: A weekend
blurb: For a rainy weekend. It ends on Sunday.
position: 2
phases:
  - title: Saturday
    topics:
      - title: Streams
        exercises: [generators]
`,
};

/** A folder that is laid out like the clone, for `DOJO_HOME`. */
export interface Clone {
  readonly root: string;
  /** Absolute path of a file in it. */
  path(...parts: readonly string[]): string;
  /** Absolute path of an exercise's file in the workspace. */
  kata(folder: string, name?: string): string;
  /** Puts the reference solution in place of the kata. */
  solve(folder: string): Promise<void>;
  read(...parts: readonly string[]): Promise<string>;
  write(path: string, text: string): Promise<void>;
  /** Starts `dojo <args>`, without a terminal. */
  start(args: readonly string[], surroundings?: Surroundings): Running;
  /** Runs `dojo <args>` to its end. */
  run(...args: readonly string[]): Promise<Finished>;
  remove(): Promise<void>;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export const MAIN = join(CLONE, 'runner', 'main.mjs');

/** Makes a clone with real exercises, two tracks and a planned exercise; `files` are added. */
export async function makeClone(files: Files = {}): Promise<Clone> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'dojo-clone-')));
  for (const folder of [FIRST, SECOND, LAST]) {
    for (const part of ['exercises', 'solutions']) {
      await cp(join(CLONE, part, folder), join(root, part, folder), { recursive: true });
    }
  }
  await symlink(join(CLONE, 'node_modules'), join(root, 'node_modules'), 'junction');
  const path = (...parts: readonly string[]): string => join(root, ...parts);
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), text);
  };
  for (const [name, text] of Object.entries({ ...TRACKS, ...files })) await write(name, text);

  const kata = (folder: string, name = 'kata.ts'): string => path('workspace', folder, name);
  const start: Clone['start'] = (args, { cwd = root, env = {} } = {}) =>
    startNode(MAIN, args, { cwd, env: { DOJO_HOME: root, ...env } });
  return {
    root,
    path,
    kata,
    write,
    start,
    run: (...args) => start(args).finished,
    read: (...parts) => readFile(path(...parts), 'utf8'),
    solve: async (folder) =>
      writeFile(kata(folder), await readFile(path('solutions', folder, 'kata.ts'))),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** An exercise whose hidden suite holds no test: it cannot be graded. */
export const UNGRADABLE: Files = exercise('odd/no-tests', {
  solution: { 'hidden.test.ts': "import './kata';\n" },
});
