import { stat } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { programs } from '../../../exercises/async/event-loop-order/programs';
import { MiniLoop } from './kata';
import { predictions } from './predict';

/** Runs what `main` sets up on a new loop, and tells what was logged. */
function logOf(main: (loop: MiniLoop, log: (line: string) => void) => void): string[] {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const loop = new MiniLoop({ onUnhandled: (reason) => log(`unhandled ${String(reason)}`) });
  main(loop, log);
  loop.run();
  return lines;
}

describe('1. Run timers on a virtual clock', () => {
  it('ends at once when nothing is waiting', () => {
    const loop = new MiniLoop();
    loop.run();
    expect(loop.now()).toBe(0);
  });

  it('calls nothing before run', () => {
    const loop = new MiniLoop();
    const lines: string[] = [];
    loop.setTimeout(() => lines.push('timer'), 1);
    expect(lines).toEqual([]);
    loop.run();
    expect(lines).toEqual(['timer']);
  });

  it('runs timers in the order of their deadlines', () => {
    const lines = logOf((loop, log) => {
      for (const ms of [30, 10, 40, 20]) loop.setTimeout(() => log(`${ms} at ${loop.now()}`), ms);
    });
    expect(lines).toEqual(['10 at 10', '20 at 20', '30 at 30', '40 at 40']);
  });

  it('runs timers with equal deadlines in the order in which they were set', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => log('a: 10'), 10);
      loop.setTimeout(() => loop.setTimeout(() => log('b: 4, then 6'), 6), 4);
      loop.setTimeout(() => log('c: 10'), 10);
      loop.setTimeout(() => log('d: 9'), 9);
      loop.setTimeout(() => log('e: 10'), 10);
    });
    expect(lines).toEqual(['d: 9', 'a: 10', 'c: 10', 'e: 10', 'b: 4, then 6']);
  });

  it('counts a delay below 1 as 1', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => log(`1 at ${loop.now()}`), 1);
      loop.setTimeout(() => log(`0 at ${loop.now()}`), 0);
      loop.setTimeout(() => log(`-5 at ${loop.now()}`), -5);
    });
    expect(lines).toEqual(['1 at 1', '0 at 1', '-5 at 1']);
  });

  it('counts the delay of a timer from the moment at which it is set', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => {
        loop.setTimeout(() => log(`inner at ${loop.now()}`), 5);
        log(`outer at ${loop.now()}`);
      }, 10);
    });
    expect(lines).toEqual(['outer at 10', 'inner at 15']);
  });

  it('moves the clock when a callback blocks', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => {
        loop.block(7);
        log(`blocked until ${loop.now()}`);
        loop.setTimeout(() => log(`inner at ${loop.now()}`), 5);
      }, 10);
    });
    expect(lines).toEqual(['blocked until 17', 'inner at 22']);
  });

  it('runs timers that are overdue by deadline, not in the order in which they were set', () => {
    const lines = logOf((loop, log) => {
      for (const ms of [30, 10, 20]) loop.setTimeout(() => log(`${ms} at ${loop.now()}`), ms);
      loop.block(100);
    });
    expect(lines, 'after 100 ms of blocking').toEqual(['10 at 100', '20 at 100', '30 at 100']);
  });

  it('orders 60 timers with random delays like a stable sort by deadline', () => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const random = randomFrom(seed);
      const timers = Array.from({ length: 60 }, (_, id) => ({
        id,
        ms: 1 + Math.floor(random() * 20),
      }));
      const ran: number[] = [];
      const loop = new MiniLoop();
      for (const { id, ms } of timers) loop.setTimeout(() => ran.push(id), ms);
      loop.run();
      expect(ran, `delays from seed ${seed}: ${timers.map(({ ms }) => ms).join()}`).toEqual(
        timers.toSorted((a, b) => a.ms - b.ms).map(({ id }) => id),
      );
    }
  });
});

