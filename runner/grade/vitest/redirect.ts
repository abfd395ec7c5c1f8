import { dirname, extname, join } from 'node:path';
import type { Plugin } from 'vitest/config';
import { compileKata, KataError, readKata, type CompiledModule } from '../compile.ts';
import type { GradeRequest } from './protocol.ts';

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
  readonly #contracts = new Map<string, Promise<CompiledModule>>();
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
   * @throws KataError when one of its files is missing, does not compile, or lacks an export of the starter.
   */
  async begin({
    files,
    contract,
    folder,
  }: Pick<GradeRequest, 'files' | 'contract' | 'folder'>): Promise<void> {
    this.#files = files;
    this.#folder = folder;
    this.#grading += 1;
    this.#compiled.clear();
    for (const [name, path] of Object.entries(files)) {
      if (!CODE.has(extname(path))) await readKata(path);
      else this.#hold(name, path, await this.#compile(path), await this.#exportsOf(contract[name]));
    }
  }

  #hold(
    name: string,
    path: string,
    { exports }: CompiledModule,
    required: readonly string[],
  ): void {
    const missing = required.filter((binding) => !exports.includes(binding));
    if (missing.length === 0) return;
    const message = `${name} does not export ${missing.map((binding) => `"${binding}"`).join(', ')}, which its starter does.`;
    throw new KataError({ name: 'MissingExport', message, frames: [{ path, line: 1, column: 1 }] });
  }

  /** The starters never change while we run, so each is compiled once. */
  async #exportsOf(path: string | undefined): Promise<readonly string[]> {
    if (path === undefined) return [];
    const known = this.#contracts.get(path) ?? compileKata(path, dirname(path));
    this.#contracts.set(path, known);
    return (await known).exports;
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
