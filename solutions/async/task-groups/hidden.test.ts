import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { raceFirstSuccess, withDeadline, withTaskGroup } from './kata';
import type { StartTimer, TaskGroup } from './kata';

/** A few turns of the event loop: whatever could happen has happened. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Rejects with the signal's reason when it aborts, as `fetch` does; `cleanup` runs before that. */
async function untilAborted(
  signal: AbortSignal,
  cleanup: () => void | Promise<void> = () => undefined,
): Promise<never> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
  await cleanup();
  throw signal.reason;
}

/** Fails after the event loop has turned. */
async function failSoon(message: string): Promise<never> {
  await turns();
  throw new Error(message);
}

/** How a promise settles: its value, or its error as {@link nameOf} puts it. */
async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  const end = await endOf(promise);
  return 'error' in end ? nameOf(end.error) : end;
}

/** The error itself with which a promise rejects. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const end = await endOf(promise);
  return 'error' in end ? end.error : 'resolves';
}

/** Waits for a promise, but not forever: one that hangs shall fail its test with a sentence. */
async function endOf(promise: Promise<unknown>): Promise<{ value: unknown } | { error: unknown }> {
  const hung = Promise.withResolvers<{ error: string }>();
  const giveUp = async (): Promise<void> => {
    for (let more = 0; more < 20; more += 1) await turns();
    hung.resolve({ error: 'never settles' });
  };
  const watchdog = setTimeout(() => void giveUp(), 250);
  try {
    return await Promise.race([promise.then((value) => ({ value })), hung.promise]);
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(watchdog);
  }
}

/** The signal of a group that has failed: aborted, once and for all. */
async function abortedSignal(): Promise<AbortSignal> {
  const signals: AbortSignal[] = [];
  await endOf(
    withTaskGroup(async (group) => {
      signals.push(group.signal);
      throw new Error('over');
    }),
  );
  const [signal] = signals;
  if (!signal) throw new Error('withTaskGroup did not call its body');
  return signal;
}

/** An error in short: its message, with its name in front where that tells something. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AggregateError' && 'errors' in error && Array.isArray(error.errors)) {
    return `AggregateError(${error.errors.map(nameOf).join(', ')})`;
  }
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}

/** Tells whether a promise is still pending; turn the event loop before asking. */
function watch(promise: Promise<unknown>): () => 'pending' | 'settled' {
  let state: 'pending' | 'settled' = 'pending';
  const settle = (): void => void (state = 'settled');
  promise.then(settle, settle);
  return () => state;
}

/** A clock that is moved by hand, and counts the timers that run. */
function handClock() {
  let now = 0;
  let started = 0;
  const timers = new Set<{ due: number; fire: () => void }>();
  const startTimer: StartTimer = (ms, fire) => {
    const timer = { due: now + ms, fire };
    timers.add(timer);
    started += 1;
    return () => void timers.delete(timer);
  };
  return {
    startTimer,
    started: () => started,
    running: () => timers.size,
    async advance(ms: number): Promise<void> {
      await turns();
      now += ms;
      for (const timer of [...timers].toSorted((a, b) => a.due - b.due)) {
        if (timer.due > now || !timers.delete(timer)) continue;
        timer.fire();
        await turns();
      }
    },
  };
}

