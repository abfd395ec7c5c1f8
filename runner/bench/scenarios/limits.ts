import { transform } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ESBUILD_TARGET } from '../../grade/lower.ts';
import { learnersShell, NPM } from '../environment.ts';
import { practiceClone, rightKata, type PracticeClone } from '../practice.ts';
import { treeMemory } from '../process-tree.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Finding, type Scenario } from '../scenario.ts';

/** Answers each message with the same message, and says first that it is there. */
const ECHO = `process.on('message', (message) => process.send(message)); process.send('ready');`;

/** What no implementation on Node could do without: the other scenarios are held against it. */
export const limits: Scenario = {
  name: 'limits',
  summary: 'bare processes, esbuild alone, a message, a file event, npm alone',
  async run({ samples }) {
    using clone = await practiceClone();
    const taken = await sampleInTurn(
      {
        process: bareProcess,
        esbuild: (turn) => compile(rightKata(turn)),
        adopted: (turn) => askAdopted(rightKata(turn)),
        event: (turn) => fileEvent(clone, turn),
        npm: () => npmAlone(clone),
      },
      { samples, pause: 50, dropped: 2 },
    );
    return [
      finding(
        { name: 'process', title: 'Limit: `node -e 0`, start to end', unit: 'ms' },
        taken.process,
      ),
      finding(
        { name: 'esbuild', title: 'Limit: esbuild compiles the kata', unit: 'ms' },
        taken.esbuild,
      ),
      finding(
        { name: 'adopted', title: 'Limit: a waiting process answers one message', unit: 'ms' },
        taken.adopted,
      ),
      finding(
        { name: 'file-event', title: 'Limit: file write to file event', unit: 'ms' },
        taken.event,
      ),
      finding(
        { name: 'npm', title: 'Limit: `npm run` of a script that does nothing', unit: 'ms' },
        taken.npm,
      ),
      ...(await idleProcess()),
    ];
  },
};

async function bareProcess(): Promise<number> {
  const start = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - start;
}

async function compile(text: string): Promise<number> {
  const start = performance.now();
  await transform(text, { loader: 'ts', target: ESBUILD_TARGET, format: 'esm', sourcemap: true });
  return performance.now() - start;
}

async function askAdopted(message: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', ECHO], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  await once(child, 'message');
  const start = performance.now();
  child.send(message);
  await once(child, 'message');
  const elapsed = performance.now() - start;
  child.kill('SIGKILL');
  return elapsed;
}

async function fileEvent({ workspace, save }: PracticeClone, turn: number): Promise<number> {
  mkdirSync(workspace, { recursive: true });
  const changes = watch(workspace);
  // A watcher tells also of what happened shortly before it was made.
  await delay(50);
  const start = performance.now();
  const changed = once(changes, 'change');
  save(rightKata(turn));
  await changed;
  const elapsed = performance.now() - start;
  changes.close();
  return elapsed;
}

async function npmAlone({ root }: PracticeClone): Promise<number> {
  const folder = join(root, 'no-op');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    '{ "private": true, "scripts": { "no-op": "exit 0" } }',
  );
  const start = performance.now();
  const npm = spawn(NPM, ['run', 'no-op'], {
    cwd: folder,
    stdio: 'ignore',
    env: learnersShell(root),
    shell: process.platform === 'win32',
  });
  await once(npm, 'exit');
  return performance.now() - start;
}

/** Nothing where memory is not measured. */
async function idleProcess(): Promise<Finding[]> {
  const child = spawn(process.execPath, ['-e', ECHO], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  const memory = treeMemory(child.pid ?? 0).map(({ megabytes }) => megabytes);
  child.kill('SIGKILL');
  if (memory.length === 0) return [];
  return [
    finding({ name: 'idle', title: 'Limit: memory of a bare node process', unit: 'MB' }, memory),
  ];
}
