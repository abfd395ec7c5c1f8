import { execa, type Message } from 'execa';
import { join } from 'node:path';
import { CLONE } from '../location.ts';

/** Characters of a child's standard error; a talkative one is no reason to end it. */
const ERRORS_KEPT = 4_096;

/** Where node keeps what it has made of our sources: reading them anew takes it half of a start. */
const COMPILED = join(CLONE, 'node_modules/.cache/backend-dojo/compiled');

/** A child process that exchanges messages with us. */
export interface TalkingChild {
  send(message: Message<'json'>): void;
  /** Settles when the process has ended, with what it wrote to its standard error last. */
  readonly ended: Promise<string>;
  /** Ends it and every process that it started. */
  kill(): void;
}

/**
 * Starts a node script whose messages reach `onMessage`.
 *
 * @param script absolute path; TypeScript that node can strip.
 * @param nodeFlags flags of node itself.
 */
export function startTalkingChild(
  script: string,
  args: readonly string[],
  nodeFlags: readonly string[],
  onMessage: (message: unknown) => void,
  /** Its environment; without it, ours. */
  env?: Readonly<Record<string, string>>,
): TalkingChild {
  const child = execa(process.execPath, [...nodeFlags, script, ...args], {
    // One with an environment of its own is confined, and may not write what node would keep.
    ...(env
      ? { env: { ...env }, extendEnv: false }
      : { env: { NODE_COMPILE_CACHE: COMPILED }, extendEnv: true }),
    ipc: true,
    serialization: 'json',
    buffer: { ipc: false, stdout: false, stderr: false },
    stdin: 'ignore',
    stdout: 'ignore',
    reject: false,
    killDescendants: true,
    forceKillAfterDelay: 500,
  });
  void listen(child.getEachMessage(), onMessage);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-ERRORS_KEPT);
  });
  return {
    send: (message) => {
      // A process that has ended takes no message; `ended` tells.
      child.sendMessage(message).catch(() => undefined);
    },
    ended: child.then(() => errors),
    kill: () => child.kill(),
  };
}

async function listen(
  messages: AsyncIterable<unknown>,
  onMessage: (message: unknown) => void,
): Promise<void> {
  for await (const message of messages) onMessage(message);
}

/**
 * Runs a node script to its end.
 *
 * @returns what it wrote to its standard output.
 * @throws Error when it fails, or takes longer than its patience (ten seconds).
 */
export async function runNode(
  script: string,
  nodeFlags: readonly string[],
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
    /** A program that starts node, with its arguments. */
    readonly through?: readonly string[];
    readonly args?: readonly string[];
    /** Milliseconds after which it counts as hung. */
    readonly patience?: number;
    /** Ends it early; that counts as failing. */
    readonly signal?: AbortSignal;
  },
): Promise<string> {
  const { through = [], args = [], patience = 10_000, signal } = options;
  const [program = process.execPath, ...rest] = [
    ...through,
    process.execPath,
    ...nodeFlags,
    script,
  ];
  const { stdout } = await execa(program, [...rest, ...args], {
    env: { ...options.env },
    extendEnv: false,
    cwd: options.cwd,
    stdin: 'ignore',
    timeout: patience,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  return stdout;
}