describe('1. Wait for every task of a group', () => {
  it('resolves with the result of the body', async () => {
    expect(await outcomeOf(withTaskGroup(async () => 42))).toEqual({ value: 42 });
  });

  it('gives each result to its own promise, whichever task ends first', async () => {
    const gate = Promise.withResolvers<string>();
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        const slow = group.spawn(() => gate.promise);
        const fast = group.spawn(async () => {
          gate.resolve('slow');
          return 7;
        });
        return [await slow, await fast];
      }),
    );
    expect(outcome).toEqual({ value: ['slow', 7] });
  });

  it('calls each task once, with the signal of the group', async () => {
    const calls: boolean[] = [];
    await outcomeOf(
      withTaskGroup(async (group) => {
        for (let task = 0; task < 3; task += 1) {
          void group.spawn(async (signal) =>
            calls.push(signal === group.signal && !signal.aborted),
          );
        }
      }),
    );
    expect(calls, 'for each call: the group signal, not aborted').toEqual([true, true, true]);
  });

  it('waits for a task that the body does not await', async () => {
    const gate = Promise.withResolvers<void>();
    const group = withTaskGroup(async (group) => {
      void group.spawn(() => gate.promise);
      return 'body is done';
    });
    const state = watch(group);
    await turns();
    expect(state(), 'the group while its task runs').toBe('pending');
    gate.resolve();
    expect(await outcomeOf(group)).toEqual({ value: 'body is done' });
  });

  it('waits for tasks that tasks have spawned after the body has ended', async () => {
    const log: string[] = [];
    const chain = async (group: TaskGroup, depth: number): Promise<void> => {
      await turns();
      if (depth < 3) void group.spawn(() => chain(group, depth + 1));
      log.push(`task ${depth}`);
    };
    await outcomeOf(withTaskGroup(async (group) => void group.spawn(() => chain(group, 1))));
    expect(log, 'tasks that had ended when the group settled').toEqual([
      'task 1',
      'task 2',
      'task 3',
    ]);
  });

  it('does not abort the tasks of a group that goes well', async () => {
    const aborted = await outcomeOf(
      withTaskGroup(async (group) => {
        await group.spawn(async () => 'first');
        return group.spawn(async (signal) => {
          await turns();
          return signal.aborted;
        });
      }),
    );
    expect(aborted, 'whether the signal was aborted').toEqual({ value: false });
  });
});

describe('2. Abort the siblings, and report what really failed', () => {
  it('aborts the siblings when a task fails', async () => {
    const log: string[] = [];
    await outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn((signal) => untilAborted(signal, () => void log.push('a stopped')));
        void group.spawn((signal) => untilAborted(signal, () => void log.push('b stopped')));
        void group.spawn(() => failSoon('disk full'));
      }),
    );
    expect(log.toSorted()).toEqual(['a stopped', 'b stopped']);
  });

  it('aborts the tasks when the body fails', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn(untilAborted);
        throw new Error('bad request');
      }),
    );
    expect(outcome).toBe('AggregateError(bad request)');
  });

  it('settles only after the siblings have cleaned up', async () => {
    const log: string[] = [];
    const cleanup = async (): Promise<void> => {
      await turns();
      log.push('connection returned');
    };
    await outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn((signal) => untilAborted(signal, cleanup));
        void group.spawn(() => failSoon('disk full'));
      }),
    );
    expect(log, 'what had happened when the group settled').toEqual(['connection returned']);
  });

  it('stays open for a task that ignores its signal', async () => {
    const gate = Promise.withResolvers<void>();
    const group = withTaskGroup(async (group) => {
      void group.spawn(() => gate.promise);
      void group.spawn(() => failSoon('disk full'));
    });
    const state = watch(group);
    await turns();
    await turns();
    expect(state(), 'the group after the failure, while the other task runs').toBe('pending');
    gate.resolve();
    expect(await outcomeOf(group)).toBe('AggregateError(disk full)');
  });

  it('leaves out siblings that fail with the reason of the signal', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        for (let task = 0; task < 3; task += 1) void group.spawn(untilAborted);
        void group.spawn(() => failSoon('disk full'));
      }),
    );
    expect(outcome).toBe('AggregateError(disk full)');
  });

  it('leaves out siblings that fail with an AbortError of their own making', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn((signal) =>
          untilAborted(signal, () => Promise.reject(abortError('the driver stopped'))),
        );
        void group.spawn(() => failSoon('disk full'));
      }),
    );
    expect(outcome).toBe('AggregateError(disk full)');
  });

  it('leaves out the echo that reaches the body', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        const sibling = group.spawn(untilAborted);
        void group.spawn(() => failSoon('disk full'));
        await sibling;
      }),
    );
    expect(outcome).toBe('AggregateError(disk full)');
  });

  it('lists an error once when the body passes it on', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        await group.spawn(() => failSoon('disk full'));
      }),
    );
    expect(outcome).toBe('AggregateError(disk full)');
  });

  it('reports a failure in the cleanup of a sibling', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn((signal) => untilAborted(signal, () => failSoon('rollback failed')));
        void group.spawn(untilAborted);
        void group.spawn(() => failSoon('disk full'));
      }),
    );
    expect(outcome, 'the cause, then the failed cleanup').toEqual(
      'AggregateError(disk full, rollback failed)',
    );
  });

  it('lists failures in the order in which they happened', async () => {
    const gate = Promise.withResolvers<void>();
    const outcome = outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn(() => gate.promise);
        void group.spawn(() => failSoon('b failed'));
      }),
    );
    await turns();
    await turns();
    gate.reject(new Error('a failed'));
    expect(await outcome).toEqual('AggregateError(b failed, a failed)');
  });

  it('takes an AbortError before any abort for a real failure', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn(untilAborted);
        void group.spawn(() => Promise.reject(abortError('the upload was canceled')));
      }),
    );
    expect(outcome).toBe('AggregateError(AbortError: the upload was canceled)');
  });

  it('fails even when the body catches the error of its task', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        await group.spawn(() => failSoon('disk full')).catch(() => undefined);
        return 'fine';
      }),
    );
    expect(outcome).toBe('AggregateError(disk full)');
  });
});

