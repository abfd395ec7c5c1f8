import { registerHooks } from 'node:module';
import { mapGet, mapSet, natives, startsWith } from './intrinsics.ts';

const { Map, String } = natives;
const sources = new Map<unknown, unknown>();
const SCHEME = 'kata:/';

/** Lets modules be loaded from messages, and nothing else but the parts of Node that a kata may use. */
export function fenceModules(builtins: readonly string[]): void {
  const allowed = new Map<unknown, unknown>();
  for (const name of builtins) mapSet(allowed, `node:${name}`, true);
  registerHooks({
    resolve(specifier) {
      if (mapGet(sources, specifier) !== undefined)
        return { url: specifier, format: 'module', shortCircuit: true };
      const name = startsWith(specifier, 'node:') ? specifier : `node:${specifier}`;
      if (mapGet(allowed, name)) return { url: name, format: 'builtin', shortCircuit: true };
      throw new Error(`A kata of this exercise may not import "${specifier}".`);
    },
    load(url, context, nextLoad) {
      const source = mapGet(sources, url);
      if (source === undefined) return nextLoad(url, context);
      return { format: 'module', source: String(source), shortCircuit: true };
    },
  });
}

/** Loads a module of the kata; its namespace comes wrapped, so that an export called `then` is one like any other. */
export async function loadModule(number: number, code: string): Promise<object> {
  const url = `${SCHEME}${number}/kata.js`;
  const wrapper = `${SCHEME}${number}/wrapper.js`;
  mapSet(sources, url, code);
  mapSet(sources, wrapper, `import * as kata from '${url}'; export { kata };`);
  const { kata } = (await import(wrapper)) as { kata: object };
  return kata;
}
