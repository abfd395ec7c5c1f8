import { spawn } from 'node:child_process';

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
