import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { accesses, Cache, type CacheOptions, type Reason } from './kata';

type Report = [key: string, value: unknown, reason: Reason];

/** A cache of any values with its own clock, and a log of what it reports. */
function setUp(options: Partial<CacheOptions<string, unknown>> = {}) {
  const time = { now: 1_000_000 };
  const reports: Report[] = [];
  const cache = new Cache<string, unknown>({
    maxWeight: 1000,
    clock: () => time.now,
    onEvict: (key, value, reason) => void reports.push([key, value, reason]),
    ...options,
  });
  return { cache, time, reports };
}

const keysOf = (cache: Cache<string, unknown>): string[] =>
  Array.from(cache.entries(), ([key]) => key);

describe('1. Keep values under keys', () => {
  test('returns what was set, and undefined for an unknown key', () => {
    const { cache } = setUp();
    cache.set('a', 1);
    cache.set('b', { name: 'Bo' });
    expect(cache.get('a')).toBe(1);
    expect(cache.get('b')).toEqual({ name: 'Bo' });
    expect(cache.get('c')).toBeUndefined();
  });

  test('tells that a value was stored', () => {
    expect(setUp().cache.set('a', 1)).toBe(true);
  });

  test('replaces the value of a key that is set again', () => {
    const { cache } = setUp();
    cache.set('a', 1);
    cache.set('a', 2);
    expect(cache.get('a')).toBe(2);
    expect(cache.size, 'size after setting one key twice').toBe(1);
  });

  test('deletes an entry, and tells whether there was one', () => {
    const { cache } = setUp();
    cache.set('a', 1);
    expect(cache.delete('a'), 'first delete').toBe(true);
    expect(cache.delete('a'), 'second delete').toBe(false);
    expect(cache.has('a')).toBe(false);
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['zero', 0],
    ['an empty text', ''],
    ['false', false],
    ['NaN', Number.NaN],
  ])('keeps %s like any other value', (_, value) => {
    const { cache } = setUp();
    cache.set('a', value);
    expect(cache.has('a'), 'has').toBe(true);
    expect(cache.size, 'size').toBe(1);
    expect(cache.get('a'), 'get').toBe(value);
    expect(cache.delete('a'), 'delete').toBe(true);
  });

  test('tells keys apart as a Map does', () => {
    const cache = new Cache<unknown, string>({ maxWeight: 10 });
    cache.set(1, 'number');
    cache.set('1', 'string');
    cache.set('__proto__', 'odd name');
    expect([cache.get(1), cache.get('1'), cache.get('__proto__')]).toEqual([
      'number',
      'string',
      'odd name',
    ]);
    expect(cache.has('constructor')).toBe(false);
  });
});