describe('2. Give each turn an immediate phase', () => {
  it('runs immediates in the order in which they were added', () => {
    const lines = logOf((loop, log) => {
      for (const name of ['a', 'b', 'c']) loop.setImmediate(() => log(name));
    });
    expect(lines).toEqual(['a', 'b', 'c']);
  });

  it('does not move the clock while immediates are waiting', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => log('timer'), 1);
      loop.setImmediate(() => {
        log(`first at ${loop.now()}`);
        loop.setImmediate(() => log(`second at ${loop.now()}`));
      });
    });
    expect(lines).toEqual(['first at 0', 'second at 0', 'timer']);
  });

  it('runs the timers that are due before the immediates of the turn', () => {
    const lines = logOf((loop, log) => {
      loop.setImmediate(() => log('immediate'));
      loop.setTimeout(() => log('timer'), 5);
      loop.block(5);
    });
    expect(lines, 'the timer is due in the first turn').toEqual(['timer', 'immediate']);
  });

  it('runs an immediate that a timer adds in the same turn, before later timers', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => {
        log('timer 5');
        loop.setImmediate(() => log('immediate'));
      }, 5);
      loop.setTimeout(() => log('timer 6'), 6);
    });
    expect(lines).toEqual(['timer 5', 'immediate', 'timer 6']);
  });

  it('lets a timer that becomes due during the timer phase wait for the next turn', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => {
        log('timer 1');
        loop.setImmediate(() => log('immediate'));
        loop.setTimeout(() => log('timer 3, due at 6'), 1);
        loop.block(50);
      }, 5);
      loop.setTimeout(() => log('timer 2, due at 5'), 5);
    });
    expect(lines, 'timer 1 is due at 5 and blocks until 55').toEqual([
      'timer 1',
      'timer 2, due at 5',
      'immediate',
      'timer 3, due at 6',
    ]);
  });

  it('lets an immediate that is added during the phase wait for the next turn', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => log('timer'), 5);
      loop.setImmediate(() => {
        log('immediate 1');
        loop.setImmediate(() => log('added by immediate 1'));
        loop.block(10);
      });
      loop.setImmediate(() => log('immediate 2'));
    });
    expect(lines, 'the timer is due when the second turn begins').toEqual([
      'immediate 1',
      'immediate 2',
      'timer',
      'added by immediate 1',
    ]);
  });
});

describe('3. Drain ticks and microtasks after every callback', () => {
  it('drains before the first turn, ticks before microtasks', () => {
    const lines = logOf((loop, log) => {
      loop.setImmediate(() => log('immediate'));
      for (const n of [1, 2]) loop.queueMicrotask(() => log(`microtask ${n}`));
      for (const n of [1, 2]) loop.nextTick(() => log(`tick ${n}`));
    });
    expect(lines).toEqual(['tick 1', 'tick 2', 'microtask 1', 'microtask 2', 'immediate']);
  });

  it.each([
    { phase: 'timer', add: (loop: MiniLoop, run: () => void) => void loop.setTimeout(run, 5) },
    { phase: 'immediate', add: (loop: MiniLoop, run: () => void) => loop.setImmediate(run) },
  ])('drains between two callbacks of the $phase phase', ({ phase, add }) => {
    const lines = logOf((loop, log) => {
      for (const n of [1, 2]) {
        add(loop, () => {
          loop.queueMicrotask(() => log(`microtask of ${n}`));
          loop.nextTick(() => log(`tick of ${n}`));
          log(`${phase} ${n}`);
        });
      }
    });
    expect(lines).toEqual([
      `${phase} 1`,
      'tick of 1',
      'microtask of 1',
      `${phase} 2`,
      'tick of 2',
      'microtask of 2',
    ]);
  });

  it('runs microtasks of microtasks before the next timer', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => {
        loop.queueMicrotask(() => {
          log('microtask');
          loop.queueMicrotask(() => {
            log('microtask of microtask');
            loop.queueMicrotask(() => log('and one more'));
          });
        });
      }, 5);
      loop.setTimeout(() => log('timer'), 5);
    });
    expect(lines).toEqual(['microtask', 'microtask of microtask', 'and one more', 'timer']);
  });

  it('runs ticks of ticks before the microtasks', () => {
    const lines = logOf((loop, log) => {
      loop.queueMicrotask(() => log('microtask'));
      loop.nextTick(() => {
        log('tick');
        loop.nextTick(() => log('tick of tick'));
      });
    });
    expect(lines).toEqual(['tick', 'tick of tick', 'microtask']);
  });

  it('empties the microtasks before it runs a tick that one of them has added', () => {
    const lines = logOf((loop, log) => {
      loop.queueMicrotask(() => {
        log('microtask 1');
        loop.nextTick(() => {
          log('tick');
          loop.queueMicrotask(() => log('microtask of tick'));
        });
        loop.queueMicrotask(() => log('microtask of microtask 1'));
      });
      loop.queueMicrotask(() => log('microtask 2'));
      loop.setImmediate(() => log('immediate'));
    });
    expect(lines).toEqual([
      'microtask 1',
      'microtask 2',
      'microtask of microtask 1',
      'tick',
      'microtask of tick',
      'immediate',
    ]);
  });

  it('stays alive for a timer that a microtask sets', () => {
    const lines = logOf((loop, log) => {
      loop.queueMicrotask(() => loop.setTimeout(() => log(`timer at ${loop.now()}`), 3));
    });
    expect(lines).toEqual(['timer at 3']);
  });
});

