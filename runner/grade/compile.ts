import { build, type BuildFailure, type Loader, type Plugin } from 'esbuild';
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { ESBUILD_TARGET, ESBUILD_TSCONFIG } from './lower.ts';
import { plainText } from './plain-text.ts';
import type { RawError } from './vitest/protocol.ts';

const CODE = new Set(['.ts', '.tsx', '.js']);

/** Whether a kata file is code that runs, by its name; others are texts that suites read. */
export function isCode(name: string): boolean {
  return CODE.has(extname(name));
}

/** A kata file that is ready to be imported by a suite. */
export interface CompiledModule {
  readonly code: string;
  /** Source map, JSON. */
  readonly map: string;
  /** Names of what it exports at run time. */
  readonly exports: readonly string[];
}

/** Larger than any kata; a bound for the compiler's memory. */
const MAX_KATA_BYTES = 256 * 1024;
/** Brackets within brackets: far more than anybody writes, far less than what exhausts a parser's stack. */
const MAX_DEPTH = 500;

/** Characters of a message of the compiler. */
const MAX_MESSAGE = 4_000;

/** A kata that cannot be turned into JavaScript; `error` says where and why in the learner's terms. */
export class KataError extends Error {
  readonly error: RawError;

  constructor(error: RawError) {
    super(error.message);
    this.name = 'KataError';
    this.error = error;
  }
}

/**
 * Reads a kata file: a regular file, not a link, of at most 256 KiB.
 *
 * @throws KataError when it is missing or is something else.
 */
export async function readKata(path: string): Promise<string> {
  const refuse = (message: string): KataError =>
    new KataError({ name: 'KataFile', message, frames: [{ path, line: 1, column: 1 }] });
  // O_NONBLOCK: a named pipe in place of the file must not hold the grader up. Neither flag exists on Windows.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    throw refuse(
      error.code === 'ENOENT'
        ? `${basename(path)} is not there.`
        : error.code === 'ELOOP'
          ? `${basename(path)} is a symbolic link. The grader reads regular files only.`
          : `${basename(path)} cannot be read (${error.code ?? error.message}).`,
    );
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw refuse(`${basename(path)} is not a regular file.`);
    if (stat.size > MAX_KATA_BYTES) {
      throw refuse(`${basename(path)} is larger than ${MAX_KATA_BYTES / 1024} KiB.`);
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/**
 * Compiles a TypeScript kata, with the modules that it imports from its own folder, to one ES module.
 * No configuration of that folder is read; packages stay imports.
 *
 * @param path the kata file.
 * @param folder what relative imports may not leave.
 * @throws KataError on a syntax error, a missing file or an import from outside.
 */
export async function compileKata(path: string, folder: string): Promise<CompiledModule> {
  const source = await readCode(path);
  try {
    const result = await build({
      stdin: {
        contents: source,
        sourcefile: path,
        resolveDir: dirname(path),
        loader: loaderOf(path),
      },
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      keepNames: true,
      platform: 'node',
      target: ESBUILD_TARGET,
      packages: 'external',
      sourcemap: 'external',
      outfile: join(dirname(path), 'kata.js'),
      tsconfigRaw: ESBUILD_TSCONFIG,
      // vite would answer it with files from anywhere.
      define: { 'import.meta.glob': 'undefined' },
      logLevel: 'silent',
      plugins: [ownModules(folder), vitestForKatas()],
    });
    const text = (ending: string): string =>
      result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
    const exports = Object.values(result.metafile.outputs).flatMap((output) => output.exports);
    return { code: text('kata.js'), map: text('kata.js.map'), exports };
  } catch (error) {
    throw new KataError(describe(error, path));
  }
}

function loaderOf(path: string): Loader {
  const extension = extname(path).slice(1);
  return extension === 'tsx' || extension === 'js' || extension === 'json' ? extension : 'ts';
}

/** @throws KataError also when its brackets are nested so deep that parsers would die of it. */
async function readCode(path: string): Promise<string> {
  const source = await readKata(path);
  let depth = 0;
  for (const [bracket] of source.matchAll(/[()[\]{}]/g)) {
    depth = '([{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth <= MAX_DEPTH) continue;
    const message = `${basename(path)} nests brackets deeper than ${MAX_DEPTH} levels.`;
    throw new KataError({ name: 'KataFile', message, frames: [{ path, line: 1, column: 1 }] });
  }
  return source;
}

/** Answers relative imports with regular files inside `folder`, and nothing else. */
function ownModules(folder: string): Plugin {
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
      compiler.onLoad({ filter: /./ }, async ({ path }) => {
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
function vitestForKatas(): Plugin {
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

function describe(error: unknown, path: string): RawError {
  const [first] = isBuildFailure(error) ? error.errors : [];
  if (!first) {
    return { name: 'CompileError', message: String(error), frames: [{ path, line: 1, column: 1 }] };
  }
  const { text, location } = first;
  const [, foreign] =
    /^No matching export in "vitest-for-katas:.*" for import "(.*)"/.exec(text) ?? [];
  const file = location?.file.replace(/^own-modules:/, '');
  return {
    name: 'SyntaxError',
    message: foreign
      ? `A kata may use "expect" and "vi" of vitest, but not "${foreign}": the tests are for the suites to write.`
      : plainText(text, MAX_MESSAGE),
    frames: [
      {
        path:
          file && file !== '<stdin>' ? join(process.cwd(), relative(process.cwd(), file)) : path,
        line: location?.line ?? 1,
        column: (location?.column ?? 0) + 1,
      },
    ],
  };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
