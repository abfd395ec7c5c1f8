import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import ts from 'typescript';
import { z } from 'zod';
import { CLONE } from '../location.ts';

// A thread of its own: the compiler thinks for seconds, and gradings go on meanwhile.

const root = z.string().parse(workerData);
const { config } = ts.readConfigFile(join(CLONE, 'tsconfig.json'), (path) =>
  ts.sys.readFile(path),
) as {
  config: unknown;
};
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, CLONE, { noEmit: true });
const host = ts.createCompilerHost(options);
/** Most of what is read is the same for every exercise. */
const libraries = new Map<string, ts.SourceFile | undefined>();
const readSource = host.getSourceFile.bind(host);
host.getSourceFile = (path, ...rest) => {
  if (!path.includes('/node_modules/')) return readSource(path, ...rest);
  if (!libraries.has(path)) libraries.set(path, readSource(path, ...rest));
  return libraries.get(path);
};
host.getCurrentDirectory = () => root;
let before: ts.Program | undefined;

parentPort?.on('message', (message) => {
  const { id, files } = z.object({ id: z.int(), files: z.array(z.string()) }).parse(message);
  const program = ts.createProgram(files, options, host, before);
  before = program;
  const wanted = new Set(files.map((file) => ts.sys.resolvePath(file)));
  const problems = program.getSourceFiles().flatMap((source) => {
    if (!wanted.has(ts.sys.resolvePath(source.fileName))) return [];
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start = 0, messageText }) => ({
      path: source.fileName,
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    }));
  });
  parentPort?.postMessage({ id, problems });
});
