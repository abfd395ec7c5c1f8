import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { release } from 'node:os';
import { z } from 'zod';
import { failure, ok, warning, type Finding } from './finding.ts';

const manifest = z.object({ version: z.string() });
const PACKAGES = ['vitest', 'esbuild', 'ink', 'chokidar'];
/** An install and its caches. */
const ROOM_MEGABYTES = 500;

/** The runtime that the dojo brings along, and the machine below it. */
export async function checkRuntime(clone: string): Promise<Finding[]> {
  const pinned = await versionOf(clone, 'node');
  const versions = await Promise.all(
    PACKAGES.map(async (name) => `${name} ${(await versionOf(clone, name)) ?? 'missing'}`),
  );
  const running = process.versions.node;
  return [
    pinned === running
      ? ok('Node', `${running}, as pinned`)
      : failure(
          'Node',
          `${running}; pinned is ${pinned ?? 'none'}`,
          'Start the dojo by `npm run watch` or `npm run dojo`.',
        ),
    versions.some((text) => text.endsWith('missing'))
      ? failure(
          'Packages',
          versions.join(', '),
          'Delete node_modules and start again: what is missing is installed.',
        )
      : ok('Packages', versions.join(', ')),
    ok('System', `${process.platform} ${release()}, ${process.arch}`),
    await checkDisk(clone),
  ];
}

async function versionOf(clone: string, name: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(clone, 'node_modules', name, 'package.json'), 'utf8');
    return manifest.parse(JSON.parse(text)).version;
  } catch {
    return undefined;
  }
}

async function checkDisk(clone: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(clone);
  const megabytes = Math.floor((bavail * bsize) / 1024 ** 2);
  const found = `${megabytes} MB free`;
  return megabytes > ROOM_MEGABYTES
    ? ok('Disk', found)
    : warning(
        'Disk',
        found,
        `Free some space: updates and caches need about ${ROOM_MEGABYTES} MB.`,
      );
}
