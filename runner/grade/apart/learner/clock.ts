import type { ClockMove } from '../wire.ts';
import {
  apply,
  chain,
  defineProperty,
  mapDelete,
  mapForEach,
  mapSet,
  natives,
} from './intrinsics.ts';

const { Map, Promise, Symbol } = natives;
const RealDate = natives.Date;
const real = {
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  setImmediate,
  clearImmediate,
};
const realPerformanceNow = performance.now;
/** Timers that one move of the clock may fire. */
const MOST = 100_000;

interface Timer {
  readonly id: number;
  due: number;
  readonly run: (...args: unknown[]) => void;
  readonly args: unknown[];
  readonly every: number | undefined;
}

let time = 0;
let start = 0;
let last = 0;
let installed = false;
const timers = new Map<unknown, unknown>();

/** Moves this process's clock as the suite moves its own. */
export function moveClock(move: ClockMove, milliseconds: number): unknown {
  if (move === 'install') return install(milliseconds);
  if (move === 'uninstall') return uninstall();
  if (!installed) return undefined;
  switch (move) {
    case 'advance':
      return advance(time + milliseconds);
    case 'advance-async':
      return advanceSlowly(time + milliseconds);
    case 'next':
      return fireNext(Infinity);
    case 'all':
      for (let fired = 0; fireNext(Infinity); fired += 1) limit(fired);
      return undefined;
    case 'count': {
      let count = 0;
      mapForEach(timers, () => (count += 1));
      return count;
    }
    case 'set':
      time = milliseconds;
      return undefined;
    default:
      return undefined;
  }
}

function install(now: number): void {
  time = now;
  start = now;
  installed = true;
  const plan =
    (repeated: boolean) =>
    (run: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): object =>
      add(run, delay ?? 0, args, repeated);
  const cancel = (timer: unknown): void => {
    if (timer !== undefined && timer !== null) mapDelete(timers, Number(timer));
  };
  class FakeDate extends RealDate {
    constructor(...args: []) {
      if (args.length > 0) super(...args);
      else super(time);
    }
    static override now(): number {
      return time;
    }
  }
  replace({
    setTimeout: plan(false),
    setInterval: plan(true),
    setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) =>
      add(run, 0, args, false),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
    Date: FakeDate,
  });
  performance.now = () => time - start;
}

function uninstall(): void {
  installed = false;
  replace({ ...real, Date: RealDate });
  performance.now = realPerformanceNow;
}

function replace(globals: Readonly<Record<string, unknown>>): void {
  for (const key of [
    'setTimeout',
    'setInterval',
    'setImmediate',
    'clearTimeout',
    'clearInterval',
    'clearImmediate',
    'Date',
  ])
    defineProperty(globalThis, key, { value: globals[key], writable: true, configurable: true });
}

function add(
  run: (...args: unknown[]) => void,
  delay: number,
  args: unknown[],
  repeated: boolean,
): object {
  last += 1;
  const id = last;
  const wait = delay > 0 ? delay : repeated ? 1 : 0;
  mapSet(timers, id, { id, due: time + wait, run, args, every: repeated ? wait : undefined });
  const timer = {
    ref: () => timer,
    unref: () => timer,
    hasRef: () => true,
    refresh: () => timer,
    [Symbol.toPrimitive]: () => id,
    [Symbol.dispose]: () => void mapDelete(timers, id),
  };
  return timer;
}

function next(before: number): Timer | undefined {
  let first: Timer | undefined;
  mapForEach(timers, (value) => {
    const timer = value as Timer;
    if (timer.due > before) return;
    if (!first || timer.due < first.due || (timer.due === first.due && timer.id < first.id))
      first = timer;
  });
  return first;
}

function fireNext(before: number): boolean {
  const timer = next(before);
  if (!timer) return false;
  if (timer.due > time) time = timer.due;
  if (timer.every === undefined) mapDelete(timers, timer.id);
  else timer.due += timer.every;
  apply(timer.run, undefined, timer.args);
  return true;
}

function advance(end: number): void {
  for (let fired = 0; fireNext(end); fired += 1) limit(fired);
  time = end;
}

function turn(): Promise<unknown> {
  return new Promise((resolve) => real.setImmediate(resolve));
}

async function advanceSlowly(end: number): Promise<void> {
  for (let fired = 0; ; fired += 1) {
    limit(fired);
    await chain(
      turn(),
      () => undefined,
      () => undefined,
    );
    if (!fireNext(end)) break;
  }
  time = end;
  await turn();
}

function limit(fired: number): void {
  if (fired > MOST) throw new Error('The timers never come to an end.');
}
