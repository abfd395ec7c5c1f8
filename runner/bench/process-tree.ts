import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A process as the system lists it. */
interface Listed {
  readonly pid: number;
  readonly parent: number;
  /** How much it has computed so far, in a unit of the system's. */
  readonly computed: number;
}

/** A process and the memory that is its own. */
export interface ProcessMemory {
  readonly pid: number;
  /** Its command line, paths cut to their last part. */
  readonly command: string;
  /** Megabytes (10^6 bytes). */
  readonly megabytes: number;
}

/** Milliseconds between two looks at a tree, and how long it must have computed nothing to be at rest. */
const LOOK = 100;
const REST = 300;
const PATIENCE = 60_000;

/**
 * The memory of a process and of everything below it. On Linux it is PSS, so that the sum counts nothing
 * twice; elsewhere RSS, so that the sum is too large. Empty on Windows.
 */
export function treeMemory(root: number): ProcessMemory[] {
  return tree(root).map(({ pid }) => ({ pid, ...(onLinux ? memoryFromProc : memoryFromPs)(pid) }));
}

/**
 * Waits until nothing below a process computes any more: what is got ready there is ready. Returns at
 * once on Windows.
 *
 * @returns how long that took in milliseconds, without the time it takes to be sure.
 */
export async function rest(root: number): Promise<number> {
  const start = performance.now();
  let seen = '';
  let active = start;
  for (let now = start; now - active < REST && now - start < PATIENCE; now = performance.now()) {
    const found = tree(root)
      .filter(({ pid }) => pid !== root)
      .map(({ pid, computed }) => `${pid}:${computed}`)
      .join(' ');
    if (found === '') break;
    if (found !== seen) active = now;
    seen = found;
    await delay(LOOK);
  }
  return active - start;
}

const onLinux = process.platform === 'linux';

function tree(root: number): Listed[] {
  const all = onLinux ? listProc() : process.platform === 'win32' ? [] : listPs();
  const below = (pid: number): Listed[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)];
}

function listProc(): Listed[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = read(`/proc/${name}/stat`);
    // The command stands in parentheses and may hold anything; the numbers are those of proc(5).
    const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(after[number - 3]);
    if (stat === '') return [];
    return [{ pid: Number(name), parent: field(4), computed: field(14) + field(15) }];
  });
}

function listPs(): Listed[] {
  return ps('-axo', 'pid=,ppid=,time=').map(([pid, parent, time = '']) => ({
    pid: Number(pid),
    parent: Number(parent),
    computed: time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0),
  }));
}

function memoryFromProc(pid: number): Omit<ProcessMemory, 'pid'> {
  const kibibytes = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  const command = read(`/proc/${pid}/cmdline`).split('\0').map(lastPart).join(' ').trim();
  return { command, megabytes: (Number(kibibytes ?? 0) * 1024) / 1e6 };
}

function memoryFromPs(pid: number): Omit<ProcessMemory, 'pid'> {
  const [[kibibytes = '0', ...command] = []] = ps('-o', 'rss=,command=', '-p', String(pid));
  return {
    command: command.map(lastPart).join(' '),
    megabytes: (Number(kibibytes) * 1024) / 1e6,
  };
}

function ps(...args: readonly string[]): string[][] {
  return execFileSync('ps', args, { encoding: 'utf8' })
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => row.trim().split(/\s+/));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended in the meantime.
    return '';
  }
}

function lastPart(argument: string): string {
  return argument.startsWith('/') ? basename(argument) : argument;
}