describe('2. Evict the least recently used entry', () => {
  test('drops the entry that was set first when none was used since', () => {
    const { cache } = setUp({ maxWeight: 3 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) cache.set(key, key);
    expect(keysOf(cache)).toEqual(['c', 'd', 'e']);
    expect(cache.size).toBe(3);
  });

  test('keeps an entry that was read, and drops the one not used since', () => {
    const { cache } = setUp({ maxWeight: 3 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    cache.get('a');
    cache.set('d', 'd');
    expect(cache.has('a'), 'the entry that was read').toBe(true);
    expect(cache.has('b'), 'the least recently used entry').toBe(false);
  });

  test('counts setting a key again as a use', () => {
    const { cache } = setUp({ maxWeight: 3 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    cache.set('a', 'again');
    cache.set('d', 'd');
    expect(keysOf(cache)).toEqual(['c', 'a', 'd']);
  });

  test('drops nothing when a key is set again in a full cache', () => {
    const { cache } = setUp({ maxWeight: 3 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    cache.set('b', 'again');
    expect(keysOf(cache)).toEqual(['a', 'c', 'b']);
  });

  test('does not count has as a use', () => {
    const { cache } = setUp({ maxWeight: 3 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    cache.has('a');
    cache.set('d', 'd');
    expect(keysOf(cache)).toEqual(['b', 'c', 'd']);
  });

  test('lists entries least recently used first, which is no use', () => {
    const { cache } = setUp({ maxWeight: 3 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key.toUpperCase());
    cache.get('b');
    const expected = [
      ['a', 'A'],
      ['c', 'C'],
      ['b', 'B'],
    ];
    expect([...cache.entries()]).toEqual(expected);
    expect([...cache.entries()], 'listed a second time').toEqual(expected);
  });

  test('keeps the order of the others when an entry in the middle is deleted', () => {
    const { cache } = setUp({ maxWeight: 4 });
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, key);
    cache.delete('b');
    expect(keysOf(cache), 'after delete b').toEqual(['a', 'c', 'd']);
    cache.delete('d');
    expect(keysOf(cache), 'after delete d').toEqual(['a', 'c']);
    cache.delete('a');
    expect(keysOf(cache), 'after delete a').toEqual(['c']);
    for (const key of ['e', 'f', 'g', 'h']) cache.set(key, key);
    expect(keysOf(cache)).toEqual(['e', 'f', 'g', 'h']);
  });

  test('starts afresh after its only entry was deleted', () => {
    const { cache } = setUp({ maxWeight: 2 });
    cache.set('a', 1);
    cache.delete('a');
    for (const key of ['b', 'c', 'd']) cache.set(key, key);
    expect(keysOf(cache)).toEqual(['c', 'd']);
  });
});

describe('3. Do the same work in a cache of any size', () => {
  const full = 300;
  const limit = 100;

  function filled(): Cache<string, unknown> {
    const { cache } = setUp({ maxWeight: full });
    for (let i = 0; i < full; i += 1) cache.set(`key ${i}`, i);
    return cache;
  }

  function work(call: () => unknown): number {
    const before = accesses();
    call();
    return accesses() - before;
  }

  test('keeps its data in counted objects', () => {
    const cache = filled();
    expect(
      work(() => cache.get('key 150')),
      'field accesses of one get that finds its key',
    ).toBeGreaterThan(0);
  });

  test.each<[string, (cache: Cache<string, unknown>, i: number) => unknown]>([
    ['finding a value', (cache, i) => cache.get(`key ${i}`)],
    ['finding no value', (cache, i) => cache.get(`other ${i}`)],
    ['asking for a key', (cache, i) => cache.has(`key ${i}`)],
    ['setting a key again', (cache, i) => cache.set(`key ${i}`, 'again')],
    ['deleting an entry', (cache, i) => cache.delete(`key ${i}`)],
    ['asking for the size', (cache) => cache.size],
  ])('%s costs at most 100 field accesses among 300 entries', (_, call) => {
    const cache = filled();
    for (const i of [0, 1, 150, 298, 299]) {
      const cost = work(() => call(cache, i));
      expect(cost, `field accesses, for entry ${i}`).toBeLessThanOrEqual(limit);
    }
  });

  test('making room for a new entry costs at most 200 field accesses among 300 entries', () => {
    const cache = filled();
    cache.get('key 0');
    for (const key of ['new 1', 'new 2', 'new 3']) {
      const cost = work(() => cache.set(key, 1));
      expect(cost, `field accesses to set "${key}"`).toBeLessThanOrEqual(2 * limit);
    }
    const asked = ['key 0', 'key 1', 'key 2', 'key 3', 'key 4'];
    expect(asked.filter((key) => cache.has(key))).toEqual(['key 0', 'key 4']);
  });
});

describe('4. Weigh the entries', () => {
  test('holds as much as weighs maxWeight together', () => {
    const { cache } = setUp({ maxWeight: 10 });
    cache.set('a', 1, 4);
    cache.set('b', 2, 6);
    expect(keysOf(cache)).toEqual(['a', 'b']);
  });

  test('drops as many entries as the new one needs, and no more', () => {
    const { cache } = setUp({ maxWeight: 10 });
    cache.set('a', 1, 2);
    cache.set('b', 2, 2);
    cache.set('c', 3, 6);
    cache.set('d', 4, 3);
    expect(keysOf(cache)).toEqual(['c', 'd']);
    cache.set('e', 5, 1);
    expect(keysOf(cache), 'with a weight of 9 before').toEqual(['c', 'd', 'e']);
  });

  test('gives back the weight of a deleted entry', () => {
    const { cache } = setUp({ maxWeight: 10 });
    cache.set('a', 1, 4);
    cache.set('b', 2, 6);
    cache.delete('b');
    cache.set('c', 3, 6);
    expect(keysOf(cache)).toEqual(['a', 'c']);
  });

  test('frees the old weight of a key before it makes room for the new one', () => {
    const { cache } = setUp({ maxWeight: 10 });
    cache.set('a', 1, 5);
    cache.set('b', 2, 5);
    cache.set('b', 3, 4);
    cache.set('c', 4, 1);
    expect(keysOf(cache)).toEqual(['a', 'b', 'c']);
    cache.set('a', 5, 5);
    expect(keysOf(cache), 'a replaced by one of equal weight').toEqual(['b', 'c', 'a']);
  });

  test('refuses a value that is heavier than the whole cache, and keeps the others', () => {
    const { cache } = setUp({ maxWeight: 10 });
    cache.set('a', 1, 5);
    cache.set('b', 2, 5);
    expect(cache.set('giant', 3, 11), 'result of set').toBe(false);
    expect(keysOf(cache), 'a and b weigh 10 of 10, the refused value 11').toEqual(['a', 'b']);
  });

  test('removes the old value of a key whose new value is refused', () => {
    const { cache } = setUp({ maxWeight: 10 });
    cache.set('a', 'old', 5);
    cache.set('b', 2, 4);
    expect(cache.set('a', 'new', 11)).toBe(false);
    expect(cache.get('a'), 'a value older than the last set').toBeUndefined();
    cache.set('c', 3, 6);
    expect(keysOf(cache)).toEqual(['b', 'c']);
  });

  test('stores one value that weighs exactly maxWeight', () => {
    const { cache } = setUp({ maxWeight: 10 });
    cache.set('a', 1, 3);
    cache.set('b', 2, 3);
    expect(cache.set('c', 3, 10)).toBe(true);
    expect(keysOf(cache)).toEqual(['c']);
  });
});

describe('5. Let entries expire', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('lets an entry live until its age reaches the time to live', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    time.now += 59_999;
    expect(cache.get('a'), 'after 59,999 ms').toBe(1);
    time.now += 1;
    expect(cache.get('a'), 'after 60,000 ms').toBeUndefined();
  });

  test('lets entries live forever when no time to live is given', () => {
    const { cache, time } = setUp();
    cache.set('a', 1);
    time.now += 1e12;
    expect(cache.get('a')).toBe(1);
  });

  test('does not extend a life by reading', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    time.now += 40_000;
    expect(cache.get('a')).toBe(1);
    time.now += 20_000;
    expect(cache.get('a'), '60,000 ms after set, 20,000 ms after a read').toBeUndefined();
  });

  test('starts a new life when the key is set again', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    time.now += 40_000;
    cache.set('a', 2);
    time.now += 59_999;
    expect(cache.get('a'), '59,999 ms after it was set again').toBe(2);
    time.now += 1;
    expect(cache.has('a'), '60,000 ms after it was set again').toBe(false);
  });

  test('expires an entry set again after those set before it', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    cache.set('b', 1);
    time.now += 30_000;
    cache.set('a', 2);
    time.now += 30_000;
    expect(keysOf(cache), 'a set again at 30 s, now 60 s').toEqual(['a']);
  });

  test('knows an expired key no more in has', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    time.now += 60_000;
    expect(cache.has('a'), 'has, 60,000 ms after set').toBe(false);
  });

  test('does not count expired entries in size', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    cache.set('b', 2);
    time.now += 30_000;
    cache.set('c', 3);
    time.now += 30_000;
    expect(cache.size, 'size, with two of three entries expired').toBe(1);
  });

  test('does not list expired entries', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    time.now += 30_000;
    cache.set('b', 2);
    cache.get('a');
    time.now += 30_000;
    expect([...cache.entries()], 'with a expired and b live').toEqual([['b', 2]]);
  });

  test('has nothing to delete when the entry has expired', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    time.now += 60_000;
    expect(cache.delete('a'), 'delete, 60,000 ms after set').toBe(false);
  });

  test('makes room with expired entries before it evicts a live one', () => {
    const { cache, time } = setUp({ maxWeight: 2, ttl: 60_000 });
    cache.set('old', 1);
    time.now += 30_000;
    cache.set('young', 2);
    cache.get('old');
    time.now += 30_000;
    cache.set('new', 3);
    expect(cache.has('young'), 'the live entry, used before the expired one').toBe(true);
    expect(keysOf(cache)).toEqual(['young', 'new']);
  });

  test('looks at no more than the entries that have expired', () => {
    const { cache, time } = setUp({ ttl: 60_000 });
    for (let i = 0; i < 300; i += 1) cache.set(`key ${i}`, i);
    time.now += 30_000;
    cache.set('key 0', 'young');
    time.now += 29_999;
    const before = accesses();
    cache.has('key 100');
    expect(accesses() - before, 'field accesses, none expired').toBeLessThanOrEqual(100);
    time.now += 1;
    expect(cache.size, 'all but one expired').toBe(1);
  });

  test('starts no timer', () => {
    vi.useFakeTimers();
    const { cache } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    cache.get('a');
    expect(vi.getTimerCount(), 'timers that wait').toBe(0);
  });
});

