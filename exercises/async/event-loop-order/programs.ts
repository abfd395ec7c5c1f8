/**
 * Small programs for the real event loop of Node. Each is started from the callback of a file read,
 * as a request handler would be, and prints with `log`, one line a call.
 */
export const programs = {
  queues(log: (line: string) => void): void {
    setTimeout(() => log('timeout'), 0);
    setImmediate(() => log('immediate'));
    queueMicrotask(() => log('microtask'));
    process.nextTick(() => log('tick'));
    log('main');
  },

  nested(log: (line: string) => void): void {
    queueMicrotask(() => {
      log('microtask 1');
      process.nextTick(() => log('tick from microtask 1'));
      queueMicrotask(() => log('microtask from microtask 1'));
    });
    process.nextTick(() => {
      log('tick 1');
      process.nextTick(() => log('tick from tick 1'));
    });
    queueMicrotask(() => log('microtask 2'));
  },

  timers(log: (line: string) => void): void {
    setTimeout(() => {
      log('first timeout');
      queueMicrotask(() => log('microtask'));
      process.nextTick(() => log('tick'));
    }, 1);
    setTimeout(() => log('second timeout'), 0);
  },

  immediates(log: (line: string) => void): void {
    setImmediate(() => {
      log('immediate 1');
      setImmediate(() => log('immediate from immediate 1'));
      queueMicrotask(() => log('microtask'));
    });
    setImmediate(() => log('immediate 2'));
  },

  awaiting(log: (line: string) => void): void {
    async function load(): Promise<void> {
      log('load starts');
      await Promise.resolve();
      log('load goes on');
    }
    void load().then(() => log('loaded'));
    queueMicrotask(() => log('microtask'));
    log('main');
  },

  chains(log: (line: string) => void): void {
    const ready = new Promise<void>((resolve) => {
      log('executor');
      resolve();
    });
    void ready.then(() => log('a1')).then(() => log('a2'));
    void ready.then(() => log('b1')).then(() => log('b2'));
    log('main');
  },
};
