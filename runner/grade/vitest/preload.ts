import { readFileSync, rmSync, writeSync } from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { becomeJudge } from '../apart/judge/judge.ts';
import { keep, onAsked } from '../../kit/warm.ts';
import { LOCATOR_FD, PROFILE_FILE } from './pipe.ts';
import type { Profile } from './protocol.ts';

// Loaded by a grading process before vitest, while nobody waits for it.

const folder = process.cwd();
// Written by the pool beside this process: nothing from outside.
const profile = JSON.parse(readFileSync(join(folder, PROFILE_FILE), 'utf8')) as Profile;
rmSync(join(folder, PROFILE_FILE));

if (profile.trusted) listen();
await Promise.all([
  profile.boundary === 'apart' ? becomeJudge() : startLocator(),
  ...profile.imports.map((url) => import(url).catch(() => undefined)),
]);
for (const { tool, input } of profile.tools) await prepareTool(tool, input);
confine();

/** The locator thread must stand before learner code runs: a thread in an endless loop starts nothing. */
async function startLocator(): Promise<void> {
  const locator = new Worker(new URL('./locator.ts', import.meta.url), { env: {}, execArgv: [] });
  locator.unref();
  await new Promise((resolve) => locator.once('message', resolve));
}

/** Tells the host what the suites of a reference solution load and ask for, so that it can be ready next time. */
function listen(): void {
  const tell = (line: object): void => void writeSync(LOCATOR_FD, `${JSON.stringify(line)}\n`);
  onAsked((tool, input) => tell({ tool, input }));
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = nextResolve(specifier, context);
      // vitest loads the packages of a suite on its behalf.
      const forSuite = /\/(vitest|vite)\/dist\//.test(context.parentURL ?? '');
      const ofVitest = /\/node_modules\/(vitest|vite|@vitest)\//.test(found.url);
      if (forSuite && !ofVitest && found.url.includes('/node_modules/')) tell({ url: found.url });
      return found;
    },
  });
}

async function prepareTool(tool: string, input: string): Promise<void> {
  try {
    const kit = (await import(new URL(`../../kit/${tool}.ts`, import.meta.url).href)) as {
      prepare(input: string): Promise<unknown>;
    };
    keep(tool, input, await kit.prepare(input));
  } catch {
    // Not ready is slow, not wrong: the suite prepares it by itself, and reports what is amiss.
  }
}

/** Gives up what only this file needed, and what the permission model is silent about. */
function confine(): void {
  process.permission.drop('inspector');
  if (!profile.capabilities.includes('worker-threads')) process.permission.drop('worker');
  // By signals a kata could end the grader, or everything that its user runs.
  take('kill', '_kill', '_debugProcess', '_debugEnd', 'dlopen', 'execve', 'binding');
  // vitest has bound its own when it begins to listen for what it is to run.
  process.on('newListener', function onListener(event) {
    if (event !== 'message') return;
    process.off('newListener', onListener);
    take('send', 'disconnect');
  });
}

/** Replaces functions of `process` by ones that refuse, for whoever asks for them from now on. */
function take(...names: string[]): void {
  for (const name of names.filter((known) => known in process)) {
    const value = (): never => {
      throw new Error(`process.${name} is not available to a kata.`);
    };
    Object.defineProperty(process, name, { value });
  }
  // Else \`import { kill } from 'node:process'\` would still find the one that was there first.
  syncBuiltinESMExports();
}
