import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadPyodide } from 'pyodide';

// A program: prints the mutants of the Python file that it is given, as JSON.

const [, , path = ''] = process.argv;
const python = await loadPyodide({
  indexURL: dirname(createRequire(import.meta.url).resolve('pyodide/package.json')),
});
const mutants = readFileSync(join(import.meta.dirname, 'mutants.py'), 'utf8');
// The text of a JSON string is that of a Python string, too.
const source = JSON.stringify(readFileSync(path, 'utf8'));
const listed: unknown = python.runPython(`${mutants}\nimport json\njson.dumps(mutants(${source}))`);
process.stdout.write(String(listed));
