import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { startInterpreter } from './interpreter.ts';

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
const { grade } = python.pyimport('judge') as {
  readonly grade: (request: string, emit: (kind: string, data: string) => void) => void;
};

port.on('message', (request: string) => {
  try {
    grade(request, (kind, data) => {
      // How it ended is for us to say: who gets hold of this function cannot cut a grading short.
      if (!REPORTED.has(kind)) throw new Error(`No kind of report: ${kind}`);
      port.postMessage({ kind, data: JSON.parse(data) as unknown });
    });
    port.postMessage({ kind: 'done' });
  } catch (error) {
    const status = z.object({ status: z.int() }).safeParse(error).data?.status ?? null;
    port.postMessage({ kind: 'died', data: { code: status, message: String(error) } });
  }
});
port.postMessage({ kind: 'ready' });
