import { enterSandbox, openKernel } from '../apart/learner/sandbox.ts';
import { SYSTEM_CALLS } from '../apart/learner/system-calls.ts';
import { readFileSync, readdirSync } from 'node:fs';

// Runs behind a wall of the operating system, without node's own permissions, and says what it could do there.

const [layer = '', canary = '', parent = ''] = process.argv.slice(2);

const denied = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return false;
  } catch {
    return true;
  }
};

function tryNatively(): Record<string, boolean> {
  const calls = SYSTEM_CALLS[process.arch];
  if (!calls) throw new Error('unknown machine');
  const kernel = openKernel();
  enterSandbox({ files: false, network: false });
  const path = kernel.pointer(Buffer.from(`${canary}\0`));
  const [HERE, INTERNET, STREAM, NOTHING] = [-100, 2, 1, 0];
  const [openat = 0] = calls.open.slice(1);
  return {
    'open files': kernel.call(openat, BigInt.asUintN(64, BigInt(HERE)), path, 0, 0) < 0,
    'open sockets': kernel.call(calls.one.socket, INTERNET, STREAM, 0) < 0,
    'signal other processes': kernel.call(calls.one.kill, Number(parent), NOTHING) < 0,
    'start processes': kernel.call(calls.one.clone, 17, 0, 0, 0, 0) < 0,
  };
}

function tryPlainly(): Record<string, boolean> {
  return {
    'open files': denied(() => readFileSync(canary)),
    'signal other processes': denied(() => process.kill(Number(parent), 0)),
    'see other files': denied(() => readdirSync('/home')) || readdirSync('/').length < 12,
  };
}

process.stdout.write(JSON.stringify(layer === 'kernel' ? tryNatively() : tryPlainly()));