describe("3. Follow the caller's signal, and refuse late tasks", () => {
  it("aborts an inner group through the outer group's signal", async () => {
    const log: string[] = [];
    const outcome = await outcomeOf(
      withTaskGroup(async (outer) => {
        void outer.spawn((signal) =>
          withTaskGroup(
            async (inner) => {
              void inner.spawn((s) => untilAborted(s, () => void log.push('inner task stopped')));
            },
            { signal },
          ),
        );
        void outer.spawn(() => failSoon('disk full'));
      }),
    );
    expect(log).toEqual(['inner task stopped']);
    expect(outcome, 'the inner group adds nothing but noise').toBe('AggregateError(disk full)');
  });

  it.each([
    {
      title: 'its tasks stop',
      task: (signal: AbortSignal): Promise<unknown> => untilAborted(signal),
    },
    {
      title: 'its tasks end well all the same',
      task: (signal: AbortSignal): Promise<unknown> => untilAborted(signal).catch(() => 'done'),
    },
  ])("rejects with the reason of the caller's signal when $title", async ({ task }) => {
    const ends: Promise<unknown>[] = [];
    const reasons: unknown[] = [];
    await outcomeOf(
      withTaskGroup(async (outer) => {
        void outer.spawn(async (signal) => {
          const body = async (inner: TaskGroup): Promise<void> => void (await inner.spawn(task));
          ends.push(errorOf(withTaskGroup(body, { signal })));
          await untilAborted(signal, () => void reasons.push(signal.reason));
        });
        void outer.spawn(() => failSoon('disk full'));
      }),
    );
    const errors = await Promise.all(ends);
    expect(errors.map(nameOf), 'the inner group').toEqual(reasons.map(nameOf));
    expect(errors, 'groups that ran').toHaveLength(1);
    for (const error of errors) expect(error, 'the very reason').toBe(reasons[0]);
  });

  it("reports real failures that follow an abort by the caller's signal", async () => {
    const ends: Promise<unknown>[] = [];
    await outcomeOf(
      withTaskGroup(async (outer) => {
        void outer.spawn(async (signal) => {
          const body = async (inner: TaskGroup): Promise<void> => {
            void inner.spawn((s) => untilAborted(s, () => failSoon('rollback failed')));
            void inner.spawn(untilAborted);
          };
          ends.push(outcomeOf(withTaskGroup(body, { signal })));
        });
        void outer.spawn(() => failSoon('disk full'));
      }),
    );
    expect(await Promise.all(ends)).toEqual(['AggregateError(rollback failed)']);
  });

  it('does not abort the outer group when an inner group fails', async () => {
    const outcome = await outcomeOf(
      withTaskGroup(async (outer) => {
        await outcomeOf(withTaskGroup(() => failSoon('disk full'), { signal: outer.signal }));
        return outer.signal.aborted;
      }),
    );
    expect(outcome).toEqual({ value: false });
  });

  it('calls nothing when the signal is aborted already, and rejects with its reason', async () => {
    const signal = await abortedSignal();
    let calls = 0;
    const body = async (): Promise<void> => void (calls += 1);
    const error = await errorOf(withTaskGroup(body, { signal }));
    expect(error).toBe(signal.reason);
    expect(calls, 'calls of the body').toBe(0);
  });

  it('refuses a task when the group is aborted', async () => {
    const log: string[] = [];
    const outcome = await outcomeOf(
      withTaskGroup(async (group) => {
        void group.spawn(() => failSoon('disk full'));
        await untilAborted(group.signal).catch(() => undefined);
        const late = group.spawn(async () => log.push('late task called'));
        const error = await errorOf(late);
        log.push(error === group.signal.reason ? 'refused with the reason' : String(error));
      }),
    );
    expect(log).toEqual(['refused with the reason']);
    expect(outcome, 'a refusal is no failure').toBe('AggregateError(disk full)');
  });

  it('refuses a task after the group has settled', async () => {
    const groups: TaskGroup[] = [];
    await outcomeOf(withTaskGroup(async (group) => void groups.push(group)));
    let calls = 0;
    for (const group of groups) {
      const late = await outcomeOf(group.spawn(async () => (calls += 1)));
      expect(late).toEqual(expect.stringMatching(/^GroupClosedError/));
    }
    expect(groups, 'groups that the body received').toHaveLength(1);
    expect(calls, 'calls of the late task').toBe(0);
  });
});

