/** A function that the loop calls. */
export type Callback = () => void;

/** What {@link MiniLoop} can be told about its surroundings. */
export interface LoopOptions {
  /** Receives the reason of each rejection that has no handler once the queues have drained. */
  onUnhandled?: (reason: unknown) => void;
  /** How many ticks and microtasks, together, may run in one drain. 1,000 unless told. */
  drainLimit?: number;
}

/** A timer that was set. */
export interface Timer {
  /** From now on the loop does not stay alive for this timer. */
  unref(): void;
}

/** A promise that was rejected. */
export interface Rejection {
  /** Attaches a handler: it is called with the reason, as a microtask. */
  handle(handler: (reason: unknown) => void): void;
}

/** Ticks and microtasks keep adding to each other, so that no callback gets its turn anymore. */
export class StarvationError extends Error {
  override readonly name = 'StarvationError';
}

/** The phases of Node's event loop, with a clock that moves only when there is nothing else to do. */
export class MiniLoop {
  constructor(options: LoopOptions = {}) {
    // TODO: Keep the options; everything else the loop needs is up to you.
  }

  /** Virtual milliseconds since the loop was made. */
  now(): number {
    // TODO: Tell the time.
    throw new Error('Not implemented yet');
  }

  /** Moves the clock by `ms`, as a callback does that computes for so long. */
  block(ms: number): void {
    // TODO: Let time pass.
    throw new Error('Not implemented yet');
  }

  /** Calls `callback` in the timer phase, when `ms` have passed. Less than 1 counts as 1. */
  setTimeout(callback: Callback, ms: number): Timer {
    // TODO: Remember the callback and its deadline.
    throw new Error('Not implemented yet');
  }

  /** Calls `callback` in the next immediate phase. */
  setImmediate(callback: Callback): void {
    // TODO: Remember the callback for the next immediate phase.
    throw new Error('Not implemented yet');
  }

  /** Calls `callback` in the next drain, before the microtasks. */
  nextTick(callback: Callback): void {
    // TODO: Put the callback into the tick queue.
    throw new Error('Not implemented yet');
  }

  /** Calls `callback` in the next drain, after the ticks. */
  queueMicrotask(callback: Callback): void {
    // TODO: Put the callback into the microtask queue.
    throw new Error('Not implemented yet');
  }

  /** Makes a rejected promise. */
  reject(reason: unknown): Rejection {
    // TODO: Remember that this rejection has no handler yet.
    throw new Error('Not implemented yet');
  }

  /**
   * Drains the queues, then takes turns until nothing keeps the loop alive.
   *
   * @throws {StarvationError} when a drain needs more than `drainLimit` ticks and microtasks.
   */
  run(): void {
    // TODO: Run what is waiting, in the order that the brief fixes, until nothing is left.
    throw new Error('Not implemented yet');
  }
}
