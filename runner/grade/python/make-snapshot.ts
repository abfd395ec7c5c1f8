import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskOf, startInterpreter, WASM } from './interpreter.ts';
import { writeSnapshot } from './snapshot-file.ts';

// Run once for each version of runtime and judge: an interpreter that has imported all that gradings need,
// written down as it stands in memory.

const JUDGE = join(import.meta.dirname, 'judge');
const [, , path = ''] = process.argv;

const python = await startInterpreter({ module: await WebAssembly.compile(readFileSync(WASM)) });
const disk = diskOf(python);
disk.mkdirTree('/judge-source/judge');
for (const name of readdirSync(JUDGE).filter((file) => file.endsWith('.py'))) {
  disk.writeFile(`/judge-source/judge/${name}`, readFileSync(join(JUDGE, name)));
}
python.runPython(`
import sys
sys.path.insert(0, '/judge-source')
import judge
sys.path.remove('/judge-source')
`);
writeSnapshot(path, python.makeMemorySnapshot());
process.exit(0);
