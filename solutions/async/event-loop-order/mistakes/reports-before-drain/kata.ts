/*
 * A rejection is reported as soon as its callback has ended, before ticks and microtasks have run. Code that attaches
 * its handler one `await` later is then blamed, and under Node's default setting the process would die.
 */
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

interface WaitingTimer {
  readonly deadline: number;
  readonly callback: Callback;
  referenced: boolean;
}

/** The phases of Node's event loop, with a clock that moves only when there is nothing else to do. */
export class MiniLoop {
  readonly #onUnhandled: (reason: unknown) => void;
  readonly #drainLimit: number;
  #now = 0;
  /** In the order in which they fire. */
  #timers: WaitingTimer[] = [];
  #immediates: Callback[] = [];
  readonly #ticks: Callback[] = [];
  readonly #microtasks: Callback[] = [];
  readonly #unhandled = new Set<{ readonly reason: unknown }>();

  constructor({ onUnhandled = () => undefined, drainLimit = 1000 }: LoopOptions = {}) {
    this.#onUnhandled = onUnhandled;
    this.#drainLimit = drainLimit;
  }

  /** Virtual milliseconds since the loop was made. */
  now(): number {
    return this.#now;
  }

  /** Moves the clock by `ms`, as a callback does that computes for so long. */
  block(ms: number): void {
    this.#now += ms;
  }

  /** Calls `callback` in the timer phase, when `ms` have passed. Less than 1 counts as 1. */
  setTimeout(callback: Callback, ms: number): Timer {
    const timer = { deadline: this.#now + Math.max(ms, 1), callback, referenced: true };
    const place = this.#timers.findLastIndex((other) => other.deadline <= timer.deadline) + 1;
    this.#timers.splice(place, 0, timer);
    return { unref: () => void (timer.referenced = false) };
  }

  /** Calls `callback` in the next immediate phase. */
  setImmediate(callback: Callback): void {
    this.#immediates.push(callback);
  }

  /** Calls `callback` in the next drain, before the microtasks. */
  nextTick(callback: Callback): void {
    this.#ticks.push(callback);
  }

  /** Calls `callback` in the next drain, after the ticks. */
  queueMicrotask(callback: Callback): void {
    this.#microtasks.push(callback);
  }

  /** Makes a rejected promise. */
  reject(reason: unknown): Rejection {
    const rejection = { reason };
    this.#unhandled.add(rejection);
    return {
      handle: (handler) => {
        this.#unhandled.delete(rejection);
        this.queueMicrotask(() => handler(reason));
      },
    };
  }

  /**
   * Drains the queues, then takes turns until nothing keeps the loop alive.
   *
   * @throws {StarvationError} when a drain needs more than `drainLimit` ticks and microtasks.
   */
  run(): void {
    this.#drain();
    while (this.#immediates.length > 0 || this.#timers.some((timer) => timer.referenced)) {
      if (this.#immediates.length === 0) this.#sleepUntilNextTimer();
      this.#call(this.#takeDueTimers());
      this.#call(this.#immediates.splice(0));
    }
  }

  #sleepUntilNextTimer(): void {
    const [next] = this.#timers;
    if (next) this.#now = Math.max(this.#now, next.deadline);
  }

  #takeDueTimers(): Callback[] {
    const due = this.#timers.findLastIndex((timer) => timer.deadline <= this.#now) + 1;
    return this.#timers.splice(0, due).map((timer) => timer.callback);
  }

  #call(callbacks: readonly Callback[]): void {
    for (const callback of callbacks) {
      callback();
      this.#drain();
    }
  }

  #drain(): void {
    let left = this.#drainLimit;
    const empty = (queue: Callback[]): void => {
      for (const callback of queue) {
        if (left === 0) throw new StarvationError(`More than ${this.#drainLimit} in one drain`);
        left -= 1;
        callback();
      }
      queue.length = 0;
    };
    do {
      const unhandled = [...this.#unhandled];
      this.#unhandled.clear();
      for (const { reason } of unhandled) this.#onUnhandled(reason);
      do {
        empty(this.#ticks);
        empty(this.#microtasks);
      } while (this.#ticks.length > 0);
    } while (this.#unhandled.size > 0);
  }
}
