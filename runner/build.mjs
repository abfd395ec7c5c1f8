import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What is never bundled: processes of their own, what runs inside suites, templates. */
const APART = ['kit', join('grade', 'vitest', 'host.ts'), join('scaffold', 'templates')];

/** Bundles that are kept. */
const KEPT = 5;

/**
 * Bundles the program, unless a bundle of these very sources is there: loading one file is several
 * times faster than loading some hundred.
 *
 * @param {string} root the clone.
 * @param {string} cache where bundles are kept.
 * @returns {Promise<string>} path of the module that exports `main`.
 */
export async function buildApp(root, cache) {
  const key = keyOf(join(root, 'runner'));
  const folder = join(cache, `app-${key}`);
  const entry = join(folder, 'cli.mjs');
  if (existsSync(entry)) return entry;
  const { build, stop } = await import('esbuild');
  const draft = `${folder}.${process.pid}`;
  await build({
    entryPoints: [join(root, 'runner', 'cli.ts')],
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    jsx: 'automatic',
    minifySyntax: true,
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    external: ['esbuild', 'vitest', '@stryker-mutator/*', 'react-devtools-core', 'fsevents'],
    // Some dependencies are CommonJS and call require.
    banner: {
      js: "import { createRequire as dojoRequire } from 'node:module'; const require = dojoRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  // Its process would stay as long as the watch, with all that it has read.
  await stop();
  settle(draft, folder);
  forgetOld(cache);
  return entry;
}

/** In one step, so that nobody loads half a bundle; whoever comes second has built the same. */
function settle(draft, folder) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

/** A watch that is still running loads parts of its bundle when it needs them: the last few stay. */
function forgetOld(cache) {
  const bundles = readdirSync(cache)
    .filter((name) => name.startsWith('app-'))
    .map((name) => ({ path: join(cache, name), time: statSync(join(cache, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of bundles.slice(KEPT)) rmSync(path, { recursive: true, force: true });
}

function keyOf(folder) {
  const hash = createHash('sha1');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || APART.some((part) => path.includes(part))) continue;
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path}:${mtimeMs}:${size};`);
  }
  return hash.digest('hex').slice(0, 16);
}
