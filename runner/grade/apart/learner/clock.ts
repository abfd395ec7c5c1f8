import type { Followed, Time } from '../wire.ts';
import { apply, defineProperty, natives } from './intrinsics.ts';

// A suite has one clock, and the kata lives by it: while the suite's timers are fake, or watched, a timer of
// the kata is one of the suite's. Only what time it is, is told beforehand.

const { Symbol } = natives;
const RealDate = natives.Date;
const real = {
  setTimeout,
  setInterval,
  setImmediate,
  clearTimeout,
  clearInterval,
  clearImmediate,
  Date: RealDate,
};
const realNow = performance.now;

/** Functions of the judge. */
export interface Timers {
  /** Has the judge call `fire` by the suite's clock; @returns the timer's number. */
  readonly start: (kind: string, fire: () => void, delay: unknown) => number;
  readonly stop: (timer: number) => void;
}

let time: Time = [0, 0];

/** What time it is for the suite, in milliseconds: of its date, and of its `performance.now`. */
export function setTime(now: Time): void {
  time = now;
}

class SuiteDate extends RealDate {
  constructor(...args: []) {
    if (args.length > 0) super(...args);
    else super(time[0]);
  }
  static override now(): number {
    return time[0];
  }
}

/** Has the named parts of this process's clock follow the suite's, and no others. */
export function followClock(followed: readonly Followed[], timers: Timers): void {
  const globals: Record<string, unknown> = { ...real };
  performance.now = realNow;
  for (let index = 0; index < followed.length; index += 1) {
    const part = followed[index];
    if (part === 'Date') globals.Date = SuiteDate;
    else if (part === 'performance') performance.now = () => time[1];
    else if (part !== undefined) globals[part] = starter(part, timers);
  }
  if (followed.length > 0) {
    globals.clearTimeout = canceller(real.clearTimeout);
    globals.clearInterval = canceller(real.clearInterval);
    globals.clearImmediate = canceller(real.clearImmediate);
  }
  for (const key of Object.keys(globals))
    defineProperty(globalThis, key, { value: globals[key], writable: true, configurable: true });
}

/** A timer of the kata's that is one of the suite's. */
class SuiteTimer {
  readonly #start: () => number;
  readonly #stop: (timer: number) => void;
  #number: number;

  constructor(start: () => number, stop: (timer: number) => void) {
    this.#start = start;
    this.#stop = stop;
    this.#number = start();
  }

  static cancel(timer: object): boolean {
    if (!(#number in timer)) return false;
    timer.close();
    return true;
  }

  close(): void {
    this.#stop(this.#number);
  }
  refresh(): this {
    this.close();
    this.#number = this.#start();
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  [Symbol.toPrimitive](): number {
    return this.#number;
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

function starter(kind: Exclude<Followed, 'Date' | 'performance'>, { start, stop }: Timers) {
  return (run: (...args: unknown[]) => void, ...rest: unknown[]): SuiteTimer => {
    if (typeof run !== 'function')
      throw new TypeError('The "callback" argument must be a function.');
    const [delay, ...args] = kind === 'setImmediate' ? [undefined, ...rest] : rest;
    const timer = (): void => void apply(run, undefined, args);
    return new SuiteTimer(() => start(kind, timer, delay), stop);
  };
}

function canceller(cancel: (timer: never) => void) {
  return (timer: unknown): void => {
    if (typeof timer === 'object' && timer !== null && SuiteTimer.cancel(timer)) return;
    cancel(timer as never);
  };
}
