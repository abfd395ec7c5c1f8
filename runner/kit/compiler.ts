import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

declare module 'typescript' {
  // What the compiler uses itself; its declarations leave it out.
  interface Program {
    getResolvedModule: (file: SourceFile, name: string, mode: ResolutionMode) => unknown;
  }
  function bindSourceFile(file: SourceFile, options: CompilerOptions): void;
}

/** File name -> source text. */
export type Files = Readonly<Record<string, string>>;

/** One complaint of the compiler, in a file that was handed to it. */
export interface TypeProblem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** The number that TypeScript documents, such as 2322 for "not assignable". */
  readonly code: number;
  readonly message: string;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  /** It is handed in with the files. */
  noLib: true,
  types: [],
  noEmit: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
  verbatimModuleSyntax: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  allowImportingTsExtensions: true,
};

/** What Node offers to every module, as far as katas use it: its real types would double the time of a check. */
const globals = `
declare const console: Record<'log' | 'info' | 'warn' | 'error' | 'debug' | 'table' | 'dir', (...data: unknown[]) => void>;
declare function structuredClone<T>(value: T): T;
declare function queueMicrotask(callback: () => void): void;
declare function setTimeout(callback: () => void, milliseconds?: number): unknown;
declare function setImmediate(callback: () => void): unknown;
declare function clearTimeout(timer: unknown): void;
`;

/** What comments document is of no use here, and takes as long to read as the code. */
const jsDocParsingMode = ts.JSDocParsingMode.ParseNone;

/**
 * The TypeScript compiler under the flags of the repository's `tsconfig.json`, with one checker for all
 * that it is asked: to make one anew for each check, as the compiler's own programs do, takes as long as
 * the check. What is checked is told apart by its folder, so that no check knows of an earlier one.
 */
export class Compiler {
  readonly #library: readonly ts.SourceFile[];
  readonly #program: ts.Program;
  /** What was checked so far, with the program that resolves its imports. */
  readonly #checked = new Map<string, { source: ts.SourceFile; program: ts.Program }>();
  #checks = 0;

  /** @param library the language's, as {@link readLibrary} returns it. */
  constructor(library: readonly ts.SourceFile[]) {
    this.#library = library;
    this.#program = programOf(library);
    Object.assign(this.#program, {
      getSourceFile: (path: string) => this.#checked.get(path)?.source,
      getResolvedModule: (...[file, name, mode]: Parameters<ts.Program['getResolvedModule']>) =>
        this.#checked.get(file.fileName)?.program.getResolvedModule(file, name, mode),
    } satisfies Partial<ts.Program>);
    this.#program.getTypeChecker();
  }

  /**
   * @param files they import one another as `./name`.
   * @returns tells the errors in one of them. The compiler looks into no more than it is asked for.
   */
  check(files: Files): (file: string) => TypeProblem[] {
    const folder = `/${(this.#checks += 1)}/`;
    const program = programOf([], folder, files);
    const checker = program.getSourceFiles().some(reachesOut)
      ? programOf(this.#library, folder, files)
      : this.#takeIn(program);
    return (file) => {
      const source = checker.getSourceFile(folder + file);
      if (!source) return [];
      return [
        ...checker.getSyntacticDiagnostics(source),
        ...checker.getSemanticDiagnostics(source),
      ].map((diagnostic) => ({
        file,
        line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1,
        code: diagnostic.code,
        message: ts
          .flattenDiagnosticMessageText(diagnostic.messageText, '\n')
          .replaceAll(folder, './'),
      }));
    };
  }

  #takeIn(program: ts.Program): ts.Program {
    for (const source of program.getSourceFiles()) {
      ts.bindSourceFile(source, options);
      this.#checked.set(source.fileName, { source, program });
    }
    return this.#program;
  }
}

/** Whether a module declares something for others than those that import it: a checker looks for that once. */
function reachesOut(source: ts.SourceFile): boolean {
  return source.statements.some(ts.isModuleDeclaration);
}

function programOf(library: readonly ts.SourceFile[], folder = '/', files: Files = {}): ts.Program {
  const parsed = new Map(library.map((source) => [source.fileName, source]));
  const texts = new Map(Object.entries(files).map(([name, text]) => [folder + name, text]));
  return ts.createProgram({
    rootNames: [...parsed.keys(), ...texts.keys()],
    options,
    host: {
      getSourceFile: (path, syntax) => {
        const text = texts.get(path);
        return text === undefined ? parsed.get(path) : ts.createSourceFile(path, text, syntax);
      },
      jsDocParsingMode,
      getDefaultLibFileName: () => '',
      getCurrentDirectory: () => folder,
      getCanonicalFileName: (path) => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      fileExists: (path) => texts.has(path),
      readFile: (path) => texts.get(path),
      directoryExists: (path) => path === folder.slice(0, -1),
      writeFile: () => undefined,
    },
  });
}

/**
 * Reads a source text without checking it.
 *
 * @param path tells nothing but the kind of file.
 */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, {
    languageVersion: ts.ScriptTarget.ESNext,
    jsDocParsingMode,
  });
}

/** The language's library: its hundred files as one, and those that are modules, which cannot be part of it. */
export function readLibrary(): ts.SourceFile[] {
  const home = dirname(ts.getDefaultLibFilePath(options));
  const folder = '/library';
  const taken = new Set<string>();
  const scripts: string[] = [];
  const modules: ts.SourceFile[] = [];
  const take = (name: string): void => {
    if (taken.has(name)) return;
    taken.add(name);
    const text = readFileSync(join(home, `lib.${name}.d.ts`), 'utf8');
    for (const [, other = ''] of text.matchAll(/^\/\/\/ <reference lib="(.+)" \/>/gm)) take(other);
    if (/^export /m.test(text)) modules.push(parse(`${folder}/${name}.d.ts`, text));
    else scripts.push(text);
  };
  take('esnext');
  return [parse(`${folder}/index.d.ts`, [...scripts, globals].join('\n')), ...modules];
}
