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
    env: { ...cleanEnvironment(), NO_COLOR: '1', ...env },
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

/** This process's environment, but for what would tell a program that it is tested, or on a CI machine. */
export function cleanEnvironment(): Record<string, string | undefined> {
  const told = /^(VITEST|TEST$|NODE_ENV|CI$|NO_COLOR|FORCE_COLOR|VISUAL|EDITOR|TERM_PROGRAM)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !told.test(name)));
}

const execute = promisify(execFile);

/**
 * Ids of the processes that descend from `pid`, children first, and of those among `known` that are
 * still there.
 */
export async function descendants(pid: number, known: readonly number[] = []): Promise<number[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  const living = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([id, parent]) => ({ id: Number(id), parent: Number(parent) }));
  const family = [pid];
  for (const member of family) {
    family.push(...living.filter(({ parent }) => parent === member).map(({ id }) => id));
  }
  const left = known.filter((id) => living.some((each) => each.id === id));
  return [...new Set([...family.slice(1), ...left])];
}
