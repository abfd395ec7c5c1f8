import { PGlite } from '@electric-sql/pglite';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const cacheFolder = join(import.meta.dirname, '../../node_modules/.cache/backend-dojo/postgres');

/**
 * Boots a real Postgres (PGlite: one session, in memory) and runs `setup` in it.
 *
 * The booted data folder is kept on disk under the hash of `setup` and of the engine's version, so
 * that only the first call ever pays for `initdb` and for loading the data. Each call returns a
 * database of its own: what a test writes reaches no other. `setup` must be deterministic (use
 * `setseed`, or data computed without `random()`), and must end with `ANALYZE` where plans matter.
 *
 * @param setup SQL statements: schema and data, before anything of the learner's runs.
 * @throws what Postgres reports when `setup` is wrong.
 */
export async function postgres(setup = ''): Promise<PGlite> {
  const image = join(
    cacheFolder,
    `${createHash('sha256').update(engineVersion()).update(setup).digest('hex')}.tar`,
  );
  const stored = await readFile(image).catch(() => undefined);
  if (stored) return PGlite.create({ loadDataDir: new Blob([stored]) });
  const database = await PGlite.create();
  if (setup) await database.exec(setup);
  await store(image, await database.dumpDataDir('none'));
  return database;
}

function engineVersion(): string {
  const { version } = createRequire(import.meta.url)('@electric-sql/pglite/package.json') as {
    version: string;
  };
  return version;
}

/** Best effort: where the cache cannot be written (read-only folder, sandbox) the next boot is slow, not wrong. */
async function store(image: string, dump: Blob): Promise<void> {
  const draft = `${image}.${randomUUID()}`;
  try {
    await mkdir(dirname(image), { recursive: true });
    await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
    await rename(draft, image);
  } catch {
    // The database works without its image.
  }
}
