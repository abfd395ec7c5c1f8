import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import type { Link } from './link.ts';

// The event loops of judge and learner turn together: before a timer or an immediate of the suite fires,
// everything has crossed that could cross without waiting. In one process the microtasks see to that; a
// suite that lets the loop turn to see what has settled need not know that there are two.

/** Turns that two processes may take to come to rest before a suite goes on all the same. */
const TURNS = 200;

const { setImmediate: soon, setTimeout: later } = globalThis;

function rest(link: Link, then: () => void, turns = TURNS): void {
  if (turns > 0 && link.stirring && link.turn()) soon(rest, link, then, turns - 1);
  else then();
}

/** To be called before vitest is loaded: its fake timers wait by the immediates that they find then. */
export function keepImmediatesInStep(link: Link): void {
  const setImmediate = <Args extends unknown[]>(
    callback: (...args: Args) => void,
    ...args: Args
  ): NodeJS.Immediate => soon(() => rest(link, () => callback(...args)));
  Object.assign(globalThis, { setImmediate });
  Object.assign(timers, { setImmediate });
  Object.assign(timersPromises, {
    setImmediate: <T>(value?: T) => new Promise((resolve) => setImmediate(() => resolve(value))),
  });
  syncBuiltinESMExports();
}

/** To be called after vitest is loaded: the limits that it sets to tests are no affair of the learner's. */
export function keepTimeoutsInStep(link: Link): void {
  const setTimeout = <Args extends unknown[]>(
    callback: (...args: Args) => void,
    milliseconds?: number,
    ...args: Args
  ): NodeJS.Timeout => later(() => rest(link, () => callback(...args)), milliseconds);
  Object.assign(globalThis, { setTimeout });
  Object.assign(timers, { setTimeout });
  Object.assign(timersPromises, {
    setTimeout: <T>(milliseconds?: number, value?: T) =>
      new Promise((resolve) => setTimeout(() => resolve(value), milliseconds)),
  });
  syncBuiltinESMExports();
}
