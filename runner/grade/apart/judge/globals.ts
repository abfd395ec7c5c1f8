import type { vi as Vi } from 'vitest';
import type { Link } from './link.ts';

/** Lets the globals that a suite stubs stand in for those of the learner process as well. */
export function followStubs(link: Link, vi: typeof Vi): void {
  const original = { ...vi };
  const stubbed = new Set<string>();
  const replacements: Partial<typeof Vi> = {
    stubGlobal(name, value) {
      const key = String(name);
      link.setGlobal(key, value);
      stubbed.add(key);
      original.stubGlobal.call(vi, name, value);
      return vi;
    },
    unstubAllGlobals() {
      for (const key of stubbed) link.setGlobal(key, undefined);
      stubbed.clear();
      original.unstubAllGlobals.call(vi);
      return vi;
    },
  };
  Object.assign(vi, replacements);
}
