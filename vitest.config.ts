import { defineConfig } from 'vitest/config';
import { lowerTypeScript } from './runner/grade/lower.ts';

// The workspace is listed for the editor's vitest plug-in: `npm test` names the folders it runs.
export default defineConfig({
  plugins: [lowerTypeScript()],
  oxc: false,
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'solutions/**/*.test.ts', 'workspace/**/*.test.ts'],
    allowOnly: false,
  },
});
