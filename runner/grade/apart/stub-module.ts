import type { CompiledModule } from '../compile.ts';
import type { Arguments } from './judge/link.ts';

/**
 * What a suite gets in place of the kata where that is judged apart: the same exports, as stubs. The code
 * of the kata stands in it as text, for the learner process; nothing here evaluates it.
 *
 * @param path the kata file.
 */
export function stubModule(path: string, kata: CompiledModule, mode: Arguments): string {
  const { code, map, exports } = kata;
  const module = JSON.stringify({ path, code, map, arguments: mode });
  const bindings = exports.map((name, index) => {
    const text = JSON.stringify(name);
    return `const export${index} = kata[${text}]; export { export${index} as ${text} };`;
  });
  return [
    "import { afterAll, afterEach, vi } from 'vitest';",
    `const kata = globalThis.backendDojoJudge.load(${module}, { afterAll, afterEach, vi });`,
    ...bindings,
  ].join('\n');
}
