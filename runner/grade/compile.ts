import { build, stop, type BuildFailure, type BuildResult } from 'esbuild';
import { dirname, join, relative } from 'node:path';
import vm from 'node:vm';
import { KataError, readCode, refuseKata } from './kata-file.ts';
import { loaderOf, ownModules, vitestForKatas } from './kata-imports.ts';
import { ESBUILD_TARGET, ESBUILD_TSCONFIG } from './lower.ts';
import { plainText } from './plain-text.ts';
import type { RawError } from './vitest/protocol.ts';

/** A kata file that is ready to be imported by a suite. */
export interface CompiledModule {
  readonly code: string;
  /** Source map, JSON. */
  readonly map: string;
  /** Names of what it exports at run time. */
  readonly exports: readonly string[];
}

/** Milliseconds; a kata takes some ten. */
const PATIENCE = 4_000;
/** Characters of a message of the compiler. */
const MAX_MESSAGE = 4_000;

/**
 * Compiles a TypeScript kata, with the modules that it imports from its own folder, to one ES module.
 * No configuration of that folder is read; packages stay imports.
 *
 * @param path the kata file.
 * @param folder what relative imports may not leave.
 * @throws KataError on a syntax error, a missing file or an import from outside.
 */
export async function compileKata(path: string, folder: string): Promise<CompiledModule> {
  const bundled = await bundle(path, await readCode(path), folder);
  const text = (ending: string): string =>
    bundled.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  const exports = Object.values(bundled.metafile.outputs).flatMap((output) => output.exports);
  const module = { code: text('kata.js'), map: text('kata.js.map'), exports };
  if (exhaustsParsers(module.code)) throw refuseKata(path, 'is nested too deep');
  return module;
}

type Bundle = BuildResult<{ write: false; metafile: true }>;

async function bundle(path: string, source: string, folder: string): Promise<Bundle> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => limit.reject(refuseKata(path, 'takes too long to compile')),
    PATIENCE,
  );
  const building = build({
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
  try {
    return await Promise.race([building, limit.promise]);
  } catch (error) {
    if (isBuildFailure(error)) throw new KataError(describe(error, path));
    // esbuild's process is busy with this kata still, or has died of it: the next one gets another.
    await stop();
    throw error instanceof KataError ? error : refuseKata(path, 'cannot be compiled');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Whether code is nested so deep that a parser runs out of stack. V8 says so with an error; vite's would
 * take the process with it. Needs node's flag for modules in `vm`, under which the host runs.
 */
function exhaustsParsers(code: string): boolean {
  try {
    if (typeof vm.SourceTextModule === 'function') new vm.SourceTextModule(code);
    return false;
  } catch (error) {
    return error instanceof RangeError;
  }
}

function describe({ errors: [first] }: BuildFailure, path: string): RawError {
  if (!first) return refuseKata(path, 'cannot be compiled').error;
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
