import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RUNNER } from '../../location.ts';
import { runNode } from '../../process/child.ts';
import { RUNTIME } from './interpreter.ts';

const PYTHON = join(RUNNER, 'grade', 'python');
/** What a snapshot is made by, beside the judge. */
const SOURCES = ['interpreter.ts', 'make-snapshot.ts', 'snapshot-file.ts'];

/**
 * The memory of an interpreter that is ready to grade; made on first use, which takes some seconds.
 *
 * @param folder where snapshots are kept.
 * @param onPreparing told when one begins to be made, and when it is there.
 * @param signal gives up making one.
 * @returns its path.
 * @throws Error in a sentence for people when it cannot be made.
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
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`Python could not be prepared in ${folder}: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    onPreparing(false);
  }
  await removeOthers(folder, path);
  return path;
}

/** What a process said last, or else what became of it. */
function reasonOf(error: unknown): string {
  const said = z
    .object({ stderr: z.string().min(1) })
    .safeParse(error)
    .data?.stderr.trim();
  const lines = said?.split('\n').filter((line) => /^\w*Error\b/.test(line)) ?? [];
  return lines.at(-1) ?? (error instanceof Error ? error.message : String(error));
}

/** Each is some 30 MB, and of no use to another version. */
async function removeOthers(folder: string, kept: string): Promise<void> {
  const others = (await readdir(folder)).map((name) => join(folder, name));
  const old = others.filter((path) => path.endsWith('.snapshot') && path !== kept);
  // One that is being read stays until the next time.
  await Promise.all(old.map((path) => rm(path, { force: true }).catch(() => undefined)));
}

/**
 * Another runtime, or another judge, has another memory.
 *
 * @param folder where interpreter and judge lie.
 */
export async function version(folder = PYTHON, runtime = RUNTIME): Promise<string> {
  const hash = createHash('sha256').update(runtime);
  const judge = join(folder, 'judge');
  const own = SOURCES.map((name) => join(folder, name));
  const files = (await readdir(judge)).filter((name) => name.endsWith('.py')).sort();
  for (const path of [...own, ...files.map((name) => join(judge, name))]) {
    hash.update(await readFile(path)).update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}
