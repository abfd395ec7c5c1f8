import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Capability } from '../../runner/catalog/model.ts';
import { folderCandidate } from '../../runner/grade/candidate.ts';
import { createGrader, type Grader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { kataProject, type KataProject } from '../support/kata-project.ts';

// Each kata is right, and tries something on the side: it prints what came of it.

let project: KataProject;
let grader: Grader;
let learners = 0;

beforeAll(() => {
  process.env.DOJO_TEST_CANARY = 'canary-in-the-environment';
  project = kataProject();
  grader = createGrader(project.root);
});
afterAll(async () => {
  await grader.close();
  project[Symbol.dispose]();
});

/** Grades a right kata that runs `attempt` while it loads, and answers with the verdict. */
async function tries(attempt: string, capabilities: readonly Capability[] = []): Promise<Verdict> {
  const folder = `workspace/learner-${(learners += 1)}`;
  project.write(
    `${folder}/kata.ts`,
    `async function attempt(): Promise<unknown> { ${attempt} }
     console.log('outcome:', await attempt().then((value) => value ?? 'done', (error) => 'refused ' + (error.code ?? error.message)));
     export const add = (a: number, b: number): number => a + b;`,
  );
  return grader.grade(
    { ...project.exercise, capabilities },
    project.edition,
    folderCandidate(project.edition, join(project.root, folder)),
  );
}

/** What the attempt came to, in the kata's own words. */
async function outcome(attempt: string, capabilities: readonly Capability[] = []): Promise<string> {
  const verdict = await tries(attempt, capabilities);
  return /outcome: (.*)/.exec(verdict.output)?.[1] ?? `${verdict.kind}, no outcome`;
}

test('a kata sees nothing of the environment', async () => {
  const seen = await outcome('return JSON.stringify(process.env);');
  expect(seen).not.toContain('canary');
  expect(seen).not.toContain('"PATH"');
  expect(seen).not.toContain(homedir());
});

test('a kata cannot read outside of its own folder', async () => {
  project.write('secret.txt', 'secret');
  const read = (path: string): string =>
    `const { readFileSync } = await import('node:fs'); return readFileSync(${JSON.stringify(path)}, 'utf8');`;
  expect(await outcome(read(join(project.root, 'secret.txt')))).toContain('ERR_ACCESS_DENIED');
  expect(await outcome(read(join(project.exercise.solutionFolder, 'kata.ts')))).toContain(
    'ERR_ACCESS_DENIED',
  );
  expect(await outcome(read(join(project.exercise.solutionFolder, 'hidden.test.ts')))).toContain(
    'ERR_ACCESS_DENIED',
  );
  expect(await outcome(read('/etc/hostname'))).toContain('ERR_ACCESS_DENIED');
});

test('a kata writes into a temporary folder of its own, and nowhere else', async () => {
  const target = join(project.root, 'written.txt');
  const write = (path: string): string =>
    `const { writeFileSync } = await import('node:fs'); writeFileSync(${path}, 'x'); return 'written';`;
  expect(await outcome(write(JSON.stringify(target)))).toContain('ERR_ACCESS_DENIED');
  expect(existsSync(target)).toBe(false);
  expect(await outcome(write(`(await import('node:os')).tmpdir() + '/mine.txt'`))).toBe('written');
  expect(await outcome(`return (await import('node:fs')).readdirSync('.').join();`)).toBe('');
});

test('a kata starts no process, thread, inspector or database file', async () => {
  expect(await outcome(`(await import('node:child_process')).execSync('true');`)).toContain(
    'ERR_ACCESS_DENIED',
  );
  expect(
    await outcome(`new (await import('node:worker_threads')).Worker('1', { eval: true });`),
  ).toContain('ERR_ACCESS_DENIED');
  expect(await outcome(`(await import('node:inspector')).open(0);`)).toContain('refused');
  expect(await outcome(`await import('node:sqlite');`)).toContain('refused');
  expect(await outcome(`process.dlopen({ exports: {} }, 'x.node');`)).toContain('refused');
});

test('a kata reaches no network, not even its own machine', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const connect = `const { connect } = await import('node:net');
    return await new Promise((resolve, reject) => connect(${port}, '127.0.0.1', () => resolve('connected')).on('error', reject));`;
  expect(await outcome(connect)).toContain('ERR_ACCESS_DENIED');
  expect(await outcome(connect, ['loopback'])).toBe('connected');
  server.close();
});

test('a kata signals nobody', async () => {
  // Signal 0 only asks whether it could be done: no test should find out the hard way.
  expect(await outcome(`process.kill(process.ppid, 0);`)).toContain('refused');
  expect(await outcome(`process.kill(-1, 0);`)).toContain('refused');
  expect(await outcome(`(await import('node:process')).kill(-1, 0);`)).toContain('refused');
});

test('an exercise may allow what its topic needs', async () => {
  const thread = `const { Worker } = await import('node:worker_threads');
    return await new Promise((resolve) => new Worker("require('node:worker_threads').parentPort.postMessage('from a thread')", { eval: true }).on('message', resolve));`;
  expect(await outcome(thread, ['worker-threads'])).toBe('from a thread');
  expect(
    await outcome(
      `return new (await import('node:sqlite')).DatabaseSync(':memory:').prepare('select 7 as n').get().n;`,
      ['sqlite'],
    ),
  ).toBe('7');
});

test('what a kata may start does not outlive its grading', async () => {
  const pid = await outcome(
    `return (await import('node:child_process')).spawn('sleep', ['60']).pid;`,
    ['child-processes'],
  );
  expect(Number(pid)).toBeGreaterThan(0);
  // Empty when it is gone, Z when nobody has taken note of its end yet.
  const state = (): string =>
    spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim();
  await vi.waitFor(() => expect(state()).toMatch(/^(Z.*)?$/));
});

test('output without end is stopped and named', async () => {
  const verdict = await tries(
    `const { writeSync } = await import('node:fs'); for (;;) try { writeSync(1, 'x'.repeat(65_536)); } catch {}`,
  );
  expect(verdict).toMatchObject({ kind: 'crashed', reason: 'output' });
  expect(verdict.output.length).toBeLessThanOrEqual(64 * 1024);
  expect(verdict.outputDropped).toBeGreaterThan(0);
});
