import { treeMemory } from './process-tree.ts';

/** What a watch consists of: part -> megabytes (10^6 bytes). Empty on Windows. */
export type WatchMemory = Readonly<Record<string, number>>;

/** The memory of a watch and of the processes below it, as `treeMemory` counts it. */
export function watchMemory(pid: number): WatchMemory {
  const parts: Record<string, number> = {};
  for (const { command, megabytes } of treeMemory(pid)) {
    // It has ended in the meantime.
    if (megabytes === 0) continue;
    const part = partOf(command);
    parts[part] = (parts[part] ?? 0) + megabytes;
  }
  return parts;
}

/** @returns megabytes. */
export function totalOf(memory: WatchMemory): number {
  return Object.values(memory).reduce((sum, megabytes) => sum + megabytes, 0);
}

/** Which part holds how much. */
export function partsText(memory: WatchMemory): string {
  return Object.entries(memory)
    .map(([part, megabytes]) => `${part} ${Math.round(megabytes)} MB`)
    .join(', ');
}

function partOf(command: string): string {
  if (command.includes('host.ts')) return command.includes('.snapshot') ? 'Python' : 'vitest';
  if (command.includes('forks.js')) return 'waiting process';
  if (command.includes('esbuild')) return 'esbuild';
  return 'watch';
}
