import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A process and the memory that is its own. */
export interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Megabytes (10^6 bytes): what it shares is divided among those that share it, where the system says so. */
  readonly megabytes: number;
}

/**
 * A process and everything below it. On Linux memory is PSS, so that the sum counts nothing twice;
 * elsewhere it is RSS, so that the sum is too large.
 *
 * @throws Error on systems that have neither /proc nor ps.
 */
export function processTree(root: number): ProcessMemory[] {
  const all = process.platform === 'linux' ? fromProc() : fromPs();
  const below = (pid: number): ProcessMemory[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)].map((each) => ({
    ...each,
    megabytes: process.platform === 'linux' ? proportionalSize(each.pid) : each.megabytes,
  }));
}

function fromProc(): ProcessMemory[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const stat = read(`/proc/${pid}/stat`);
      // The command stands in parentheses and may hold anything.
      const parent = Number(/.*\) \S (\d+)/s.exec(stat)?.[1] ?? Number.NaN);
      if (Number.isNaN(parent)) return [];
      const command = read(`/proc/${pid}/cmdline`).split('\0').map(shorten).join(' ').trim();
      return [{ pid: Number(pid), parent, command, megabytes: 0 }];
    });
}

function proportionalSize(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return (Number(kibibytes ?? 0) * 1024) / 1e6;
}

function fromPs(): ProcessMemory[] {
  return execFileSync('ps', ['-axo', 'pid=,ppid=,rss=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((row) => {
      const [, pid, parent, kibibytes, command = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
      if (pid === undefined) return [];
      const megabytes = (Number(kibibytes) * 1024) / 1e6;
      return [{ pid: Number(pid), parent: Number(parent), command, megabytes }];
    });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended in the meantime.
    return '';
  }
}

function shorten(argument: string): string {
  return argument.startsWith('/') ? basename(argument) : argument;
}
