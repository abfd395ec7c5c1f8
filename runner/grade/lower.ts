import { transform } from 'esbuild';
import type { Plugin } from 'vitest/config';

/** The newest syntax that the pinned Node runs by itself; esbuild lowers what lies above it. */
export const ESBUILD_TARGET = 'node26';

/** Compiler options that katas and suites share; given here so that no tsconfig on disk has a say. */
export const ESBUILD_TSCONFIG = {
  compilerOptions: { jsx: 'react-jsx' as const, verbatimModuleSyntax: true, target: 'ESNext' },
};

/**
 * Compiles TypeScript with esbuild.
 *
 * @param path tells `tsx` from `ts`, and stands in the source map.
 */
export async function lower(code: string, path: string): Promise<{ code: string; map: string }> {
  const { code: lowered, map } = await transform(code, {
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    target: ESBUILD_TARGET,
    format: 'esm',
    keepNames: true,
    sourcemap: true,
    sourcefile: path,
    tsconfigRaw: ESBUILD_TSCONFIG,
  });
  return { code: lowered, map };
}

/**
 * Vite plugin that compiles TypeScript with esbuild instead of vite's own transform, which leaves
 * standard decorators and `accessor` in place although Node cannot run them.
 */
export function lowerTypeScript(): Plugin {
  return {
    name: 'backend-dojo:lower-typescript',
    enforce: 'pre',
    transform: (code, id) => (/\.tsx?$/.test(id) ? lower(code, id) : null),
  };
}
