import type { Plugin } from 'vitest/config';
import { readText } from '../catalog/content.ts';
import type { Candidate } from '../grade/candidate.ts';
import { compileKata } from '../grade/compile.ts';
import { lower } from '../grade/lower.ts';

interface Code {
  readonly code: string;
  readonly map: string;
}

const SUITE = /^(?<path>.*\.test\.ts)\?variant=(?<variant>\d+)$/;
const KATA = /^(?<path>.*)\?variant=(?<variant>\d+)&as=(?<form>code|text)$/;

/** The id of a suite that is to run on a variant. */
export function suiteOf(path: string, variant: number): string {
  return `${path}?variant=${variant}`;
}

/** The number in an id that {@link suiteOf} made. */
export function variantOf(id: string): number | undefined {
  const variant = SUITE.exec(id)?.groups?.['variant'];
  return variant === undefined ? undefined : Number(variant);
}

/** Lets the same suites run on many variants of a kata side by side: each imports its own. */
export class Variants {
  /** Numbers are never used twice, so that nothing which vite remembers answers for a later one. */
  #next = 0;
  readonly #candidates = new Map<number, Candidate>();
  readonly #suites = new Map<string, Promise<Code>>();

  readonly plugin: Plugin = {
    name: 'backend-dojo:variants',
    enforce: 'pre',
    resolveId: (specifier, importer) => this.#resolve(specifier, importer ?? ''),
    load: (id) => this.#load(id),
  };

  /** @returns a number for each candidate, until the next call. */
  take(candidates: readonly Candidate[]): readonly number[] {
    this.#candidates.clear();
    this.#suites.clear();
    return candidates.map((candidate) => {
      const number = (this.#next += 1);
      this.#candidates.set(number, candidate);
      return number;
    });
  }

  #resolve(specifier: string, importer: string): string | null {
    const variant = variantOf(importer);
    const files = variant === undefined ? undefined : this.#candidates.get(variant)?.files;
    if (!files || !specifier.startsWith('./')) return null;
    const [name = '', query] = specifier.slice(2).split('?');
    const path = files.get(name) ?? files.get(`${name}.ts`);
    const form = query === 'raw' ? 'text' : 'code';
    return path === undefined ? null : `${path}?variant=${variant}&as=${form}`;
  }

  async #load(id: string): Promise<Code | string | null> {
    const suite = SUITE.exec(id)?.groups?.['path'];
    if (suite !== undefined) return this.#suite(suite);
    const { path, variant, form } = KATA.exec(id)?.groups ?? {};
    const candidate = this.#candidates.get(Number(variant));
    if (path === undefined || !candidate) return null;
    if (form === 'text') return `export default ${JSON.stringify(await readText(path))};`;
    return compileKata(path, candidate.folder);
  }

  /** The same code for every variant; what it imports is not the same. */
  #suite(path: string): Promise<Code> {
    const known = this.#suites.get(path) ?? readText(path).then((text) => lower(text, path));
    this.#suites.set(path, known);
    return known;
  }
}