describe('4. Give work a deadline', () => {
  it('settles as the work does when that is in time', async () => {
    const { startTimer } = handClock();
    const good = withDeadline(50, async () => 'answer', { startTimer });
    expect(await outcomeOf(good)).toEqual({ value: 'answer' });
    const bad = withDeadline(50, () => failSoon('not found'), { startTimer });
    expect(await outcomeOf(bad)).toBe('not found');
  });

  it('aborts the work with a DeadlineError when the time is up, not earlier', async () => {
    const clock = handClock();
    const signals: AbortSignal[] = [];
    const work = (signal: AbortSignal): Promise<never> => {
      signals.push(signal);
      return untilAborted(signal);
    };
    const outcome = outcomeOf(withDeadline(50, work, { startTimer: clock.startTimer }));
    await clock.advance(49);
    expect(
      signals.map((signal) => signal.aborted),
      'aborted after 49 of 50 ms',
    ).toEqual([false]);
    await clock.advance(1);
    expect(await outcome).toBe('DeadlineError: The deadline of 50 ms has passed');
    expect(
      signals.map((signal) => nameOf(signal.reason)),
      'reason of the signal',
    ).toEqual(['DeadlineError: The deadline of 50 ms has passed']);
  });

  it('waits for work that is past its deadline', async () => {
    const clock = handClock();
    const gate = Promise.withResolvers<string>();
    const call = withDeadline(50, () => gate.promise, { startTimer: clock.startTimer });
    const state = watch(call);
    await clock.advance(50);
    expect(state(), 'after the deadline, while the work runs').toBe('pending');
    gate.resolve('late answer');
    expect(await outcomeOf(call)).toBe('DeadlineError: The deadline of 50 ms has passed');
  });

  it('passes on the real error of work that is past its deadline', async () => {
    const clock = handClock();
    const call = outcomeOf(
      withDeadline(50, (signal) => untilAborted(signal, () => failSoon('rollback failed')), {
        startTimer: clock.startTimer,
      }),
    );
    await clock.advance(50);
    expect(await call).toBe('rollback failed');
  });

  it('answers with the DeadlineError when the work fails with an AbortError after it', async () => {
    const clock = handClock();
    const stopped = (): Promise<never> => Promise.reject(abortError('the driver stopped'));
    const call = outcomeOf(
      withDeadline(50, (signal) => untilAborted(signal, stopped), { startTimer: clock.startTimer }),
    );
    await clock.advance(50);
    expect(await call).toBe('DeadlineError: The deadline of 50 ms has passed');
  });

  it.each([
    { title: 'succeeded', work: async () => 'answer' },
    { title: 'failed', work: () => failSoon('not found') },
  ])('stops its timer when the work has $title', async ({ work }) => {
    const clock = handClock();
    const call = outcomeOf(withDeadline(50, work, { startTimer: clock.startTimer }));
    await call;
    expect(
      { started: clock.started(), running: clock.running() },
      'timers after the work has settled',
    ).toEqual({ started: 1, running: 0 });
  });

  it('ends with the outer deadline when the inner one is longer', async () => {
    const clock = handClock();
    const { startTimer } = clock;
    let inner: unknown = 'was not called';
    const outer = outcomeOf(
      withDeadline(
        50,
        async (signal) => {
          const call = withDeadline(1000, (s) => untilAborted(s), { signal, startTimer });
          inner = await outcomeOf(call);
        },
        { startTimer },
      ),
    );
    await clock.advance(50);
    expect(await outer, 'the outer call after 50 ms').toBe(
      'DeadlineError: The deadline of 50 ms has passed',
    );
    expect(inner, 'the inner call').toBe('DeadlineError: The deadline of 50 ms has passed');
    expect(clock.running(), 'timers left afterwards').toBe(0);
  });

  it('ends with the inner deadline when that is shorter, and leaves the outer work alone', async () => {
    const clock = handClock();
    const { startTimer } = clock;
    const outer = outcomeOf(
      withDeadline(
        50,
        async (signal) => {
          const call = withDeadline(20, (s) => untilAborted(s), { signal, startTimer });
          return [await outcomeOf(call), signal.aborted];
        },
        { startTimer },
      ),
    );
    await clock.advance(20);
    expect(await outer).toEqual({
      value: ['DeadlineError: The deadline of 20 ms has passed', false],
    });
  });

  it('reaches every level below: groups, groups of groups, and their tasks', async () => {
    const clock = handClock();
    const log: string[] = [];
    const stop = (name: string) => (signal: AbortSignal) =>
      untilAborted(signal, () => void log.push(name));
    const call = outcomeOf(
      withDeadline(
        50,
        (deadline) =>
          withTaskGroup(
            async (outer) => {
              void outer.spawn(stop('task'));
              void outer.spawn((signal) =>
                withTaskGroup(async (inner) => void inner.spawn(stop('task of a task')), {
                  signal,
                }),
              );
            },
            { signal: deadline },
          ),
        { startTimer: clock.startTimer },
      ),
    );
    await clock.advance(50);
    expect(await call).toBe('DeadlineError: The deadline of 50 ms has passed');
    expect(log.toSorted()).toEqual(['task', 'task of a task']);
  });

  it('starts no timer when the signal is aborted already, and rejects with its reason', async () => {
    const clock = handClock();
    const signal = await abortedSignal();
    let calls = 0;
    const work = async (): Promise<void> => void (calls += 1);
    const call = withDeadline(50, work, { signal, startTimer: clock.startTimer });
    const error = await errorOf(call);
    expect(error).toBe(signal.reason);
    expect({ calls, timers: clock.running() }).toEqual({ calls: 0, timers: 0 });
  });

  it("leaves no listener on the caller's signal", async () => {
    const { startTimer } = handClock();
    const counts = await outcomeOf(
      withTaskGroup(async ({ signal }) => {
        const before = listenersOf(signal);
        for (let call = 0; call < 5; call += 1) {
          await outcomeOf(withDeadline(50, async () => 'answer', { signal, startTimer }));
          await outcomeOf(withDeadline(50, () => failSoon('lost'), { signal, startTimer }));
        }
        return listenersOf(signal) - before;
      }),
    );
    expect(counts, 'listeners left by ten calls').toEqual({ value: 0 });
  });
});

