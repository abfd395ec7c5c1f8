import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadPyodide } from 'pyodide';

// A program: prints the mutants of the Python file that it is given, as JSON.

const [, , path = ''] = process.argv;
const python = await loadPyodide({
  indexURL: dirname(createRequire(import.meta.url).resolve('pyodide/package.json')),
});
python.globals.set('source', readFileSync(path, 'utf8'));
const mutants = readFileSync(join(import.meta.dirname, 'mutants.py'), 'utf8');
process.stdout.write(
  String(python.runPython(`${mutants}\nimport json\njson.dumps(mutants(source))`)),
);
