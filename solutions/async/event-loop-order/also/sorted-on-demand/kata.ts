/*
 * Another style: one list of jobs per kind, kept unsorted; a turn picks and sorts what is due, and the drain is
 * a generator that hands out one callback at a time.
 */

export type Callback = () => void;

export interface LoopOptions {
  onUnhandled?: (reason: unknown) => void;
  drainLimit?: number;
}

export interface Timer {
  unref(): void;
}

export interface Rejection {
  handle(handler: (reason: unknown) => void): void;
}

export class StarvationError extends Error {
  constructor(limit: number) {
    super(`A drain went beyond its limit of ${limit}.`);
    this.name = 'StarvationError';
  }
}

class Alarm implements Timer {
  keepsAlive = true;

  constructor(
    readonly due: number,
    readonly ring: Callback,
  ) {}

  unref(): void {
    this.keepsAlive = false;
  }
}

class Failure implements Rejection {
  state: 'new' | 'handled' | 'reported' = 'new';
  readonly #reason: unknown;
  readonly #defer: (callback: Callback) => void;

  constructor(reason: unknown, defer: (callback: Callback) => void) {
    this.#reason = reason;
    this.#defer = defer;
  }

  handle(handler: (reason: unknown) => void): void {
    this.state = 'handled';
    this.#defer(() => handler(this.#reason));
  }

  report(to: (reason: unknown) => void): void {
    if (this.state !== 'new') return;
    this.state = 'reported';
    to(this.#reason);
  }
}

export class MiniLoop {
  #time = 0;
  #alarms = new Set<Alarm>();
  #immediates: Callback[] = [];
  #ticks: Callback[] = [];
  #microtasks: Callback[] = [];
  #failures: Failure[] = [];
  readonly #options: LoopOptions;

  constructor(options: LoopOptions = {}) {
    this.#options = options;
  }

  now(): number {
    return this.#time;
  }

  block(ms: number): void {
    this.#time += ms;
  }

  setTimeout(callback: Callback, ms: number): Timer {
    const alarm = new Alarm(this.#time + (ms < 1 ? 1 : ms), callback);
    this.#alarms.add(alarm);
    return alarm;
  }

  setImmediate(callback: Callback): void {
    this.#immediates.push(callback);
  }

  nextTick(callback: Callback): void {
    this.#ticks.push(callback);
  }

  queueMicrotask(callback: Callback): void {
    this.#microtasks.push(callback);
  }

  reject(reason: unknown): Rejection {
    const failure = new Failure(reason, (callback) => this.queueMicrotask(callback));
    this.#failures.push(failure);
    return failure;
  }

  run(): void {
    this.#perform([() => undefined]);
    while (true) {
      const alarms = [...this.#alarms];
      if (this.#immediates.length === 0) {
        if (!alarms.some((alarm) => alarm.keepsAlive)) return;
        this.#time = Math.max(this.#time, Math.min(...alarms.map((alarm) => alarm.due)));
      }
      const ringing = alarms
        .filter((alarm) => alarm.due <= this.#time)
        .sort((a, b) => a.due - b.due);
      for (const alarm of ringing) this.#alarms.delete(alarm);
      this.#perform(ringing.map((alarm) => alarm.ring));
      const immediates = this.#immediates;
      this.#immediates = [];
      this.#perform(immediates);
    }
  }

  #perform(callbacks: Callback[]): void {
    const limit = this.#options.drainLimit ?? 1000;
    for (const callback of callbacks) {
      callback();
      let ran = 0;
      for (const job of this.#jobs()) {
        ran += 1;
        if (ran > limit) throw new StarvationError(limit);
        job();
      }
    }
  }

  *#jobs(): Generator<Callback, void> {
    while (true) {
      for (let job = this.#ticks.shift(); job; job = this.#ticks.shift()) yield job;
      for (let job = this.#microtasks.shift(); job; job = this.#microtasks.shift()) yield job;
      if (this.#ticks.length > 0) continue;
      const failures = this.#failures.splice(0);
      for (const failure of failures)
        failure.report(this.#options.onUnhandled ?? (() => undefined));
      if (this.#ticks.length + this.#microtasks.length === 0) return;
    }
  }
}
