import { Worker } from 'node:worker_threads';

// Loaded by a grading process before vitest. The locator thread must stand before learner code runs:
// a main thread in an endless loop starts nothing any more.
const locator = new Worker(new URL('./locator.ts', import.meta.url), { env: {}, execArgv: [] });
locator.unref();
await new Promise((resolve) => locator.once('message', resolve));

// What only the locator needed is given up for good.
const granted = (process.env.DOJO_CAPABILITIES ?? '').split(',');
process.permission.drop('inspector');
if (!granted.includes('worker-threads')) process.permission.drop('worker');
delete process.env.DOJO_CAPABILITIES;

// The permission model says nothing about signals: by these a kata could end the grader, or everything
// that its user runs. The listing is what node 26 offers.
const refuse = (): never => {
  throw new Error('This is not available to a kata.');
};
for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd', 'dlopen', 'execve', 'binding']) {
  if (name in process) Object.defineProperty(process, name, { value: refuse });
}
