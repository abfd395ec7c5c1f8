import { describe, expect, it } from 'vitest';
import { MiniLoop } from './kata';
import { predictions } from './predict';

describe('1. Run timers on a virtual clock', () => {
  it('runs timers by deadline and moves the clock to it', () => {
    const loop = new MiniLoop();
    const log: string[] = [];
    loop.setTimeout(() => log.push(`slow at ${loop.now()}`), 50);
    loop.setTimeout(() => log.push(`fast at ${loop.now()}`), 20);
    loop.run();
    expect(log).toEqual(['fast at 20', 'slow at 50']);
  });
});

describe('2. Give each turn an immediate phase', () => {
  it('runs immediates before the clock moves', () => {
    const loop = new MiniLoop();
    const log: string[] = [];
    loop.setTimeout(() => log.push('timer'), 1);
    loop.setImmediate(() => log.push(`immediate at ${loop.now()}`));
    loop.run();
    expect(log).toEqual(['immediate at 0', 'timer']);
  });
});

describe('3. Drain ticks and microtasks after every callback', () => {
  it('drains before the first timer: ticks, then microtasks', () => {
    const loop = new MiniLoop();
    const log: string[] = [];
    loop.setTimeout(() => log.push('timer'), 1);
    loop.queueMicrotask(() => log.push('microtask'));
    loop.nextTick(() => log.push('tick'));
    loop.run();
    expect(log).toEqual(['tick', 'microtask', 'timer']);
  });
});

describe('4. Report rejections that nobody handles', () => {
  it('reports the rejection without a handler only', () => {
    const log: string[] = [];
    const loop = new MiniLoop({ onUnhandled: (reason) => log.push(`unhandled ${String(reason)}`) });
    loop.reject('disk full');
    loop.reject('not found').handle((reason) => log.push(`handled ${String(reason)}`));
    loop.run();
    expect(log).toEqual(['handled not found', 'unhandled disk full']);
  });
});

describe('5. Know when to end, and when to give up', () => {
  it('does not wait for a timer that was unreferenced', () => {
    const loop = new MiniLoop();
    const log: string[] = [];
    loop.setTimeout(() => log.push('heartbeat'), 1000).unref();
    loop.setTimeout(() => log.push('answer'), 5);
    loop.run();
    expect(log).toEqual(['answer']);
    expect(loop.now()).toBe(5);
  });
});

describe('6. Predict the real loop', () => {
  it('names each line of the program queues once', () => {
    expect([...predictions.queues].sort()).toEqual([
      'immediate',
      'main',
      'microtask',
      'tick',
      'timeout',
    ]);
  });
});