describe('6. Report what has left', () => {
  test('reports the reason of each removal', () => {
    const { cache, time, reports } = setUp({ maxWeight: 2, ttl: 60_000 });
    cache.set('a', 1);
    cache.set('a', 2);
    expect(reports, 'set again').toEqual([['a', 1, 'replaced']]);
    cache.delete('a');
    expect(reports.slice(1), 'delete').toEqual([['a', 2, 'deleted']]);
    for (const key of ['b', 'c', 'd']) cache.set(key, key);
    expect(reports.slice(2), 'three entries in a cache for two').toEqual([['b', 'b', 'capacity']]);
    time.now += 60_000;
    cache.set('e', 5);
    expect(reports.slice(3), '60,000 ms later').toEqual([
      ['c', 'c', 'expired'],
      ['d', 'd', 'expired'],
    ]);
  });

  test('reports each removal once', () => {
    const { cache, time, reports } = setUp({ ttl: 60_000 });
    cache.set('a', 1);
    cache.set('b', 2);
    cache.delete('b');
    time.now += 60_000;
    cache.get('a');
    cache.has('a');
    cache.delete('a');
    cache.delete('b');
    cache.set('c', 3);
    expect(reports).toEqual([
      ['b', 2, 'deleted'],
      ['a', 1, 'expired'],
    ]);
  });

  test('reports an expired entry on the next call, whatever it asks for', () => {
    const calls: [string, (cache: Cache<string, unknown>) => unknown][] = [
      ['get of another key', (cache) => cache.get('other')],
      ['has of another key', (cache) => cache.has('other')],
      ['delete of another key', (cache) => cache.delete('other')],
      ['set of another key', (cache) => cache.set('other', 2)],
      ['set of the expired key', (cache) => cache.set('a', 2)],
      ['size', (cache) => cache.size],
      ['entries', (cache) => [...cache.entries()]],
    ];
    for (const [name, call] of calls) {
      const { cache, time, reports } = setUp({ ttl: 60_000 });
      cache.set('a', 1);
      time.now += 60_000;
      expect(reports, 'before any call').toEqual([]);
      call(cache);
      expect(reports, `after ${name}`).toEqual([['a', 1, 'expired']]);
    }
  });

  test('reports those that made room, least recently used first', () => {
    const { cache, reports } = setUp({ maxWeight: 10 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 3);
    cache.get('a');
    cache.set('d', 'd', 6);
    expect(reports).toEqual([
      ['b', 'b', 'capacity'],
      ['c', 'c', 'capacity'],
    ]);
  });

  test('reports the old value of a key whose new value is refused, but not the new one', () => {
    const { cache, reports } = setUp({ maxWeight: 10 });
    cache.set('a', 'old');
    cache.set('a', 'new', 11);
    cache.set('b', 'giant', 11);
    expect(reports).toEqual([['a', 'old', 'replaced']]);
  });

  test('reports nothing that is still there', () => {
    const { cache, time, reports } = setUp({ maxWeight: 3, ttl: 60_000 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    time.now += 59_999;
    cache.get('a');
    expect(cache.size).toBe(3);
    expect(reports).toEqual([]);
  });

  test('shows the finished cache to the one who gets the report', () => {
    const seen: unknown[] = [];
    const cache: Cache<string, number> = new Cache<string, number>({
      maxWeight: 4,
      onEvict: (key) => {
        const entries = [...cache.entries()];
        seen.push({ gone: key, size: cache.size, found: cache.has(key), entries });
      },
    });
    cache.set('a', 1, 2);
    cache.set('b', 2, 2);
    cache.set('c', 3, 4);
    const after = { size: 1, found: false, entries: [['c', 3]] };
    expect(seen, 'what onEvict sees when a and b make room for c').toEqual([
      { gone: 'a', ...after },
      { gone: 'b', ...after },
    ]);
  });

  test('lets the one who gets the report write to the cache', () => {
    let told = false;
    const cache: Cache<string, number> = new Cache<string, number>({
      maxWeight: 3,
      onEvict: (_, value) => {
        if (told) return;
        told = true;
        cache.set('first evicted', value);
      },
    });
    for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) cache.set(key, i);
    expect(
      [...cache.entries()],
      'after d took the place of a, and "first evicted" that of b',
    ).toEqual([
      ['c', 2],
      ['d', 3],
      ['first evicted', 0],
    ]);
  });

  test('keeps every rule of the brief over random calls', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const call: fc.Arbitrary<Call> = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(fc.constant('set'), key, fc.constantFrom(1, 1, 1, 2, 3, 9)),
      },
      { weight: 4, arbitrary: fc.tuple(fc.constantFrom('get', 'has', 'delete', 'get'), key) },
      { weight: 2, arbitrary: fc.tuple(fc.constant('wait'), fc.integer({ min: 1, max: 60 })) },
    );
    const seed = 20_260;
    const property = fc.property(fc.array(call, { maxLength: 25, size: 'max' }), (calls) => {
      expect(replay(calls, setUp(limits))).toEqual(replay(calls, slowModel(limits)));
    });
    const { failed, counterexample, numRuns } = fc.check(property, { seed, numRuns: 60 });
    if (!failed) return;
    const [calls = []] = counterexample ?? [];
    expect(
      replay(calls, setUp(limits)),
      `after ${calls.map((step) => step.join(' ')).join(', ')} (run ${numRuns} of seed ${seed})`,
    ).toEqual(replay(calls, slowModel(limits)));
  });
});

