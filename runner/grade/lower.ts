import { transform } from 'esbuild';
import type { Plugin } from 'vitest/config';

/** The newest syntax that the pinned Node runs by itself; esbuild lowers what lies above it. */
export const ESBUILD_TARGET = 'node26';

/** Compiler options that katas and suites share; given here so that no tsconfig on disk has a say. */
export const ESBUILD_TSCONFIG = {
  compilerOptions: { jsx: 'react-jsx' as const, verbatimModuleSyntax: true, target: 'ESNext' },
};

/**
 * Vite plugin that compiles TypeScript with esbuild instead of vite's own transform, which leaves
 * standard decorators and `accessor` in place although Node cannot run them.
 */
export function lowerTypeScript(): Plugin {
  return {
    name: 'backend-dojo:lower-typescript',
    enforce: 'pre',
    async transform(code, id) {
      if (!/\.tsx?$/.test(id)) return null;
      const result = await transform(code, {
        loader: id.endsWith('x') ? 'tsx' : 'ts',
        target: ESBUILD_TARGET,
        format: 'esm',
        keepNames: true,
        sourcemap: true,
        sourcefile: id,
        tsconfigRaw: ESBUILD_TSCONFIG,
      });
      return { code: result.code, map: result.map };
    },
  };
}
