import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLONE } from '../../runner/location.ts';
import { svgOf } from './svg.ts';

// `npm run picture`: makes docs/watch.svg from a real run, so that the README never shows what is not so.

const home = mkdtempSync(join(tmpdir(), 'dojo-picture-'));
for (const folder of ['exercises', 'solutions', 'tracks', 'tsconfig.json']) {
  cpSync(join(CLONE, folder), join(home, folder), { recursive: true });
}
symlinkSync(join(CLONE, 'node_modules'), join(home, 'node_modules'), 'junction');
symlinkSync(join(CLONE, 'runner'), join(home, 'runner'), 'junction');

const terminal = new xterm.Terminal({ cols: 100, rows: 34, allowProposedApi: true });
const dojo = spawn(
  process.execPath,
  [join(CLONE, 'runner/main.mjs'), 'watch', '--track', 'middle-in-24-weeks'],
  {
    cols: terminal.cols,
    rows: terminal.rows,
    cwd: home,
    env: { ...process.env, DOJO_HOME: home, TERM: 'xterm-256color', FORCE_COLOR: '1', CI: '' },
  },
);
dojo.onData((data) => terminal.write(data));

function screen(): string {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) =>
    active.getLine(row)?.translateToString(true),
  ).join('\n');
}

async function until(text: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; !screen().includes(text);) {
    if (Date.now() > deadline) throw new Error(`"${text}" did not appear:\n${screen()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Puts a solution of the project in the place of the learner's kata. */
function solve(id: string, file = 'kata.ts'): void {
  writeFileSync(
    join(home, 'workspace', id, 'kata.ts'),
    readFileSync(join(CLONE, 'solutions', id, file)),
  );
}

await until('greets the orders service');
solve('getting-started/first-kata');
await until('Press n');
dojo.write('n');
await until('Phase finished');
dojo.write('\r');
await until('Function and method decorators');
await until('tests pass');
solve('language-core/function-decorators', 'mistakes/rejected-promise-stays.ts');
await until('1. Time a function');
await until('✔ 1.');
writeFileSync(join(CLONE, 'docs/watch.svg'), svgOf(terminal));
process.stdout.write(`${screen()}\n`);
dojo.kill();
rmSync(home, { recursive: true, force: true });
