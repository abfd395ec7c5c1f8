import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node';
import { HURRY_FILE } from '../../kit/warm.ts';
import { startLearner } from '../apart/learner-process.ts';
import { confine, WORKER } from './confinement.ts';
import { admit } from './gate.ts';
import { HAS_GROUPS, killGroup } from './group.ts';
import { PROFILE_FILE } from './pipe.ts';
import type { Profile } from './protocol.ts';
import { removeFolder } from './scratch.ts';

/** The processes of one grading. */
export interface Crew {
  /** Runs the suites. */
  readonly child: ChildProcess;
  /** Holds the kata, where that is judged apart. */
  readonly learner?: ChildProcess;
}

interface Spare extends Crew {
  readonly folder: string;
  readonly profile: string;
  readonly trusted: boolean;
  /** Whether it has run the rehearsal, and so has vitest's greeting behind it. */
  rehearsed: boolean;
}

/**
 * Processes that have loaded vitest and have never run learner code, started before they are needed.
 * Each is used for one grading and thrown away, together with its folder.
 */
export class WarmPool {
  readonly #scratch: string;
  readonly #onTaken: (crew: Crew) => void;
  #wanted: Profile = {
    boundary: 'together',
    sandbox: 'none',
    capabilities: [],
    trusted: false,
    imports: [],
    tools: [],
  };
  #spare: Spare | undefined;
  #rehearsing = false;

  /**
   * @param scratch folder in which each process gets one of its own.
   * @param onTaken is told which processes a grading runs in.
   */
  constructor(scratch: string, onTaken: (crew: Crew) => void) {
    this.#scratch = scratch;
    this.#onTaken = onTaken;
  }

  /** Has a process of this profile waiting; one of another profile goes. */
  warm(profile: Profile): void {
    this.#wanted = profile;
    const key = JSON.stringify(profile);
    if (this.#spare?.profile === key) return;
    this.close();
    const { trusted } = profile;
    const spare: Spare = { ...this.#start(profile), profile: key, trusted, rehearsed: false };
    this.#spare = spare;
    spare.child.once('exit', () => {
      if (this.#spare === spare) this.#spare = undefined;
    });
  }

  /**
   * Has the spare go through what a grading goes through, once: the real one finds everything loaded and
   * compiled.
   *
   * @param run has vitest run the rehearsal.
   */
  async rehearse(run: (profile: Profile) => Promise<unknown>): Promise<void> {
    const spare = this.#spare;
    // A trusted process tells what its suites load: nothing may be loaded before.
    if (!spare || spare.rehearsed || spare.trusted) return;
    this.#rehearsing = true;
    try {
      await run(this.#wanted);
      rmSync(join(spare.folder, HURRY_FILE), { force: true });
      spare.rehearsed = true;
    } catch {
      // Nobody knows in what state it is.
      this.close();
    } finally {
      this.#rehearsing = false;
    }
  }

  /** Cuts a rehearsal short: its tools stop after their next step. */
  hurry(): void {
    if (this.#rehearsing && this.#spare) writeFileSync(join(this.#spare.folder, HURRY_FILE), '');
  }

  #start(profile: Profile): Omit<Spare, 'profile' | 'trusted' | 'rehearsed'> {
    const folder = mkdtempSync(join(this.#scratch, 'run-'));
    writeFileSync(join(folder, PROFILE_FILE), JSON.stringify(profile));
    const settings = confine(folder, profile.capabilities, profile.trusted);
    const apart = profile.boundary === 'apart' ? startLearner(folder, profile) : undefined;
    const child = fork(WORKER, [], {
      execPath: settings.execPath,
      execArgv: [...settings.shellArgs, ...settings.execArgv],
      env: { ...settings.env, ...(apart ? { TMPDIR: apart.folder, TEMP: apart.folder } : {}) },
      cwd: folder,
      // The fifth one is LOCATOR_FD; those after it are LEARNER_FDS.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe', ...(apart?.pipes ?? [])],
      serialization: 'advanced',
      detached: HAS_GROUPS,
    });
    apart?.handOver();
    child.once('exit', () => {
      killGroup(child);
      if (apart) killGroup(apart.process);
      removeFolder(folder);
    });
    return { child, folder, ...(apart ? { learner: apart.process } : {}) };
  }

  #take(): AdoptedProcess {
    this.warm(this.#wanted);
    const spare = this.#spare;
    if (spare && this.#rehearsing) return new AdoptedProcess(spare.child, { rehearsal: true });
    const crew = spare ?? this.#start(this.#wanted);
    this.#spare = undefined;
    this.#onTaken(crew);
    return new AdoptedProcess(crew.child, { greeted: spare?.rehearsed ?? false });
  }

  /** Ends the spare. */
  close(): void {
    if (this.#spare) killGroup(this.#spare.child);
    this.#spare = undefined;
  }

  /** What vitest's `pool` option takes. */
  readonly initializer: PoolRunnerInitializer = {
    name: 'warm',
    createPoolWorker: () => this.#take(),
  };
}

interface Adoption {
  /** Whether the process outlives this use. */
  readonly rehearsal?: boolean;
  /** Whether vitest has greeted the process in a rehearsal. */
  readonly greeted?: boolean;
}

/** Lets vitest use a process that was started earlier; it ends the hard way, since nothing of it is kept. */
class AdoptedProcess implements PoolWorker {
  readonly name = 'warm';
  readonly #child: ChildProcess;
  readonly #adoption: Adoption;
  readonly #onMessage = new Set<(message: unknown) => void>();

  constructor(child: ChildProcess, adoption: Adoption) {
    this.#child = child;
    this.#adoption = adoption;
    // A message to a process that has ended fails here; its `exit` tells the story.
    child.on('error', ignore);
    child.on('message', this.#hear);
  }

  readonly #hear = (message: unknown): void => {
    const admitted = admit(message);
    if (admitted !== undefined) this.#tell(admitted);
  };

  readonly on: PoolWorker['on'] = (event, listener) => {
    if (event === 'message') this.#onMessage.add(listener);
    if (event === 'exit') this.#child.on(event, listener);
  };

  readonly off: PoolWorker['off'] = (event, listener) => {
    if (event === 'message') this.#onMessage.delete(listener);
    if (event === 'exit') this.#child.off(event, listener);
  };

  send(message: WorkerRequest): void {
    if (message.type === 'stop') return this.#end();
    if (message.type === 'start' && this.#adoption.greeted) return this.#answer('started');
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** There is no teardown worth waiting for in a process that is thrown away. */
  #end(): void {
    this.#release();
    this.#answer('stopped');
  }

  #release(): void {
    if (!this.#adoption.rehearsal) return killGroup(this.#child);
    this.#child.off('message', this.#hear);
    this.#child.off('error', ignore);
  }

  #answer(type: 'started' | 'stopped'): void {
    this.#tell({ __vitest_worker_response__: true, type });
  }

  #tell(message: unknown): void {
    for (const listener of [...this.#onMessage]) listener(message);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#release();
    return Promise.resolve();
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}

function ignore(): void {
  // Its owner takes what matters from other events.
}
