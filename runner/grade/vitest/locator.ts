import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { LOCATOR_FD } from './pipe.ts';

// A thread beside the learner's code: asked over its own pipe, it looks through the inspector where the
// main thread is, even when that thread never returns to its event loop.

const main = new Session();
main.connectToMainThread();
const host = new Socket({ fd: LOCATOR_FD });
const urls = new Map<string, string>();

main.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
main.on('Debugger.paused', ({ params }) => {
  const frames = params.callFrames.map(({ url, location }) => ({
    path: url || (urls.get(location.scriptId) ?? ''),
    line: location.lineNumber + 1,
    column: (location.columnNumber ?? 0) + 1,
  }));
  host.write(`${JSON.stringify({ frames })}\n`);
  main.post('Debugger.resume');
});
host.on('data', () => {
  main.post('Debugger.enable');
  main.post('Debugger.pause');
});
host.on('error', () => undefined);
// Nobody waits for the verdict any more: code that never ends would outlive the host.
host.on('close', () => process.kill(process.pid, 'SIGKILL'));
parentPort?.postMessage('ready');
