import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { join, sep } from 'node:path';
import type { Capability } from '../../catalog/model.ts';
import { launcherOf } from '../sandbox/layer.ts';
import { HAS_GROUPS } from '../vitest/group.ts';
import type { Profile } from '../vitest/protocol.ts';

/** Bytes in memory beyond which a learner process is ended. */
export const LEARNER_MEMORY = 640 * 1024 ** 2;
const HEAP_MEGABYTES = 256;
/** Seconds of processor time, should everybody who watches be gone. */
const PROCESSOR_SECONDS = 60;
/** Kilobytes of data of any kind: node does not start with much less. */
const DATA_KILOBYTES = 1_200_000;

/** A learner process, and the pipes that lead to it. */
export interface LearnerProcess {
  readonly process: ChildProcess;
  /** Its own folder: where it may touch files at all, suite and kata meet here. */
  readonly folder: string;
  /** What the judge inherits as LEARNER_FDS, in that order. */
  readonly pipes: readonly Duplex[];
  /** Lets go of the pipes once the judge has them. */
  handOver(): void;
}

const LEARNER = join(import.meta.dirname, 'learner');

/** Parts of Node that any kata may import. */
const BUILTINS = [
  'assert',
  'assert/strict',
  'async_hooks',
  'buffer',
  'console',
  'constants',
  'crypto',
  'diagnostics_channel',
  'events',
  'path',
  'path/posix',
  'perf_hooks',
  'process',
  'punycode',
  'querystring',
  'stream',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'timers',
  'timers/promises',
  'url',
  'util',
  'util/types',
  'zlib',
];

/** What each capability adds: modules, flags of node, and permissions that outlive the start. */
const GRANTS: Readonly<
  Record<
    Capability,
    { builtins: readonly string[]; flags: readonly string[]; kept: readonly string[] }
  >
> = {
  loopback: {
    builtins: ['net', 'http', 'https', 'http2', 'dgram', 'tls', 'dns', 'dns/promises', 'os'],
    flags: ['--allow-net'],
    kept: ['net'],
  },
  'worker-threads': {
    builtins: ['worker_threads', 'os'],
    flags: ['--allow-worker'],
    kept: ['worker'],
  },
  'child-processes': {
    builtins: ['child_process', 'os'],
    flags: ['--allow-child-process'],
    kept: ['child'],
  },
  sqlite: { builtins: ['sqlite'], flags: [], kept: [] },
  files: { builtins: ['fs', 'fs/promises', 'os'], flags: [], kept: ['fs.read', 'fs.write'] },
};

/**
 * Starts a process for the learner's code: it has no file, no network, no environment and no other process
 * in reach, and waits for frames.
 *
 * @param folder of the grading; the process's own lies in it.
 */
export function startLearner(
  folder: string,
  { capabilities, sandbox }: Pick<Profile, 'capabilities' | 'sandbox'>,
): LearnerProcess {
  const home = join(folder, 'kata');
  mkdirSync(home, { mode: 0o700 });
  const grants = capabilities.map((capability) => GRANTS[capability]);
  const files = capabilities.includes('files');
  // A wall without a gate for processes: where the topic starts some, node's permissions are all there is.
  const layer = capabilities.includes('child-processes') ? 'none' : sandbox;
  const flags = [
    '--permission',
    `--allow-fs-read=${realpathSync(LEARNER)}${sep}`,
    ...(files ? [`--allow-fs-read=${home}${sep}`, `--allow-fs-write=${home}${sep}`] : []),
    ...grants.flatMap((grant) => grant.flags),
    '--no-addons',
    // Given up as soon as the process has locked itself in.
    layer === 'kernel' ? '--allow-ffi' : '--no-experimental-ffi',
    '--no-experimental-webstorage',
    ...(capabilities.includes('sqlite') ? [] : ['--no-experimental-sqlite']),
    '--disable-sigusr1',
    '--freeze-flags-after-init',
    '--no-global-search-paths',
    '--report-exclude-env',
    '--no-warnings',
    `--max-heap-size=${HEAP_MEGABYTES}`,
  ];
  const words = [
    [...BUILTINS, ...grants.flatMap((grant) => grant.builtins)].join(),
    grants.flatMap((grant) => grant.kept).join(),
    layer === 'kernel' ? 'lock' : '',
  ];
  const node = realpathSync(process.execPath);
  const command = [
    ...launcherOf(layer, [LEARNER], home),
    node,
    ...flags,
    join(LEARNER, 'boot.ts'),
    ...words,
  ];
  const [program = '', ...args] = limited(command, files, capabilities.includes('worker-threads'));
  const child = spawn(program, args, {
    cwd: home,
    env: { TMPDIR: home, TEMP: home, UV_USE_IO_URING: '0' },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: HAS_GROUPS,
    windowsHide: true,
  });
  child.on('error', () => undefined);
  const pipes = [0, 3, 4]
    .map((fd) => child.stdio[fd])
    .filter((pipe): pipe is Duplex => pipe instanceof Duplex);
  for (const pipe of pipes) pipe.on('error', () => undefined);
  return {
    process: child,
    folder: home,
    pipes,
    handOver: () => {
      for (const pipe of pipes) pipe.destroy();
    },
  };
}

/** The command under limits that the kernel holds, where there is a shell to set them. */
function limited(command: readonly string[], files: boolean, threads: boolean): readonly string[] {
  if (process.platform === 'win32') return command;
  const limits = [
    'ulimit -c 0',
    `ulimit -t ${PROCESSOR_SECONDS}`,
    `ulimit -f ${files ? 65_536 : 0}`,
    'ulimit -n 128',
    ...(process.platform === 'linux'
      ? [`ulimit -d ${DATA_KILOBYTES + (threads ? 2_000_000 : 0)}`]
      : []),
  ].join('; ');
  return ['/bin/sh', '-c', `{ ${limits}; } 2>/dev/null; exec "$0" "$@"`, ...command];
}