/** Of the random calls: `['set', key, weight]`, `['get', key]`, `['wait', milliseconds]` and so on. */
type Call = [name: string, argument: string | number, weight?: number];

const limits = { maxWeight: 4, ttl: 100 };

/** Runs the calls; the n-th one sets the value n. */
function replay(
  calls: readonly Call[],
  { cache, time, reports }: Pick<ReturnType<typeof slowModel>, 'cache' | 'time' | 'reports'>,
) {
  const results = calls.map(([name, argument, weight = 1], i) => {
    if (typeof argument === 'number') return void (time.now += argument);
    if (name === 'set') return cache.set(argument, i, weight);
    if (name === 'get') return cache.get(argument);
    if (name === 'has') return cache.has(argument);
    return cache.delete(argument);
  });
  return { results, size: cache.size, entries: [...cache.entries()], reports };
}

/** What the brief says, with an array that is searched from end to end on each call. */
function slowModel({ maxWeight, ttl }: { maxWeight: number; ttl: number }) {
  interface Row {
    key: string;
    value: unknown;
    weight: number;
    writtenAt: number;
    lastWrite: number;
    lastUse: number;
  }
  let rows: Row[] = [];
  let calls = 0;
  const time = { now: 0 };
  const reports: Report[] = [];
  const remove = (gone: Row[], reason: Reason): void => {
    rows = rows.filter((row) => !gone.includes(row));
    for (const row of gone) reports.push([row.key, row.value, reason]);
  };
  const begin = (): void => {
    calls += 1;
    const expired = rows.filter((row) => time.now - row.writtenAt >= ttl);
    expired.sort((a, b) => a.lastWrite - b.lastWrite);
    remove(expired, 'expired');
  };
  const find = (key: string): Row[] => rows.filter((row) => row.key === key);
  const byUse = (): Row[] => rows.toSorted((a, b) => a.lastUse - b.lastUse);
  const total = (): number => rows.reduce((sum, row) => sum + row.weight, 0);
  const cache = {
    get size(): number {
      begin();
      return rows.length;
    },
    set(key: string, value: unknown, weight: number): boolean {
      begin();
      remove(find(key), 'replaced');
      if (weight > maxWeight) return false;
      while (total() + weight > maxWeight) remove(byUse().slice(0, 1), 'capacity');
      rows.push({ key, value, weight, writtenAt: time.now, lastWrite: calls, lastUse: calls });
      return true;
    },
    get(key: string): unknown {
      begin();
      const [row] = find(key);
      if (row) row.lastUse = calls;
      return row?.value;
    },
    has(key: string): boolean {
      begin();
      return find(key).length > 0;
    },
    delete(key: string): boolean {
      begin();
      const found = find(key);
      remove(found, 'deleted');
      return found.length > 0;
    },
    entries(): Iterable<[string, unknown]> {
      begin();
      return byUse().map((row) => [row.key, row.value]);
    },
  };
  return { cache, time, reports };
}
