import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** Reads what {@link keepJson} has kept; undefined where nothing is, or it is not what it should be. */
export async function readKept<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Keeps a value as JSON, in one step. One that cannot be kept has to be found out again, and nothing else. */
export async function keepJson(path: string, value: unknown): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, JSON.stringify(value));
    await rename(draft, path);
  } catch {
    // It costs time at the next start.
  }
}
