import { defineConfig } from 'vitest/config';
import { lowerTypeScript } from './runner/grade/lower.ts';

// The workspace is listed for the editor's vitest plug-in: `npm test` names the folders it runs.
export default defineConfig({
  plugins: [lowerTypeScript()],
  oxc: false,
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'solutions/**/*.test.ts', 'workspace/**/*.test.ts'],
    allowOnly: false,
    // Real processes on a slow machine; what hangs is cut by the grader's own limits.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