describe('5. Take the first success', () => {
  it('resolves with the first value, not with the first in the list', async () => {
    const winner = await outcomeOf(
      raceFirstSuccess([
        async (signal) => {
          await untilAborted(signal).catch(() => undefined);
          return 'slow';
        },
        async () => 'fast',
      ]),
    );
    expect(winner).toEqual({ value: 'fast' });
  });

  it('lets the others go on when one fails', async () => {
    const winner = await outcomeOf(
      raceFirstSuccess([
        () => Promise.reject(new Error('replica is down')),
        async (signal) => {
          await turns();
          return signal.aborted ? 'aborted' : 'answer';
        },
      ]),
    );
    expect(winner).toEqual({ value: 'answer' });
  });

  it('accepts undefined as the value of a winner', async () => {
    const winner = await outcomeOf(
      raceFirstSuccess<unknown>([untilAborted, async () => undefined]),
    );
    expect(winner).toEqual({ value: undefined });
  });

  it('aborts the losers, and waits for their cleanup', async () => {
    const log: string[] = [];
    const cleanup = async (): Promise<void> => {
      await turns();
      log.push('loser cleaned up');
    };
    const winner = await outcomeOf(
      raceFirstSuccess<string>([
        (signal) => untilAborted(signal, cleanup),
        async () => 'answer',
        (signal) => untilAborted(signal, cleanup),
      ]),
    );
    expect(log, 'what had happened when the race settled').toEqual([
      'loser cleaned up',
      'loser cleaned up',
    ]);
    expect(winner).toEqual({ value: 'answer' });
  });

  it('resolves with the winner although a loser fails in its cleanup', async () => {
    const winner = await outcomeOf(
      raceFirstSuccess<string>([
        (signal) => untilAborted(signal, () => failSoon('rollback failed')),
        async () => 'answer',
      ]),
    );
    expect(winner).toEqual({ value: 'answer' });
  });

  it('rejects with all errors in the order of the works when none succeeds', async () => {
    const outcome = await outcomeOf(
      raceFirstSuccess([() => failSoon('a is down'), () => Promise.reject(new Error('b is down'))]),
    );
    expect(outcome).toBe('AggregateError(a is down, b is down)');
  });

  it("aborts every work with the caller's signal, and rejects with its reason", async () => {
    const clock = handClock();
    const log: string[] = [];
    const stop = (name: string) => (signal: AbortSignal) =>
      untilAborted(signal, () => void log.push(`${name} stopped`));
    const call = outcomeOf(
      withDeadline(
        50,
        (signal) =>
          raceFirstSuccess(
            [stop('a'), stop('b'), () => Promise.reject(new Error('replica is down'))],
            { signal },
          ),
        { startTimer: clock.startTimer },
      ),
    );
    await clock.advance(50);
    expect(await call).toBe('DeadlineError: The deadline of 50 ms has passed');
    expect(log.toSorted()).toEqual(['a stopped', 'b stopped']);
  });

  it('rejects with the reason when a work succeeds only after the abort', async () => {
    const clock = handClock();
    let race: unknown = 'was not called';
    const late = (signal: AbortSignal): Promise<string> =>
      untilAborted(signal).catch(() => 'late answer');
    const call = outcomeOf(
      withDeadline(
        50,
        async (signal) => void (race = await outcomeOf(raceFirstSuccess([late], { signal }))),
        { startTimer: clock.startTimer },
      ),
    );
    await clock.advance(50);
    await call;
    expect(race).toBe('DeadlineError: The deadline of 50 ms has passed');
  });

  it('calls nothing when the signal is aborted already, and rejects with its reason', async () => {
    const signal = await abortedSignal();
    let calls = 0;
    const work = async (): Promise<void> => void (calls += 1);
    const error = await errorOf(raceFirstSuccess([work, work], { signal }));
    expect(error).toBe(signal.reason);
    expect(calls, 'calls of the works').toBe(0);
  });
});

function abortError(message: string): Error {
  const error = new Error(message);
  error.name = 'AbortError';
  return error;
}

/** Counts listeners where that can be done: not on a signal that lives in another process. */
function listenersOf(signal: AbortSignal): number {
  return signal instanceof EventTarget ? getEventListeners(signal, 'abort').length : 0;
}
