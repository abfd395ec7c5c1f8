import { dirname, join } from 'node:path';
import ts from 'typescript';

/** One complaint of the compiler, in a file that was handed to {@link typecheck}. */
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
  lib: ['lib.esnext.d.ts'],
  types: [],
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  allowImportingTsExtensions: true,
};

const root = '/kata';
const libraryFolder = dirname(ts.getDefaultLibFilePath(options));
const libraryFiles = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks source texts with the TypeScript compiler under its strictest flags, without touching
 * the disk but for the language's own library.
 *
 * @param files file name -> source text; they import one another as `./name`.
 * @returns every error in these files, in order of file and line; empty when all of them compile.
 */
export function typecheck(files: Readonly<Record<string, string>>): TypeProblem[] {
  const sources = new Map(
    Object.entries(files).map(([name, text]) => [
      join(root, name),
      ts.createSourceFile(join(root, name), text, ts.ScriptTarget.ESNext, true),
    ]),
  );
  const host: ts.CompilerHost = {
    getSourceFile: (path) => sources.get(path) ?? librarySource(path),
    getDefaultLibFileName: () => join(libraryFolder, 'lib.esnext.d.ts'),
    getDefaultLibLocation: () => libraryFolder,
    getCurrentDirectory: () => root,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (path) => sources.has(path) || isLibrary(path),
    readFile: (path) => sources.get(path)?.text ?? ts.sys.readFile(path),
    directoryExists: (path) => path === root,
    writeFile: () => undefined,
  };
  const program = ts.createProgram({ rootNames: [...sources.keys()], options, host });
  return [...sources.values()].flatMap((source) =>
    [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (diagnostic) => ({
        file: source.fileName.slice(root.length + 1),
        line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1,
        code: diagnostic.code,
        message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
      }),
    ),
  );
}

function isLibrary(path: string): boolean {
  return dirname(path) === libraryFolder;
}

/** The language's library is parsed once a process: it is most of what a check costs. */
function librarySource(path: string): ts.SourceFile | undefined {
  if (!isLibrary(path)) return undefined;
  if (!libraryFiles.has(path)) {
    const text = ts.sys.readFile(path);
    libraryFiles.set(
      path,
      text === undefined
        ? undefined
        : ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true),
    );
  }
  return libraryFiles.get(path);
}
