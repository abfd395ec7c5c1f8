import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { PyCallable } from 'pyodide/ffi';
import { startInterpreter } from './interpreter.ts';
import { switchStacks } from './stacks.ts';

// One interpreter for one grading, in a thread that is ended with it.

const { module, snapshot, interrupt } = z
  .object({
    module: z.instanceof(WebAssembly.Module),
    snapshot: z.instanceof(SharedArrayBuffer),
    interrupt: z.instanceof(SharedArrayBuffer),
  })
  .parse(workerData);

const port = parentPort;
if (!port) throw new Error('worker.ts is no program of its own.');

/** The kinds of report that `judge/grading.py` makes. */
const REPORTED = new Set(['start', 'test', 'load-error', 'stuck', 'unhandled', 'place', 'output']);

const python = await startInterpreter({ module, snapshot: new Uint8Array(snapshot) });
python.setInterruptBuffer(new Uint8Array(interrupt));
const { grade, asks_for_threads } = python.pyimport('judge') as {
  readonly grade: PyCallable;
  readonly asks_for_threads: (request: string) => boolean;
};

port.on('message', (request: string) => {
  const report = (kind: string, data: string): void => {
    // How it ended is for us to say: who gets hold of this function cannot cut a grading short.
    if (!REPORTED.has(kind)) throw new Error(`No kind of report: ${kind}`);
    port.postMessage({ kind, data: JSON.parse(data) as unknown });
  };
  const done = (): void => port.postMessage({ kind: 'done' });
  const died = (error: unknown): void => {
    const status = z.object({ status: z.int() }).safeParse(error).data?.status ?? null;
    port.postMessage({ kind: 'died', data: { code: status, message: String(error) } });
  };
  try {
    if (asks_for_threads(request)) {
      const { start, pause, resume } = switchStacks(died);
      const runSync: unknown = python.pyimport('pyodide.ffi.run_sync');
      grade.callPromising(request, report, start, pause, resume, runSync).then(done, died);
    } else {
      grade(request, report);
      done();
    }
  } catch (error) {
    died(error);
  }
});
port.postMessage({ kind: 'ready' });
