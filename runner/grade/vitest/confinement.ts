import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Capability } from '../../catalog/model.ts';

/** How a process is started. */
export interface ProcessSettings {
  /** What to start: node, or a shell that sets the kernel's limits and becomes node. */
  readonly execPath: string;
  /** What comes before the script: `shellArgs`, then `execArgv`. */
  readonly shellArgs: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const HEAP_MEGABYTES = 512;
/**
 * Held by the kernel where there is a shell to ask for it: no core files, no file of more than 256 MiB,
 * no more than 4 GiB of data of any kind (the guard, which looks at the memory in use, ends it earlier).
 */
const LIMITS = '{ ulimit -c 0; ulimit -f 524288; ulimit -d 4194304; } 2>/dev/null; exec "$0" "$@"';
const here = import.meta.dirname;
/** The code of a judge, for processes that are one. */
const JUDGE = join(here, '../apart/judge');
/** What suites import as `#kit/...`. */
export const KIT = join(here, '../../kit');
/** The packages that suites may use. */
export const MODULES = dirname(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
);
/** What vitest starts as a process of its own; asking it for the path would mean to load all of it. */
export const WORKER = join(MODULES, 'vitest', 'dist', 'workers', 'forks.js');
/** What suites prepare once and read often, such as database images. */
const KIT_CACHE = join(MODULES, '.cache', 'backend-dojo');

/**
 * Settings under which learner code runs: node's permission model denies whatever is not granted.
 * The code of suite and kata arrives as messages, so that not even their folders are readable.
 *
 * @param folder the process's own, and the only one that it may write.
 * @param trusted true for our own reference solutions: they may fill the kit's cache.
 */
export function confine(
  folder: string,
  capabilities: readonly Capability[],
  trusted: boolean,
): ProcessSettings {
  const may = (capability: Capability): boolean => capabilities.includes(capability);
  const readable = [MODULES, here, JUDGE, KIT, folder].map((path) => real(path) + sep);
  const writable = [folder, ...(trusted ? [KIT_CACHE] : [])].map((path) => real(path) + sep);
  return {
    ...(process.platform === 'win32'
      ? { execPath: process.execPath, shellArgs: [] }
      : { execPath: '/bin/sh', shellArgs: ['-c', LIMITS, process.execPath] }),
    execArgv: [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      ...writable.map((path) => `--allow-fs-write=${path}`),
      // Both for the locator; the preload gives them up before learner code runs.
      '--allow-worker',
      '--allow-inspector',
      ...(may('loopback') ? ['--allow-net'] : []),
      ...(may('child-processes') ? ['--allow-child-process'] : []),
      '--no-addons',
      '--no-experimental-ffi',
      '--no-experimental-webstorage',
      // It opens any file of the user, past the permission model.
      ...(may('sqlite') ? [] : ['--no-experimental-sqlite']),
      // A signal would open the inspector.
      '--disable-sigusr1',
      '--freeze-flags-after-init',
      '--no-global-search-paths',
      '--always-sparkplug',
      '--report-exclude-env',
      `--max-heap-size=${HEAP_MEGABYTES}`,
      '--no-warnings',
      '--import',
      new URL('./preload.ts', import.meta.url).href,
    ],
    env: {
      TMPDIR: folder,
      TEMP: folder,
      TEST: 'true',
      VITEST: 'true',
      VITEST_MODE: 'RUN',
      NODE_ENV: 'test',
      NO_COLOR: '1',
      // io_uring would go past the checks on files.
      UV_USE_IO_URING: '0',
    },
  };
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
