import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { processesOf } from './traces.ts';

/** Starts to grade code that never ends, kills one of those who wait for it, and waits for the rest to go. */
async function kill(victim: (watch: number) => number): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'orphans-')));
  const script = join(import.meta.dirname, 'endless.ts');
  const watch = spawn(process.execPath, [script], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(watch.stdout, 'data');
    expect(processesOf(folder).size).toBe(1);
    process.kill(victim(watch.pid ?? 0), 'SIGKILL');
    await vi.waitFor(() => expect([...processesOf(folder).values()]).toEqual([]), 10_000);
  } finally {
    watch.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function hostOf(watch: number): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const host = processes
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, parent, ...args]) => Number(parent) === watch && args.join(' ').includes('host.ts'));
  return Number(host?.[0]);
}

test('code that never ends does not outlive the watch', () => kill((watch) => watch));

test('code that never ends does not outlive the process that judges it', () => kill(hostOf));
