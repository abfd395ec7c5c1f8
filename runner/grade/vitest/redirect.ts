import { statSync } from 'node:fs';
import { dirname, isAbsolute, normalize, sep } from 'node:path';
import type { Plugin } from 'vitest/config';
import { stubModule } from '../apart/stub-module.ts';
import { compileKata, type CompiledModule } from '../compile.ts';
import { isCode, KataError, readKata } from '../kata-file.ts';
import { KIT, MODULES } from './confinement.ts';
import type { Boundary, GradeRequest } from './protocol.ts';

/** Whether a module id is one that the redirect made: a candidate's code or text. */
export function isKata(id: string): boolean {
  return /\?(kata|raw)&suite=\d+$/.test(id);
}

function idOf(path: string, kind: 'kata' | 'raw', suite: number): string {
  return `${path}?${kind}&suite=${suite}`;
}

/** As vite writes paths, also on Windows. */
function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Tells one state of a file from another, as far as an author who edits a suite is concerned. */
function versionOf(path: string): readonly unknown[] {
  const { mtimeMs, size } = statSync(path);
  return [path, mtimeMs, size];
}

/**
 * Vite plugin behind the redirect: a suite says `import { LruCache } from './kata'`, and gets the
 * learner's file, a mistake or the reference, whatever is being graded. Each suite gets an instance
 * of its own, so that what one leaves behind in the kata's module does not reach the other.
 */
export class Redirect {
  #suites: readonly string[] = [];
  #files: Readonly<Record<string, string>> = {};
  #folder = '';
  #apart = false;
  #arguments: GradeRequest['arguments'] = 'copied';
  /** What the suites as vite holds them were compiled from. */
  #compiledFrom = '';
  readonly #contracts = new Map<string, Promise<CompiledModule>>();
  readonly #compiled = new Map<string, Promise<CompiledModule>>();
  /** Ids that the suites of this grading were given, with forward slashes -> the candidate's file. */
  readonly #given = new Map<string, string>();

  readonly plugin: Plugin = {
    name: 'backend-dojo:redirect',
    enforce: 'pre',
    resolveId: (specifier, importer) => this.#resolve(specifier, importer),
    load: (id) => this.#load(id),
  };

  /**
   * From now on the candidate's files answer the suites' imports.
   *
   * @returns the files that vite must forget: what it holds of them is of an earlier grading.
   */
  begin(request: GradeRequest): readonly string[] {
    const { suites, files, folder } = request;
    this.#apart = request.profile.boundary === 'apart';
    this.#arguments = request.arguments;
    this.#suites = suites.map(({ path }) => path);
    this.#files = files;
    this.#folder = folder;
    this.#compiled.clear();
    this.#give();
    const from = JSON.stringify([files, request.profile.boundary, this.#suites.map(versionOf)]);
    const known = from === this.#compiledFrom;
    this.#compiledFrom = from;
    return [...Object.values(files), ...(known ? [] : this.#suites)].map(slashed);
  }

  /**
   * Compiles the candidate, which the suites' imports wait for.
   *
   * @throws KataError when one of its files is missing, does not compile, or lacks an export of the starter.
   */
  async compile({ files, contract }: GradeRequest): Promise<void> {
    for (const [name, path] of Object.entries(files)) {
      if (!isCode(path)) await readKata(path);
      else this.#hold(name, path, await this.#compile(path), await this.#exportsOf(contract[name]));
    }
  }

  #give(): void {
    this.#given.clear();
    for (const suite of this.#suites.keys()) {
      for (const path of Object.values(this.#files)) {
        for (const kind of ['kata', 'raw'] as const) {
          this.#given.set(slashed(idOf(path, kind, suite)), path);
        }
      }
    }
  }

  /** Lets vitest load a suite of our own with a kata of our own, both trusted. */
  rehearse(suite: string, kata: string, boundary: Boundary): void {
    this.#apart = boundary === 'apart';
    this.#arguments = 'copied';
    this.#suites = [suite];
    this.#files = { 'kata.ts': kata };
    this.#folder = dirname(kata);
    this.#give();
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
    const suite = this.#suites.indexOf(importer ?? '');
    if (suite < 0 || !specifier.startsWith('./')) return null;
    const [name = '', query] = specifier.slice(2).split('?');
    const path = [name, `${name}.ts`, `${name}.tsx`]
      .map((file) => this.#files[file])
      .find((file) => file !== undefined);
    // Nothing that lies beside a suite may answer in place of the candidate.
    if (path === undefined)
      throw new Error(`The suite imports "${specifier}", which is no kata file.`);
    return idOf(path, query === 'raw' ? 'raw' : 'kata', suite);
  }

  async #load(id: string): Promise<CompiledModule | string | null> {
    const kata = this.#given.get(slashed(id));
    if (kata === undefined) return this.#leaveToVite(id);
    if (id.includes('?raw&')) return `export default ${JSON.stringify(await readKata(kata))};`;
    const compiled = await this.#compile(kata);
    return this.#apart ? stubModule(kata, compiled, this.#arguments) : compiled;
  }

  /**
   * Learner code can have the host load a module of any name, and vite would read whatever file that
   * is. It may do so for the suites, the material of their exercise, and what any suite may import.
   */
  #leaveToVite(id: string): null {
    const [path = ''] = id.split('?');
    const [examples = ''] = this.#suites;
    const open = [KIT, MODULES, dirname(examples)].map((folder) => folder + sep);
    const file = normalize(path);
    if (
      !isAbsolute(path) ||
      this.#suites.includes(id) ||
      open.some((folder) => file.startsWith(folder))
    ) {
      return null;
    }
    throw new Error(`"${path}" is not available here.`);
  }
}
