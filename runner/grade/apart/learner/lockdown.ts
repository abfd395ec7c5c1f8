import { syncBuiltinESMExports } from 'node:module';
import { defineProperty } from './intrinsics.ts';

/** What no kata needs, and what the permission model is silent about. */
const NEEDLESS = [
  'kill',
  '_kill',
  '_debugProcess',
  '_debugEnd',
  '_startProfilerIdleNotifier',
  '_stopProfilerIdleNotifier',
  'dlopen',
  'binding',
  '_linkedBinding',
  'execve',
  'report',
  'getBuiltinModule',
  'setuid',
  'setgid',
  'seteuid',
  'setegid',
  'setgroups',
  'initgroups',
  'chdir',
  'umask',
  'loadEnvFile',
  '_rawDebug',
  'abort',
  'openStdin',
  'setSourceMapsEnabled',
  'mainModule',
];

const PERMISSIONS = [
  'fs.write',
  'child',
  'worker',
  'net',
  'inspector',
  'addon',
  'wasi',
  'ffi',
  'fs.read',
];

/**
 * Gives up, for good, what the learner's code may not have. The wall is the process itself: this only
 * narrows what lies on this side of it.
 *
 * @param kept permissions that the exercise's topic needs.
 */
export function lockDown(kept: readonly string[]): void {
  for (const key of NEEDLESS) {
    if (!(key in process)) continue;
    defineProperty(process, key, { value: undefined, writable: false, configurable: false });
  }
  for (const key of Object.keys(process.env)) Reflect.deleteProperty(process.env, key);
  process.argv.length = 1;
  process.argv[0] = 'node';
  process.execArgv.length = 0;
  process.title = 'kata';
  for (const [key, value] of [
    ['ppid', 0],
    ['execPath', 'node'],
  ] as const)
    defineProperty(process, key, { value, configurable: true });
  // As vitest does where suite and kata share a process.
  defineProperty(process, 'exit', {
    value: (code?: unknown) => {
      // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- whatever was given.
      throw new Error(`process.exit unexpectedly called with "${code}"`);
    },
  });
  for (const permission of PERMISSIONS) {
    if (!kept.includes(permission)) process.permission.drop(permission);
  }
  syncBuiltinESMExports();
}
