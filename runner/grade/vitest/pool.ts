import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import {
  distDir,
  type PoolRunnerInitializer,
  type PoolWorker,
  type WorkerRequest,
} from 'vitest/node';

/** How a process that holds learner code is started. */
export interface ProcessSettings {
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * Processes that have loaded vitest and have never run learner code, started before they are needed.
 * Each is used for one grading and thrown away.
 */
export class WarmPool {
  readonly #settings: ProcessSettings;
  readonly #spares = new Set<ChildProcess>();
  readonly #onTaken: (child: ChildProcess) => void;

  /** @param onTaken is told which process a grading runs in. */
  constructor(settings: ProcessSettings, onTaken: (child: ChildProcess) => void) {
    this.#settings = settings;
    this.#onTaken = onTaken;
  }

  /** Starts a spare process unless one is waiting. */
  warm(): void {
    if (this.#spares.size === 0) this.#spares.add(this.#start());
  }

  #start(): ChildProcess {
    const child = fork(join(distDir, 'workers', 'forks.js'), [], {
      execArgv: [...this.#settings.execArgv],
      env: { ...this.#settings.env },
      cwd: this.#settings.cwd,
      // The last one is LOCATOR_FD.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      serialization: 'advanced',
    });
    child.once('exit', () => this.#spares.delete(child));
    return child;
  }

  #take(): ChildProcess {
    const [child = this.#start()] = this.#spares;
    this.#spares.delete(child);
    this.#onTaken(child);
    return child;
  }

  /** Ends the spares. */
  close(): void {
    for (const spare of this.#spares) spare.kill('SIGKILL');
    this.#spares.clear();
  }

  /** What vitest's `pool` option takes. */
  readonly initializer: PoolRunnerInitializer = {
    name: 'warm',
    createPoolWorker: () => new AdoptedProcess(this.#take()),
  };
}

/** Lets vitest use a process that was started earlier; it ends the hard way, since nothing of it is kept. */
class AdoptedProcess implements PoolWorker {
  readonly name = 'warm';
  readonly #child: ChildProcess;
  readonly #onMessage = new Set<(message: unknown) => void>();

  constructor(child: ChildProcess) {
    this.#child = child;
    // A message to a process that has ended fails here; its `exit` tells the story.
    child.on('error', () => undefined);
  }

  readonly on: PoolWorker['on'] = (event, listener) => {
    if (event === 'message') this.#onMessage.add(listener);
    if (event !== 'error') this.#child.on(event, listener);
  };

  readonly off: PoolWorker['off'] = (event, listener) => {
    if (event === 'message') this.#onMessage.delete(listener);
    if (event !== 'error') this.#child.off(event, listener);
  };

  send(message: WorkerRequest): void {
    if (message.type === 'stop') return this.#endNow();
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** There is no teardown worth waiting for in a process that is thrown away. */
  #endNow(): void {
    this.#child.kill('SIGKILL');
    const reply = { __vitest_worker_response__: true, type: 'stopped' };
    for (const listener of [...this.#onMessage]) listener(reply);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    return Promise.resolve();
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}
