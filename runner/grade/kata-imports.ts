import type { Loader, Plugin } from 'esbuild';
import { realpath } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { readCode } from './kata-file.ts';

/** How esbuild is to read a file. */
export function loaderOf(path: string): Loader {
  const extension = extname(path).slice(1);
  return extension === 'tsx' || extension === 'js' || extension === 'json' ? extension : 'ts';
}

/** Answers relative imports with regular files inside `folder`, and nothing else. */
export function ownModules(folder: string): Plugin {
  const endings = ['', '.ts', '.tsx', '.js', '/index.ts'];
  return {
    name: 'own-modules',
    setup(compiler) {
      compiler.onResolve({ filter: /^\.{0,2}\// }, async ({ path, resolveDir }) => {
        for (const ending of endings) {
          const target = join(resolveDir, path + ending);
          const real = await realpath(target).catch(() => undefined);
          if (real === undefined || !/\.(tsx?|js|json)$/.test(real)) continue;
          if (/\p{Cc}/u.test(real))
            return { errors: [{ text: `"${path}" has a control character` }] };
          const inside = relative(await realpath(folder), real);
          if (inside.startsWith('..') || inside.startsWith(sep)) {
            return { errors: [{ text: `"${path}" lies outside of the kata's folder` }] };
          }
          return { path: target };
        }
        return { errors: [{ text: `No file "${path}" in the kata's folder` }] };
      });
      // A package.json of the kata's folder could map these to anything; the suites' own kit is not for katas.
      compiler.onResolve({ filter: /^#/ }, ({ path }) => ({ path, external: true }));
      compiler.onLoad({ filter: /./, namespace: 'file' }, async ({ path }) => {
        try {
          return { contents: await readCode(path), loader: loaderOf(path) };
        } catch (error) {
          return { errors: [{ text: error instanceof Error ? error.message : String(error) }] };
        }
      });
    },
  };
}

/** What katas get when they import vitest: it lets them assert, and leaves the tests to the suites. */
const VITEST_FOR_KATAS = 'export { expect, vi } from "vitest";';

/** Answers imports of vitest with the part of it that is for katas. */
export function vitestForKatas(): Plugin {
  const namespace = 'vitest-for-katas';
  return {
    name: namespace,
    setup(compiler) {
      compiler.onResolve(
        { filter: /^(@?vitest|vite)(\/|$)/ },
        ({ path, importer, namespace: from }) => {
          if (path !== 'vitest') return { errors: [{ text: `A kata may not import "${path}"` }] };
          return from === namespace || importer === namespace
            ? { path, external: true }
            : { path, namespace };
        },
      );
      compiler.onLoad({ filter: /./, namespace }, () => ({ contents: VITEST_FOR_KATAS }));
    },
  };
}