describe('4. Report rejections that nobody handles', () => {
  it('reports rejections without a handler once, in their order', () => {
    const lines = logOf((loop, log) => {
      loop.reject('a');
      loop.reject('b');
      loop.setTimeout(() => log('timer'), 1);
    });
    expect(lines).toEqual(['unhandled a', 'unhandled b', 'timer']);
  });

  it('passes on the reason itself, whatever it is', () => {
    const reasons: unknown[] = [];
    const loop = new MiniLoop({ onUnhandled: (reason) => reasons.push(reason) });
    loop.reject(undefined);
    loop.reject({ code: 404 });
    loop.reject(undefined);
    loop.run();
    expect(reasons).toEqual([undefined, { code: 404 }, undefined]);
  });

  it('works without onUnhandled', () => {
    const loop = new MiniLoop();
    const reasons: unknown[] = [];
    loop.reject('a');
    loop.reject('b').handle((reason) => reasons.push(reason));
    loop.run();
    expect(reasons).toEqual(['b']);
  });

  it('calls a handler as a microtask, after the ticks', () => {
    const lines = logOf((loop, log) => {
      loop.reject('a').handle((reason) => log(`handled ${String(reason)}`));
      loop.nextTick(() => log('tick'));
      log('main');
    });
    expect(lines).toEqual(['main', 'tick', 'handled a']);
  });

  it.each([
    { place: 'the same callback', later: (_: MiniLoop, attach: () => void) => attach() },
    { place: 'a tick', later: (loop: MiniLoop, attach: () => void) => loop.nextTick(attach) },
    {
      place: 'a microtask',
      later: (loop: MiniLoop, attach: () => void) => loop.queueMicrotask(attach),
    },
    {
      place: 'a tick of a microtask',
      later: (loop: MiniLoop, attach: () => void) =>
        loop.queueMicrotask(() => loop.nextTick(attach)),
    },
  ])('does not report a rejection that is handled in $place', ({ later }) => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => {
        const rejection = loop.reject('a');
        later(loop, () => rejection.handle(() => log('handled')));
      }, 5);
      loop.setTimeout(() => log('timer'), 5);
    });
    expect(lines).toEqual(['handled', 'timer']);
  });

  it('reports a rejection before the next callback, and still calls a handler that comes later', () => {
    const lines = logOf((loop, log) => {
      loop.setImmediate(() => {
        const rejection = loop.reject('a');
        loop.setImmediate(() => rejection.handle(() => log('handled late')));
      });
      loop.setImmediate(() => log('immediate'));
    });
    expect(lines).toEqual(['unhandled a', 'immediate', 'handled late']);
  });

  it('reports a rejection that a microtask makes', () => {
    const lines = logOf((loop, log) => {
      loop.queueMicrotask(() => loop.reject('a'));
      loop.queueMicrotask(() => log('microtask'));
      loop.setImmediate(() => log('immediate'));
    });
    expect(lines).toEqual(['microtask', 'unhandled a', 'immediate']);
  });

  it('goes on draining when a report adds nothing but a tick', () => {
    const lines: string[] = [];
    const loop = new MiniLoop({
      onUnhandled: (reason) => loop.nextTick(() => lines.push(`tick after ${String(reason)}`)),
    });
    loop.setImmediate(() => lines.push('immediate'));
    loop.reject('a');
    loop.run();
    expect(lines).toEqual(['tick after a', 'immediate']);
  });

  it('goes on draining when a report adds ticks and microtasks', () => {
    const lines: string[] = [];
    const loop = new MiniLoop({
      onUnhandled: (reason) => {
        lines.push(`unhandled ${String(reason)}`);
        loop.queueMicrotask(() => {
          lines.push(`microtask after ${String(reason)}`);
          if (reason === 'a') loop.reject('b');
        });
      },
    });
    loop.setImmediate(() => lines.push('immediate'));
    loop.reject('a');
    loop.run();
    expect(lines).toEqual([
      'unhandled a',
      'microtask after a',
      'unhandled b',
      'microtask after b',
      'immediate',
    ]);
  });
});

