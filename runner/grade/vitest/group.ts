import type { ChildProcess } from 'node:child_process';

/** Whether a process can be started as the leader of a group of its own. */
export const HAS_GROUPS = process.platform !== 'win32';

/** Ends a process that leads a group, with all that it started; on Windows that one alone. */
export function killGroup(child: ChildProcess): void {
  if (!HAS_GROUPS || child.pid === undefined) return void child.kill('SIGKILL');
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}
