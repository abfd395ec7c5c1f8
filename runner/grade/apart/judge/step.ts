import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import type { Link } from './link.ts';

/** Turns that two processes may take to come to rest before a suite goes on all the same. */
const TURNS = 200;

/**
 * Lets the event loops of judge and learner turn together: before a timer or an immediate of the suite
 * fires, everything has crossed that could cross without waiting. In one process the microtasks see to
 * that; a suite that lets the loop turn to see what has settled need not know that there are two.
 */
export function keepInStep(link: Link): void {
  const { setImmediate: soon, setTimeout: later } = globalThis;

  const rest = (then: () => void, turns = TURNS): void => {
    if (turns > 0 && link.stirring && link.turn()) soon(rest, then, turns - 1);
    else then();
  };

  const stepped =
    <Rest extends unknown[]>(callback: (...args: Rest) => void) =>
    (...args: Rest): void =>
      rest(() => callback(...args));

  const setImmediate = <Args extends unknown[]>(
    callback: (...args: Args) => void,
    ...args: Args
  ): NodeJS.Immediate => soon(stepped(callback), ...args);
  const setTimeout = <Args extends unknown[]>(
    callback: (...args: Args) => void,
    milliseconds?: number,
    ...args: Args
  ): NodeJS.Timeout => later(stepped(callback), milliseconds, ...args);
  Object.assign(globalThis, { setImmediate, setTimeout });
  Object.assign(timers, { setImmediate, setTimeout });
  Object.assign(timersPromises, {
    setImmediate: <T>(value?: T) => new Promise((resolve) => setImmediate(() => resolve(value))),
    setTimeout: <T>(milliseconds?: number, value?: T) =>
      new Promise((resolve) => setTimeout(() => resolve(value), milliseconds)),
  });
  syncBuiltinESMExports();
}
