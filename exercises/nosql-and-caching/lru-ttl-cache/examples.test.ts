import { describe, expect, test } from 'vitest';
import { accesses, Cache } from './kata';

describe('1. Keep values under keys', () => {
  test('finds what was set until it is deleted', () => {
    const cache = new Cache<string, number>({ maxWeight: 10 });
    expect(cache.set('speed', 80)).toBe(true);
    expect(cache.get('speed')).toBe(80);
    expect(cache.delete('speed')).toBe(true);
    expect(cache.has('speed')).toBe(false);
  });
});

describe('2. Evict the least recently used entry', () => {
  test('keeps what was read, and drops what was not', () => {
    const cache = new Cache<string, number>({ maxWeight: 2 });
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect([...cache.entries()]).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
  });
});

describe('3. Do the same work in a cache of any size', () => {
  test('makes room among 300 entries with at most 200 field accesses', () => {
    const cache = new Cache<string, number>({ maxWeight: 300 });
    for (let i = 0; i < 300; i += 1) cache.set(`key ${i}`, i);
    const before = accesses();
    cache.set('one more', 300);
    expect(accesses() - before).toBeGreaterThan(0);
    expect(accesses() - before).toBeLessThanOrEqual(200);
  });
});

describe('4. Weigh the entries', () => {
  test('drops as many entries as the new one needs', () => {
    const cache = new Cache<string, string>({ maxWeight: 10 });
    cache.set('small', 's', 2);
    cache.set('medium', 'm', 4);
    cache.set('large', 'l', 5);
    expect([...cache.entries()]).toEqual([
      ['medium', 'm'],
      ['large', 'l'],
    ]);
  });
});

describe('5. Let entries expire', () => {
  test('forgets an entry when its time to live is over', () => {
    let now = 0;
    const cache = new Cache<string, number>({ maxWeight: 10, ttl: 5000, clock: () => now });
    cache.set('a', 1);
    now = 4999;
    expect(cache.get('a')).toBe(1);
    now = 5000;
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size).toBe(0);
  });
});

describe('6. Report what has left', () => {
  test('tells what left, and why', () => {
    const log: string[] = [];
    const cache = new Cache<string, number>({
      maxWeight: 2,
      onEvict: (key, value, reason) => void log.push(`${key}=${value} ${reason}`),
    });
    cache.set('a', 1);
    cache.set('a', 2);
    cache.set('b', 3);
    cache.set('c', 4);
    cache.delete('c');
    expect(log).toEqual(['a=1 replaced', 'a=2 capacity', 'c=4 deleted']);
  });
});
