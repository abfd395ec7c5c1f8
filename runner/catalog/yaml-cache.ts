import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What YAML texts say, remembered from one start to the next: parsing them takes longest of all. */
export interface YamlCache {
  /** The value of this very text of the file `path`; undefined when it has not been parsed before. */
  recall(path: string, text: string): unknown;
  remember(path: string, text: string, value: unknown): void;
  /** Writes down what was recalled and remembered, if that differs from what was read. */
  save(): Promise<void>;
}

const cacheSchema = z.record(z.string(), z.object({ text: z.string(), value: z.unknown() }));
type Cached = z.infer<typeof cacheSchema>;

/**
 * Opens the cache at `file` (absolute path); without one nothing outlives the process. The cache only
 * saves time: one that cannot be read is empty, one that cannot be written is not.
 */
export async function openYamlCache(file?: string): Promise<YamlCache> {
  const before: Cached = file === undefined ? {} : await readCache(file);
  const now = new Map<string, Cached[string]>();
  let changed = false;
  return {
    recall(path, text) {
      const cached = Object.hasOwn(before, path) ? before[path] : undefined;
      if (cached?.text !== text) return undefined;
      now.set(path, cached);
      return cached.value;
    },
    remember(path, text, value) {
      now.set(path, { text, value });
      changed = true;
    },
    async save() {
      if (file === undefined || (!changed && now.size === Object.keys(before).length)) return;
      await writeCache(file, Object.fromEntries(now)).catch(() => undefined);
    },
  };
}

async function readCache(file: string): Promise<Cached> {
  try {
    return cacheSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

/** Renamed into place, so that another watcher never reads half of it. */
async function writeCache(file: string, cached: Cached): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(cached));
  await rename(draft, file);
}
