import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CLONE } from '../location.ts';
import type { Machine } from './report.ts';

const PACKAGES = ['vitest', 'vite', 'esbuild', 'chokidar', 'ink', 'typescript'];
const manifest = z.object({ version: z.string() });

/** The machine, with the load that it has now. */
export function describeMachine(): Machine {
  const [load = 0] = loadavg();
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: Number((totalmem() / 1e9).toFixed(1)),
    system: `${process.platform} ${release()} ${process.arch}`,
    load: { before: load, after: load },
  };
}

/** Versions of node, and of the packages on which the figures depend most. */
export function describeVersions(): Record<string, string> {
  const installed = PACKAGES.map((name) => {
    const path = join(CLONE, 'node_modules', name, 'package.json');
    return [name, manifest.parse(JSON.parse(readFileSync(path, 'utf8'))).version] as const;
  });
  return { node: process.versions.node, ...Object.fromEntries(installed) };
}
