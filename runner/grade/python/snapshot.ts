import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RUNNER } from '../../location.ts';
import { runNode } from '../../process/child.ts';
import { RUNTIME } from './interpreter.ts';

const PYTHON = join(RUNNER, 'grade', 'python');

/**
 * The memory of an interpreter that is ready to grade; made on first use, which takes some seconds.
 *
 * @param folder where snapshots are kept.
 * @param onPreparing told when one begins to be made, and when it is there.
 * @param signal gives up making one.
 * @returns its path.
 */
export async function snapshotFile(
  folder: string,
  onPreparing: (preparing: boolean) => void,
  signal: AbortSignal,
): Promise<string> {
  const path = join(folder, `${await version()}.snapshot`);
  if (existsSync(path)) return path;
  onPreparing(true);
  try {
    await mkdir(folder, { recursive: true });
    await runNode(join(PYTHON, 'make-snapshot.ts'), ['--no-warnings'], {
      env: {},
      cwd: folder,
      args: [path],
      patience: 120_000,
      signal,
    });
  } finally {
    onPreparing(false);
  }
  await removeOthers(folder, path);
  return path;
}

/** Each is some 30 MB, and of no use to another version. */
async function removeOthers(folder: string, kept: string): Promise<void> {
  const others = (await readdir(folder)).map((name) => join(folder, name));
  const old = others.filter((path) => path.endsWith('.snapshot') && path !== kept);
  // One that is being read stays until the next time.
  await Promise.all(old.map((path) => rm(path, { force: true }).catch(() => undefined)));
}

/** Another runtime, or another judge, has another memory. */
async function version(): Promise<string> {
  const hash = createHash('sha256').update(RUNTIME);
  const judge = join(PYTHON, 'judge');
  const own = ['interpreter.ts', 'make-snapshot.ts'].map((name) => join(PYTHON, name));
  const files = (await readdir(judge)).filter((name) => name.endsWith('.py')).sort();
  for (const path of [...own, ...files.map((name) => join(judge, name))]) {
    hash.update(await readFile(path)).update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}
