import { writeSync } from 'node:fs';
import type { afterAll, afterEach, vi } from 'vitest';
import { LOCATOR_FD } from '../../vitest/pipe.ts';
import { openChannel } from './channel.ts';
import { Clock } from './clock.ts';
import { followStubs } from './globals.ts';
import { Link, type Arguments } from './link.ts';
import { keepImmediatesInStep, keepTimeoutsInStep } from './step.ts';
import type { KataModule } from './trace.ts';

/** The parts of vitest that a suite's own import of it brings. */
export interface Framework {
  readonly afterAll: typeof afterAll;
  readonly afterEach: typeof afterEach;
  readonly vi: typeof vi;
}

/** What stands in a judge process for all the modules of the kata. */
export interface Judge {
  readonly link: Link;
  /** Answers a suite's import of a kata file: its exports by name. */
  load(
    module: KataModule & { readonly code: string; readonly arguments: Arguments },
    framework: Framework,
  ): Record<string, unknown>;
}

declare global {
  /** A suite's modules are loaded by vitest, this one by node before it: they meet here. */
  var backendDojoJudge: Judge | undefined;
}

/** Makes this process a judge: connects it to the learner process that the host has given it. */
export function becomeJudge(): void {
  const link = new Link(openChannel(), { halt, print, unhandled });
  keepImmediatesInStep(link);
  let attended = false;
  globalThis.backendDojoJudge = {
    link,
    load(module, framework) {
      // Each suite file has hooks of its own.
      framework.afterEach(() => {
        link.rest();
        const [fault] = link.faults.splice(0);
        if (fault !== undefined) throw new Error(fault);
      });
      // What the learner's code leaves behind shall be known by then.
      framework.afterAll(() => void link.turn());
      if (!attended) {
        attended = true;
        keepTimeoutsInStep(link);
        link.follow(new Clock());
        followStubs(link, framework.vi);
      }
      return link.load(module, module.arguments);
    },
  };
}

const forever = new Int32Array(new SharedArrayBuffer(4));

/** Asks the host to end both processes, and waits for that: nothing that comes now shall count. */
function halt(reason: 'timeout' | 'forgery', why: string): never {
  writeSync(LOCATOR_FD, `${JSON.stringify({ halt: reason, why: why.slice(0, 300) })}\n`);
  for (;;) Atomics.wait(forever, 0, 0);
}

/** Prints what the learner's code printed, as vitest's console of the running test. */
function print(text: string): void {
  // eslint-disable-next-line no-console -- vitest attributes it to the running test.
  console.log(text.replace(/\n$/, ''));
}

function unhandled(error: unknown): void {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the learner threw.
  void Promise.reject(error);
}
