import { extname, join } from 'node:path';
import type { Plugin } from 'vitest/config';
import { compileKata, readKata, type CompiledModule } from '../compile.ts';

const CODE = new Set(['.ts', '.tsx', '.js']);
const SUITES = [
  { folder: 'exercises', file: 'examples.test.ts' },
  { folder: 'solutions', file: 'hidden.test.ts' },
];

/** Whether a module id is one that the redirect made: a candidate's code or text. */
export function isKata(id: string): boolean {
  return /\?(kata|raw)&suite=\d+&grading=\d+$/.test(id);
}

/**
 * Vite plugin behind the redirect: a suite says `import { LruCache } from './kata'`, and gets the
 * learner's file, a mistake or the reference, whatever is being graded. Each suite gets an instance
 * of its own, so that what one leaves behind in the kata's module does not reach the other.
 */
export class Redirect {
  readonly #root: string;
  #files: Readonly<Record<string, string>> = {};
  #folder = '';
  #grading = 0;
  readonly #compiled = new Map<string, Promise<CompiledModule>>();

  /** @param root the clone: only suites below its exercises and solutions are redirected. */
  constructor(root: string) {
    this.#root = root;
  }

  readonly plugin: Plugin = {
    name: 'backend-dojo:redirect',
    enforce: 'pre',
    resolveId: (specifier, importer) => this.#resolve(specifier, importer),
    load: (id) => this.#load(id),
  };

  /**
   * Compiles the candidate; from now on its files answer the suites' imports.
   *
   * @param files kata file name -> absolute path of the candidate's file.
   * @param folder what the candidate's own imports may not leave.
   * @throws KataError when one of its files is missing or does not compile.
   */
  async begin(files: Readonly<Record<string, string>>, folder: string): Promise<void> {
    this.#files = files;
    this.#folder = folder;
    this.#grading += 1;
    this.#compiled.clear();
    for (const path of Object.values(files)) {
      await (CODE.has(extname(path)) ? this.#compile(path) : readKata(path));
    }
  }

  #compile(path: string): Promise<CompiledModule> {
    const known = this.#compiled.get(path) ?? compileKata(path, this.#folder);
    this.#compiled.set(path, known);
    return known;
  }

  #resolve(specifier: string, importer: string | undefined): string | null {
    const suite = SUITES.findIndex(
      ({ folder, file }) =>
        importer?.startsWith(join(this.#root, folder)) && importer.endsWith(file),
    );
    if (suite < 0 || !specifier.startsWith('./')) return null;
    const [name = '', query] = specifier.slice(2).split('?');
    const path = [name, `${name}.ts`, `${name}.tsx`]
      .map((file) => this.#files[file])
      .find((file) => file !== undefined);
    if (path === undefined) return null;
    return `${path}?${query === 'raw' ? 'raw' : 'kata'}&suite=${suite}&grading=${this.#grading}`;
  }

  async #load(id: string): Promise<CompiledModule | string | null> {
    const [path = '', query = ''] = id.split('?');
    if (!isKata(id)) return null;
    if (query.startsWith('raw')) return `export default ${JSON.stringify(await readKata(path))};`;
    return this.#compile(path);
  }
}
