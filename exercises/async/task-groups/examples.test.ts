import { describe, expect, it } from 'vitest';
import { raceFirstSuccess, withDeadline, withTaskGroup } from './kata';

/** Work that fails with the signal's reason when it is aborted, and never ends otherwise. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('1. Wait for every task of a group', () => {
  it('returns what the body makes of the results', async () => {
    const page = await withTaskGroup(async (group) => {
      const user = group.spawn(async () => 'Amara');
      const orders = group.spawn(async () => [17, 42]);
      return { user: await user, orders: await orders };
    });
    expect(page).toEqual({ user: 'Amara', orders: [17, 42] });
  });
});

describe('2. Abort the siblings, and report what really failed', () => {
  it('stops a sibling and reports the failure alone', async () => {
    const outcome = withTaskGroup(async (group) => {
      void group.spawn(untilAborted);
      void group.spawn(() => Promise.reject(new Error('out of stock')));
    });
    await expect(outcome).rejects.toMatchObject({
      name: 'AggregateError',
      errors: [{ message: 'out of stock' }],
    });
  });
});

describe("3. Follow the caller's signal, and refuse late tasks", () => {
  it('refuses a task after the group has settled', async () => {
    const group = await withTaskGroup(async (group) => group);
    await expect(group.spawn(async () => 'too late')).rejects.toMatchObject({
      name: 'GroupClosedError',
    });
  });
});

describe('4. Give work a deadline', () => {
  it('aborts the work when its time is up', async () => {
    const timeIsUp = (ms: number, fire: () => void): (() => void) => {
      queueMicrotask(fire);
      return () => undefined;
    };
    await expect(withDeadline(800, untilAborted, { startTimer: timeIsUp })).rejects.toMatchObject({
      name: 'DeadlineError',
    });
  });
});

describe('5. Take the first success', () => {
  it('takes the value of the replica that answers', async () => {
    const price = await raceFirstSuccess<number>([
      () => Promise.reject(new Error('replica is down')),
      async () => 1995,
      untilAborted,
    ]);
    expect(price).toBe(1995);
  });
});
