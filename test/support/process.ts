import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** What a process left behind. */
export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  kill(signal: NodeJS.Signals): void;
  /** Everything that it has printed so far. */
  output(): string;
  /** Closes our end of its output, as `head` does. */
  stopReading(): void;
}

interface Surroundings {
  readonly cwd: string;
  /** Added to this process's own; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts a node script, without a terminal and with nothing on its standard input. */
export function startNode(
  script: string,
  args: readonly string[],
  { cwd, env = {} }: Surroundings,
): Running {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { ...withoutVitest(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text));
  }
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...printed }));
  });
  return {
    pid: child.pid ?? 0,
    finished,
    kill: (signal) => child.kill(signal),
    output: () => printed.stdout + printed.stderr,
    stopReading: () => child.stdout.destroy(),
  };
}

/** Runs a node script to its end. */
export function runNode(
  script: string,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Finished> {
  return startNode(script, args, surroundings).finished;
}

/** A process of ours must not take itself for a part of the tests, nor colours for granted. */
function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(VITEST|TEST|NODE_ENV)/.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', FORCE_COLOR: undefined };
}

const execute = promisify(execFile);

/** Ids of the processes that descend from `pid`, and of those among `known` that are still there. */
export async function descendants(pid: number, known: readonly number[] = []): Promise<number[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([id, parent]) => ({ id: Number(id), parent: Number(parent) }));
  const family = new Set([pid]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { id, parent } of rows) if (family.has(parent)) family.add(id);
  }
  const left = rows.filter(({ id }) => id !== pid && (family.has(id) || known.includes(id)));
  return left.map(({ id }) => id);
}
