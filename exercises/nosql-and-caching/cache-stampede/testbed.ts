import { setImmediate } from 'node:timers/promises';
import type { Store } from './kata';

/** Time that moves only when it is told to. */
export interface VirtualTime {
  /** The time now, in milliseconds. */
  clock(): number;
  /** Resolves when the time has moved on by so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** Moves the time on, and lets everybody who wakes up on the way do their work. */
  advance(milliseconds: number): Promise<void>;
}

export function virtualTime(): VirtualTime {
  let now = 1_700_000_000_000;
  let sleepers: { wakesAt: number; wake: () => void }[] = [];
  return {
    clock: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => sleepers.push({ wakesAt: now + milliseconds, wake })),
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const next = Math.min(...sleepers.map(({ wakesAt }) => wakesAt));
        if (next > end) break;
        now = next;
        const due = sleepers.filter(({ wakesAt }) => wakesAt <= now);
        sleepers = sleepers.filter(({ wakesAt }) => wakesAt > now);
        for (const { wake } of due) wake();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
}

/** How it stands with a promise at this moment: see `pending`, `fulfilled` and `rejected`. */
export interface Answer {
  state: string;
}

/** Shows how it stands with a promise, without waiting for it. */
export function watch(promise: Promise<unknown>): Answer {
  const answer: Answer = { state: pending };
  promise.then(
    (value) => (answer.state = fulfilled(value)),
    (error: unknown) => (answer.state = rejected(error)),
  );
  return answer;
}

export const pending = 'pending';
export const fulfilled = (value: unknown): string => `fulfilled with ${JSON.stringify(value)}`;
export const rejected = (error: unknown): string => `rejected with ${String(error)}`;

/** The part of Redis that the exercise needs, in memory. Two caches may share one. */
export function memoryStore(clock: () => number): Store {
  const entries = new Map<string, { value: string; expiresAt: number }>();
  const read = (key: string): string | null => {
    const entry = entries.get(key);
    return entry && clock() < entry.expiresAt ? entry.value : null;
  };
  const write = (key: string, value: string, px: number): void => {
    if (!(px > 0)) throw new RangeError(`ERR invalid expire time: ${px}`);
    entries.set(key, { value, expiresAt: clock() + px });
  };
  return {
    async get(key) {
      return read(key);
    },
    async setIfAbsent(key, value, px) {
      if (read(key) !== null) return false;
      write(key, value, px);
      return true;
    },
    async setWithLease(key, value, px, lease, token) {
      if (read(lease) !== token) return false;
      write(key, value, px);
      entries.delete(lease);
      return true;
    },
    async deleteIfEqual(key, value) {
      return read(key) === value && entries.delete(key);
    },
    async delete(keys) {
      for (const key of keys) entries.delete(key);
    },
  };
}