describe('5. Know when to end, and when to give up', () => {
  it('ends when only unreferenced timers are left', () => {
    const loop = new MiniLoop();
    const lines: string[] = [];
    loop.setTimeout(() => lines.push('unreferenced'), 20).unref();
    loop.setTimeout(() => lines.push('referenced'), 10);
    loop.run();
    expect(lines).toEqual(['referenced']);
    expect(loop.now(), 'the time at the end').toBe(10);
  });

  it('runs an unreferenced timer while something else keeps the loop alive', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => log(`unreferenced at ${loop.now()}`), 5).unref();
      loop.setTimeout(() => log(`referenced at ${loop.now()}`), 10);
    });
    expect(lines).toEqual(['unreferenced at 5', 'referenced at 10']);
  });

  it('ends between turns, not inside one', () => {
    const lines = logOf((loop, log) => {
      loop.setTimeout(() => log('referenced'), 5);
      loop.setTimeout(() => log('unreferenced, due in the same phase'), 5).unref();
    });
    expect(lines).toEqual(['referenced', 'unreferenced, due in the same phase']);
  });

  it('stays alive for an immediate, but not for what is unreferenced after it', () => {
    const lines = logOf((loop, log) => {
      const timer = loop.setTimeout(() => log('timer'), 5);
      loop.setImmediate(() => {
        log('immediate');
        timer.unref();
      });
    });
    expect(lines).toEqual(['immediate']);
  });

  it.each(['queueMicrotask', 'nextTick'] as const)(
    'throws a StarvationError when %s calls itself forever',
    (queue) => {
      const { error, calls } = starve(50, (loop, count) => {
        const again = (): void => {
          count();
          loop[queue](again);
        };
        loop.setImmediate(again);
      });
      expect(error, 'the name of the error').toBe('StarvationError');
      expect(calls, 'calls: 1 immediate, and 50 in its drain').toBe(51);
    },
  );

  it('throws a StarvationError when a tick and a microtask add each other forever', () => {
    const { error, calls } = starve(50, (loop, count) => {
      const tick = (): void => {
        count();
        loop.queueMicrotask(microtask);
      };
      const microtask = (): void => {
        count();
        loop.nextTick(tick);
      };
      loop.nextTick(tick);
    });
    expect(error, 'the name of the error').toBe('StarvationError');
    expect(calls, 'ticks and microtasks that ran, with a limit of 50').toBe(50);
  });

  it('accepts a drain of exactly drainLimit', () => {
    const { error, calls } = starve(6, (loop, count) => {
      for (let n = 0; n < 3; n += 1) {
        loop.nextTick(count);
        loop.queueMicrotask(count);
      }
    });
    expect({ error, calls }).toEqual({ error: undefined, calls: 6 });
  });

  it('counts from zero in each drain', () => {
    const { error, calls } = starve(3, (loop, count) => {
      for (let n = 0; n < 5; n += 1) {
        loop.setImmediate(() => {
          loop.nextTick(count);
          loop.queueMicrotask(count);
        });
      }
    });
    expect({ error, calls }, '5 drains of 2, with a limit of 3').toEqual({
      error: undefined,
      calls: 10,
    });
  });

  it('allows 1,000 in a drain unless told otherwise', () => {
    const endless = starve(undefined, (loop, count) => {
      const again = (): void => {
        count();
        loop.queueMicrotask(again);
      };
      again();
    });
    expect(endless).toEqual({ error: 'StarvationError', calls: 1001 });
  });
});

describe('6. Predict the real loop', () => {
  it.each([
    { name: 'queues', lines: 5 },
    { name: 'nested', lines: 6 },
    { name: 'timers', lines: 4 },
    { name: 'immediates', lines: 4 },
    { name: 'awaiting', lines: 5 },
    { name: 'chains', lines: 6 },
  ] as const)('predicts the $lines lines of the program $name', async ({ name, lines }) => {
    const printed = await printedBy(name, lines);
    const predicted = [...predictions[name]];
    const right = printed.findIndex((line, index) => line !== predicted[index]);
    expect(
      right === -1 ? lines : right,
      `lines of ${name} that are right before the first wrong one`,
    ).toBe(lines);
    expect(predicted, `${name} prints ${lines} lines`).toHaveLength(lines);
  });
});

/** Runs a program in the real loop, from the callback of a file access, until it has printed all its lines. */
function printedBy(name: keyof typeof programs, lines: number): Promise<string[]> {
  return new Promise((resolve) => {
    const printed: string[] = [];
    stat('.', () =>
      programs[name]((line) => {
        if (printed.push(line) === lines) resolve(printed);
      }),
    );
  });
}

/** Runs a loop with a limit, and tells by which error it ended and how often `count` was called. */
function starve(
  drainLimit: number | undefined,
  main: (loop: MiniLoop, count: () => void) => void,
): { error: string | undefined; calls: number } {
  const loop = new MiniLoop(drainLimit === undefined ? {} : { drainLimit });
  let calls = 0;
  const count = (): void => {
    calls += 1;
    if (calls > 1500) throw new Error('the drain went on beyond its limit');
  };
  main(loop, count);
  try {
    loop.run();
    return { error: undefined, calls };
  } catch (error) {
    return { error: error instanceof Error ? error.name : String(error), calls };
  }
}

/** Mulberry32: the same numbers between 0 and 1 for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
