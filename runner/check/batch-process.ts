import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { PoolWorker, WorkerRequest } from 'vitest/node';
import { WORKER } from '../grade/vitest/confinement.ts';

/**
 * A process in which vitest runs our own code, one variant after the other. A mutant may do what its
 * original never would: it writes into a folder of its own only, and starts nothing.
 */
export class BatchProcess implements PoolWorker {
  readonly name = 'batch';
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-check-')));
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(WORKER, [], {
      execArgv: [
        '--permission',
        '--allow-fs-read=*',
        `--allow-fs-write=${this.#folder}${sep}`,
        '--allow-worker',
        '--allow-net',
        '--no-warnings',
      ],
      env: {
        TMPDIR: this.#folder,
        TEMP: this.#folder,
        TEST: 'true',
        VITEST: 'true',
        VITEST_MODE: 'RUN',
        NODE_ENV: 'test',
        NO_COLOR: '1',
      },
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#child.on('error', () => undefined);
    this.#child.once('exit', () => rmSync(this.#folder, { recursive: true, force: true }));
  }

  readonly on: PoolWorker['on'] = (event, listener) => void this.#child.on(event, listener);
  readonly off: PoolWorker['off'] = (event, listener) => void this.#child.off(event, listener);

  send(message: WorkerRequest): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.kill();
    return Promise.resolve();
  }

  /** Ends it in the middle of whatever it does. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}
