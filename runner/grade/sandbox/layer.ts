import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';

/** The walls that an operating system can put around a learner process, the preferred ones first. */
export const SANDBOX_LAYERS = ['kernel', 'bubblewrap', 'sandbox-exec', 'none'] as const;

/**
 * `kernel`: Linux, Landlock and seccomp, entered by the process itself. `bubblewrap`: Linux, namespaces, by the
 * program `bwrap`. `sandbox-exec`: macOS. `none`: node's permissions alone.
 */
export type SandboxLayer = (typeof SANDBOX_LAYERS)[number];

const SYSTEM = ['/usr', '/lib', '/lib64', '/bin', '/etc/ld.so.cache'];

/**
 * The program that starts a command behind the wall.
 *
 * @param readable what of the file system is to be seen, beside the system's own libraries.
 * @param writable the process's own folder.
 * @returns nothing where the process enters by itself, or there is no wall.
 */
export function launcherOf(
  layer: SandboxLayer,
  readable: readonly string[],
  writable: string,
): readonly string[] {
  if (layer === 'bubblewrap') return bubblewrap(readable, writable);
  if (layer === 'sandbox-exec') return ['sandbox-exec', '-p', profile(readable, writable)];
  return [];
}

function bubblewrap(readable: readonly string[], writable: string): readonly string[] {
  const system = SYSTEM.filter((path) => existsSync(path)).flatMap((path) =>
    lstatSync(path).isSymbolicLink()
      ? ['--symlink', readlinkSync(path), path]
      : ['--ro-bind', path, path],
  );
  const node = realpathSync(process.execPath);
  return [
    'bwrap',
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    ...['--cap-drop', 'ALL'],
    ...['--tmpfs', '/tmp'],
    ...system,
    ...[node, ...readable].flatMap((path) => ['--ro-bind', path, path]),
    ...['--bind', writable, writable],
    ...['--proc', '/proc'],
    ...['--dev', '/dev'],
    ...['--chdir', writable],
    '--',
  ];
}

/** Not tried on a Mac by us: the self-test decides whether it is used. */
function profile(readable: readonly string[], writable: string): string {
  const quote = (path: string): string => JSON.stringify(path);
  const node = realpathSync(process.execPath);
  const read = [
    dirname(node),
    ...readable,
    writable,
    '/usr/lib',
    '/System/Library',
    '/private/var/db/dyld',
  ];
  return [
    '(version 1)(deny default)',
    `(allow process-exec (literal ${quote(node)}))`,
    `(allow file-read* (literal "/") ${read.map((path) => `(subpath ${quote(path)})`).join(' ')})`,
    `(allow file-write* (subpath ${quote(writable)}))`,
    '(allow file-read-metadata)(allow sysctl-read)',
    '(deny network*)(deny process-fork)(deny signal (target others))',
  ].join('');
}
