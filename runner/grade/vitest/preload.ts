import { Worker } from 'node:worker_threads';

// Loaded by a grading process before vitest. The locator thread must stand before learner code runs:
// a main thread in an endless loop starts nothing any more.
const locator = new Worker(new URL('./locator.ts', import.meta.url), { env: {}, execArgv: [] });
locator.unref();
await new Promise((resolve) => locator.once('message', resolve));
