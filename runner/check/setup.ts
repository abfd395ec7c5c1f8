import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import { afterEach, beforeEach, inject } from 'vitest';

// Comes before each suite of a batch. Once a test of a variant has failed, nothing more need be known of it;
// and a real timer that runs out is time that every learner waits.

/** Shorter ones let others have their turn, and wait for nothing. */
const NO_WAIT = 5;

declare global {
  /** The variant that has failed, as `?variant=...` of its suites has it. */
  var backendDojoFailed: string | undefined;
  /** Milliseconds of the timers that ran out during this test. */
  var backendDojoWaits: number[] | undefined;
}
declare module 'vitest' {
  interface ProvidedContext {
    bail: boolean;
  }
  interface TaskMeta {
    waits?: readonly number[];
  }
}

if (!globalThis.backendDojoWaits) {
  const { setTimeout: real } = globalThis;
  const { setTimeout: promised } = timersPromises;
  const note = (milliseconds: number): void => {
    if (milliseconds >= NO_WAIT) globalThis.backendDojoWaits?.push(milliseconds);
  };
  const noting = <Args extends unknown[]>(
    callback: (...args: Args) => void,
    milliseconds = 0,
    ...args: Args
  ): NodeJS.Timeout =>
    real(() => {
      note(milliseconds);
      callback(...args);
    }, milliseconds);
  const notingPromised: typeof promised = async (milliseconds, ...rest) => {
    const value = await promised(milliseconds, ...rest);
    note(milliseconds ?? 0);
    return value;
  };
  Object.assign(globalThis, { setTimeout: Object.assign(noting, real) });
  Object.assign(timersPromises, { setTimeout: notingPromised });
  syncBuiltinESMExports();
}

beforeEach(() => {
  globalThis.backendDojoWaits = [];
});
afterEach(({ task }) => {
  const waits = globalThis.backendDojoWaits ?? [];
  if (waits.length > 0) task.meta.waits = waits;
});

if (inject('bail')) {
  beforeEach(({ skip, task }) => skip(globalThis.backendDojoFailed === variantOf(task)));
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') globalThis.backendDojoFailed = variantOf(task);
  });
}

function variantOf({ file }: { readonly file: { readonly filepath: string } }): string {
  return file.filepath.slice(file.filepath.lastIndexOf('?'));
}
