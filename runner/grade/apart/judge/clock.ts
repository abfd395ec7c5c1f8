import type { Followed, Time } from '../wire.ts';

type Starter = Exclude<Followed, 'Date' | 'performance'>;
const STOPPERS = {
  setTimeout: 'clearTimeout',
  setInterval: 'clearInterval',
  setImmediate: 'clearImmediate',
} as const;

/**
 * The suite's clock, where that is not the real one: timers that are fake or watched, a date that is set.
 * However a suite brings that about, the globals tell.
 */
export class Clock {
  readonly #real = {
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    setImmediate: globalThis.setImmediate,
    Date: globalThis.Date,
    dateNow: Date.now,
    performanceNow: Reflect.get(performance, 'now') as unknown,
  };
  readonly #timers = new Map<number, [Starter, timer: unknown]>();
  #last = 0;

  /** What is not the real one at the moment. */
  followed(): Followed[] {
    const real = this.#real;
    const found: Followed[] = [];
    if (globalThis.setTimeout !== real.setTimeout) found.push('setTimeout');
    if (globalThis.setInterval !== real.setInterval) found.push('setInterval');
    if (globalThis.setImmediate !== real.setImmediate) found.push('setImmediate');
    if (globalThis.Date !== real.Date || Date.now !== real.dateNow) found.push('Date');
    if (Reflect.get(performance, 'now') !== real.performanceNow) found.push('performance');
    return found;
  }

  now(): Time {
    return [Number(Date.now()), Number(performance.now())];
  }

  /** Starts a timer of the kata's; @returns its number. */
  readonly start = (kind: unknown, fire: unknown, delay: unknown): number => {
    if (!isStarter(kind)) throw new TypeError('no such timer');
    const number = (this.#last += 1);
    const start: unknown = globalThis[kind];
    const args = kind === 'setImmediate' ? [fire] : [fire, delay];
    if (typeof start !== 'function') throw new TypeError(`${kind} is not a function`);
    this.#timers.set(number, [kind, Reflect.apply(start, globalThis, args)]);
    return number;
  };

  readonly stop = (number: unknown): void => {
    const [kind, timer] = this.#timers.get(Number(number)) ?? [];
    if (kind) Reflect.apply(globalThis[STOPPERS[kind]], globalThis, [timer]);
  };
}

function isStarter(kind: unknown): kind is Starter {
  return typeof kind === 'string' && Object.hasOwn(STOPPERS, kind);
}
