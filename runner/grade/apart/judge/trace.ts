import { SourceMap } from 'node:module';

/** A module of the kata: where its source lies, and how its code maps to it. */
export interface KataModule {
  /** Absolute path of the kata file. */
  readonly path: string;
  /** Source map, JSON. */
  readonly map: string;
}

const FRAMES = 12;
const PLACE = /\bkata:\/(\d{1,4})\/kata\.js:(\d{1,7}):(\d{1,7})/g;

/**
 * Translates the learner's stack traces into places of the kata's source. Of such a text it takes numbers
 * only: whoever reads a stack trace opens the files that it names.
 */
export class Traces {
  readonly #modules: { readonly path: string; readonly map: SourceMap }[] = [];

  /** @returns the number under which the module's code is to be loaded. */
  add({ path, map }: KataModule): number {
    const payload = JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0];
    return this.#modules.push({ path, map: new SourceMap(payload) }) - 1;
  }

  /** @returns lines to put below an error's message. */
  translate(stack: string): string {
    return [...stack.slice(0, 20_000).matchAll(PLACE)]
      .slice(0, FRAMES)
      .map(([, module, line, column]) => this.#place(Number(module), Number(line), Number(column)))
      .join('');
  }

  #place(module: number, line: number, column: number): string {
    const known = this.#modules[module];
    const origin = known?.map.findEntry(line - 1, column - 1);
    if (!known || !origin || !('originalSource' in origin)) return '';
    const at = `${origin.originalLine + 1}:${origin.originalColumn + 1}`;
    return `\n    at ${sourceOf(known.path, origin.originalSource)}:${at}`;
  }
}

/** The bundle's map names its sources relative to the kata's folder. */
function sourceOf(path: string, source: string): string {
  const folder = path.replace(/[^/\\]*$/, '');
  return source.includes('..') ? path : `${folder}${source}`;
}
