import { describe, expect, test } from 'vitest';
import {
  fulfilled,
  memoryStore,
  pending,
  rejected,
  settle,
  virtualTime,
  watch,
} from '../../../exercises/nosql-and-caching/cache-stampede/testbed';
import { SharedCache, type SharedCacheOptions, type Store } from './kata';

const ttl = 60_000;
const staleFor = 30_000;
const leaseFor = 10_000;
const pollEvery = 500;

/** A store, a time and a chance that all caches share which are made here: one cache, one process. */
function setUp() {
  const time = virtualTime();
  const store = memoryStore(time.clock);
  const chance = { next: 0.999999 };
  const newCache = (options: Partial<SharedCacheOptions> = {}): SharedCache<unknown> =>
    new SharedCache<unknown>({
      store,
      clock: time.clock,
      sleep: time.sleep,
      random: () => chance.next,
      ttl,
      staleFor,
      leaseFor,
      pollEvery,
      ...options,
    });
  /** Loads a value in so many milliseconds, and waits until it is stored. */
  async function warm(key: string, value: unknown, cost = 0): Promise<SharedCache<unknown>> {
    const cache = newCache();
    const answer = watch(cache.getOrCompute(key, () => time.sleep(cost).then(() => value)));
    await time.advance(cost);
    expect(answer.state, `the first load of ${key}`).toBe(fulfilled(value));
    return cache;
  }
  return { time, store, chance, newCache, warm };
}

/** A loader that counts its calls, and settles them when the test says so. */
function manualLoader() {
  const calls: PromiseWithResolvers<unknown>[] = [];
  const call = (number: number): PromiseWithResolvers<unknown> => {
    const found = calls[number - 1];
    expect(
      found,
      `call ${number} of the loader, which was called ${calls.length} times`,
    ).toBeDefined();
    return found ?? Promise.withResolvers();
  };
  return {
    load: (): Promise<unknown> => {
      const next = Promise.withResolvers<unknown>();
      calls.push(next);
      return next.promise;
    },
    get calls(): number {
      return calls.length;
    },
    async resolve(number: number, value: unknown): Promise<void> {
      call(number).resolve(value);
      await settle();
    },
    async reject(number: number, error: Error): Promise<void> {
      call(number).reject(error);
      await settle();
    },
  };
}

/** The same store, for a process whose requests for a lease arrive only when `arrival` resolves. */
function delayed(store: Store, arrival: Promise<unknown>): Store {
  return {
    ...store,
    async setIfAbsent(...request) {
      await arrival;
      return store.setIfAbsent(...request);
    },
  };
}

describe('1. Load once for all who wait', () => {
  test('loads once when 500 callers miss together', async () => {
    const cache = setUp().newCache();
    const loader = manualLoader();
    const answers = Array.from({ length: 500 }, () =>
      watch(cache.getOrCompute('hot', loader.load)),
    );
    await settle();
    expect(loader.calls, 'loads for 500 callers').toBe(1);
    await loader.resolve(1, 'value');
    expect(
      answers.filter(({ state }) => state === fulfilled('value')).length,
      'callers who got the value',
    ).toBe(500);
  });

  test('lets a caller join who comes while the load is running', async () => {
    const { newCache, time } = setUp();
    const cache = newCache();
    const loader = manualLoader();
    const first = watch(cache.getOrCompute('hot', loader.load));
    await time.advance(1000);
    const second = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(loader.calls, 'loads').toBe(1);
    await loader.resolve(1, 'value');
    expect([first.state, second.state]).toEqual([fulfilled('value'), fulfilled('value')]);
  });

  test('loads different keys side by side', async () => {
    const cache = setUp().newCache();
    const [loaderA, loaderB] = [manualLoader(), manualLoader()];
    const a = watch(cache.getOrCompute('a', loaderA.load));
    const b = watch(cache.getOrCompute('b', loaderB.load));
    await settle();
    expect([loaderA.calls, loaderB.calls], 'loads of a and of b').toEqual([1, 1]);
    await loaderB.resolve(1, 'value of b');
    expect([a.state, b.state], 'a and b, when only b is loaded').toEqual([
      pending,
      fulfilled('value of b'),
    ]);
    await loaderA.resolve(1, 'value of a');
    expect(a.state).toBe(fulfilled('value of a'));
  });

  test('rejects all who wait when the load fails', async () => {
    const cache = setUp().newCache();
    const loader = manualLoader();
    const answers = Array.from({ length: 3 }, () => watch(cache.getOrCompute('hot', loader.load)));
    await settle();
    await loader.reject(1, new RangeError('database down'));
    const expected = rejected(new RangeError('database down'));
    expect(answers.map(({ state }) => state)).toEqual([expected, expected, expected]);
  });

  test('does not remember a failure', async () => {
    const cache = setUp().newCache();
    const loader = manualLoader();
    const first = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await loader.reject(1, new Error('database down'));
    expect(first.state).toMatch(/^rejected/);
    const second = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(loader.calls, 'loads, with one call after the failure').toBe(2);
    await loader.resolve(2, 'value');
    expect(second.state, 'the call after the failure').toBe(fulfilled('value'));
  });
});

describe('2. Let a caller give up alone', () => {
  test('rejects with a TimeoutError when the timeout is over, not before', async () => {
    const { newCache, time } = setUp();
    const answer = watch(newCache().getOrCompute('hot', manualLoader().load, { timeout: 2000 }));
    await time.advance(1999);
    expect(answer.state, 'after 1999 of 2000 ms').toBe(pending);
    await time.advance(1);
    expect(answer.state, 'after 2000 of 2000 ms').toMatch(/^rejected with TimeoutError/);
  });

  test('lets the others wait on when the first caller gives up', async () => {
    const { newCache, time } = setUp();
    const cache = newCache();
    const loader = manualLoader();
    const hasty = watch(cache.getOrCompute('hot', loader.load, { timeout: 1000 }));
    const patient = watch(cache.getOrCompute('hot', loader.load));
    const lessPatient = watch(cache.getOrCompute('hot', loader.load, { timeout: 3000 }));
    await time.advance(1000);
    expect(hasty.state, 'the one with 1000 ms').toMatch(/^rejected with TimeoutError/);
    expect([patient.state, lessPatient.state], 'the others, after 1000 ms').toEqual([
      pending,
      pending,
    ]);
    await time.advance(1000);
    await loader.resolve(1, 'value');
    expect([patient.state, lessPatient.state]).toEqual([fulfilled('value'), fulfilled('value')]);
  });

  test('holds the timeout of a caller who joins a running load', async () => {
    const { newCache, time } = setUp();
    const cache = newCache();
    const loader = manualLoader();
    const patient = watch(cache.getOrCompute('hot', loader.load));
    await time.advance(1000);
    const hasty = watch(cache.getOrCompute('hot', loader.load, { timeout: 1000 }));
    await time.advance(1000);
    expect(hasty.state).toMatch(/^rejected with TimeoutError/);
    expect(patient.state).toBe(pending);
  });

  test('goes on loading when everybody has given up', async () => {
    const { newCache, time } = setUp();
    const cache = newCache();
    const loader = manualLoader();
    const hasty = watch(cache.getOrCompute('hot', loader.load, { timeout: 1000 }));
    await time.advance(1000);
    expect(hasty.state).toMatch(/^rejected/);
    const next = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(loader.calls, 'loads, with a call after the timeout').toBe(1);
    await loader.resolve(1, 'value');
    expect(next.state).toBe(fulfilled('value'));
  });

  test('keeps an answer that came in time', async () => {
    const { newCache, time } = setUp();
    const loader = manualLoader();
    const answer = watch(newCache().getOrCompute('hot', loader.load, { timeout: 1000 }));
    await time.advance(999);
    await loader.resolve(1, 'value');
    await time.advance(1000);
    expect(answer.state).toBe(fulfilled('value'));
  });
});

describe('3. Keep the value, and serve it stale while it is refreshed', () => {
  test('serves a fresh value without a load', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'value');
    const loader = manualLoader();
    await time.advance(ttl - 1);
    const answer = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(answer.state, `after ${ttl - 1} of ${ttl} ms`).toBe(fulfilled('value'));
    expect(loader.calls, 'loads').toBe(0);
  });

  test('finds what another process has stored', async () => {
    const { warm, newCache } = setUp();
    await warm('hot', 'value');
    const loader = manualLoader();
    const answer = watch(newCache().getOrCompute('hot', loader.load));
    await settle();
    expect(answer.state).toBe(fulfilled('value'));
    expect(loader.calls, 'loads').toBe(0);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['false', false],
    ['zero', 0],
    ['an empty text', ''],
    ['an object', { name: 'Amara', tags: ['new'] }],
  ])('keeps %s like any other value', async (_, value) => {
    const { warm } = setUp();
    const cache = await warm('hot', value);
    const loader = manualLoader();
    const answer = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(answer.state).toBe(fulfilled(value));
    expect(loader.calls, 'loads').toBe(0);
  });

  test('is fresh from the end of the load, not from its beginning', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'value', 5000);
    const loader = manualLoader();
    await time.advance(ttl - 1000);
    const answer = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(answer.state).toBe(fulfilled('value'));
    expect(loader.calls, 'loads, 59 s after a load of 5 s ended').toBe(0);
  });

  test('serves a stale value at once, and the new one as soon as it is there', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'old');
    const loader = manualLoader();
    await time.advance(ttl);
    const stale = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(stale.state, `after ${ttl} ms, while a new value is being loaded`).toBe(
      fulfilled('old'),
    );
    expect(loader.calls, 'loads').toBe(1);
    await loader.resolve(1, 'new');
    const fresh = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(fresh.state, 'after the refresh').toBe(fulfilled('new'));
    expect(loader.calls, 'loads after the refresh').toBe(1);
  });

  test('refreshes once for 100 callers who get a stale value', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'old');
    const loader = manualLoader();
    await time.advance(ttl);
    const answers = Array.from({ length: 100 }, () =>
      watch(cache.getOrCompute('hot', loader.load)),
    );
    await settle();
    expect(answers.filter(({ state }) => state === fulfilled('old')).length, 'stale answers').toBe(
      100,
    );
    expect(loader.calls, 'loads').toBe(1);
  });

  test('goes on with the stale value when a refresh fails, and tries again on the next call', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'old');
    const loader = manualLoader();
    await time.advance(ttl);
    const first = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await loader.reject(1, new Error('database down'));
    expect(first.state, 'the call that started the refresh').toBe(fulfilled('old'));
    const second = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(second.state, 'the call after the failed refresh').toBe(fulfilled('old'));
    expect(loader.calls, 'loads').toBe(2);
  });

  test('serves a stale value to the last millisecond of its limit', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'old');
    await time.advance(ttl + staleFor - 1);
    const answer = watch(cache.getOrCompute('hot', manualLoader().load));
    await settle();
    expect(answer.state, `${staleFor - 1} ms after it was fresh`).toBe(fulfilled('old'));
  });

  test('waits for the load when the limit for stale values is over', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'old');
    const loader = manualLoader();
    await time.advance(ttl + staleFor);
    const answer = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(answer.state, `${staleFor} ms after it was fresh`).toBe(pending);
    await loader.resolve(1, 'new');
    expect(answer.state, 'after the load').toBe(fulfilled('new'));
  });

  test('serves nothing stale when staleFor is 0', async () => {
    const { newCache, time } = setUp();
    const cache = newCache({ staleFor: 0 });
    const loader = manualLoader();
    const first = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await loader.resolve(1, 'old');
    expect(first.state).toBe(fulfilled('old'));
    await time.advance(ttl);
    const second = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(second.state, `after ${ttl} ms`).toBe(pending);
    expect(loader.calls, 'loads').toBe(2);
  });
});

describe('4. Refresh early, by chance', () => {
  // The chance is e^(-left / cost).
  test.each([
    { cost: 2000, left: 1000, likely: 0.6, unlikely: 0.61 },
    { cost: 2000, left: 4000, likely: 0.13, unlikely: 0.14 },
    { cost: 200, left: 1000, likely: 0.006, unlikely: 0.007 },
    { cost: 200, left: 100, likely: 0.6, unlikely: 0.61 },
    { cost: 200, left: 1, likely: 0.99, unlikely: 0.996 },
  ])(
    'after a load of $cost ms, with $left ms left, refreshes when random() is $likely and not when it is $unlikely',
    async ({ cost, left, likely, unlikely }) => {
      const { warm, time, chance } = setUp();
      const cache = await warm('hot', 'old', cost);
      const loader = manualLoader();
      await time.advance(ttl - left);
      chance.next = unlikely;
      watch(cache.getOrCompute('hot', loader.load));
      await settle();
      expect(loader.calls, `loads when random() is ${unlikely}`).toBe(0);
      chance.next = likely;
      watch(cache.getOrCompute('hot', loader.load));
      await settle();
      expect(loader.calls, `loads when random() is ${likely}`).toBe(1);
    },
  );

  test('gives the caller the current value, and the next one the refreshed value', async () => {
    const { warm, time, chance } = setUp();
    const cache = await warm('hot', 'old', 2000);
    const loader = manualLoader();
    await time.advance(ttl - 1000);
    chance.next = 0.1;
    const current = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(current.state, 'while it is being refreshed').toBe(fulfilled('old'));
    await loader.resolve(1, 'new');
    chance.next = 0.999999;
    const next = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(next.state).toBe(fulfilled('new'));
  });

  test('refreshes once while callers with luck keep coming', async () => {
    const { warm, time, chance } = setUp();
    const cache = await warm('hot', 'old', 2000);
    const loader = manualLoader();
    await time.advance(ttl - 1000);
    chance.next = 0.1;
    for (let i = 0; i < 20; i += 1) {
      watch(cache.getOrCompute('hot', loader.load));
      await settle();
    }
    await settle();
    expect(loader.calls, 'loads for 20 callers').toBe(1);
  });

  test('draws anew on each call', async () => {
    const { warm, time, chance } = setUp();
    const cache = await warm('hot', 'old', 2000);
    const loader = manualLoader();
    await time.advance(ttl - 1000);
    const loads: number[] = [];
    for (const next of [0.9, 0.8, 0.7, 0.5]) {
      chance.next = next;
      watch(cache.getOrCompute('hot', loader.load));
      await settle();
      loads.push(loader.calls);
    }
    expect(loads, 'loads after random() gave 0.9, 0.8, 0.7 and 0.5').toEqual([0, 0, 0, 1]);
  });

  test('lets processes refresh at different moments, though they share the value and its cost', async () => {
    const { warm, time, newCache } = setUp();
    await warm('hot', 'old', 2000);
    const [unlucky, lucky] = [newCache({ random: () => 0.9 }), newCache({ random: () => 0.1 })];
    const loader = manualLoader();
    await time.advance(ttl - 1000);
    watch(unlucky.getOrCompute('hot', loader.load));
    await settle();
    expect(loader.calls, 'loads by the process whose random() is 0.9').toBe(0);
    watch(lucky.getOrCompute('hot', loader.load));
    await settle();
    expect(loader.calls, 'loads by the process whose random() is 0.1').toBe(1);
  });
});

describe('5. Load once across processes', () => {
  test('loads once when 50 callers in each of two processes miss together', async () => {
    const { newCache, time } = setUp();
    const caches = [newCache(), newCache()];
    const loader = manualLoader();
    const answers = caches.flatMap((cache) =>
      Array.from({ length: 50 }, () => watch(cache.getOrCompute('hot', loader.load))),
    );
    await time.advance(3000);
    expect(loader.calls, 'loads').toBe(1);
    await loader.resolve(1, 'value');
    await time.advance(pollEvery);
    expect(
      answers.filter(({ state }) => state === fulfilled('value')).length,
      `callers who have the value ${pollEvery} ms after the load`,
    ).toBe(100);
    expect(loader.calls, 'loads').toBe(1);
  });

  test('loads different keys in different processes side by side', async () => {
    const { newCache } = setUp();
    const [loaderA, loaderB] = [manualLoader(), manualLoader()];
    watch(newCache().getOrCompute('a', loaderA.load));
    watch(newCache().getOrCompute('b', loaderB.load));
    await settle();
    expect([loaderA.calls, loaderB.calls], 'loads of a and of b').toEqual([1, 1]);
  });

  test('refreshes a stale value in one process only', async () => {
    const { warm, newCache, time } = setUp();
    const first = await warm('hot', 'old');
    const second = newCache();
    const [firstLoader, secondLoader] = [manualLoader(), manualLoader()];
    await time.advance(ttl);
    watch(first.getOrCompute('hot', firstLoader.load));
    await settle();
    const stale = watch(second.getOrCompute('hot', secondLoader.load));
    await time.advance(2000);
    expect(stale.state, 'the other process').toBe(fulfilled('old'));
    await firstLoader.resolve(1, 'new');
    await time.advance(2 * pollEvery);
    expect([firstLoader.calls, secondLoader.calls], 'loads in the two processes').toEqual([1, 0]);
  });

  test('takes over at once when the load of the other process has failed', async () => {
    const { newCache, time } = setUp();
    const [failing, working] = [manualLoader(), manualLoader()];
    const first = watch(newCache().getOrCompute('hot', failing.load));
    await settle();
    const second = watch(newCache().getOrCompute('hot', working.load));
    await time.advance(1000);
    await failing.reject(1, new Error('database down'));
    expect(first.state, 'the caller whose load has failed').toMatch(/^rejected/);
    await time.advance(pollEvery);
    expect(working.calls, `loads by the other process, ${pollEvery} ms later`).toBe(1);
    await working.resolve(1, 'value');
    expect(second.state).toBe(fulfilled('value'));
  });

  test('takes over from a process that crashed, when its lease has ended', async () => {
    const { newCache, time } = setUp();
    watch(newCache().getOrCompute('hot', manualLoader().load));
    await settle();
    const loader = manualLoader();
    const answer = watch(newCache().getOrCompute('hot', loader.load));
    await time.advance(leaseFor - 1);
    expect(loader.calls, `loads after ${leaseFor - 1} of ${leaseFor} ms`).toBe(0);
    await time.advance(1 + pollEvery);
    expect(loader.calls, `loads ${pollEvery} ms after the lease ended`).toBe(1);
    await loader.resolve(1, 'value');
    expect(answer.state).toBe(fulfilled('value'));
  });

  test('does not store the value of a process that has lost its lease', async () => {
    const { newCache, time } = setUp();
    const [slow, quick, other] = [manualLoader(), manualLoader(), manualLoader()];
    const slowAnswer = watch(newCache().getOrCompute('hot', slow.load));
    await settle();
    const quickCache = newCache();
    watch(quickCache.getOrCompute('hot', quick.load));
    await time.advance(leaseFor + pollEvery);
    await quick.resolve(1, 'newer');
    await slow.resolve(1, 'older');
    expect(slowAnswer.state, 'the caller who waited for the slow load').toBe(fulfilled('older'));
    const later = watch(newCache().getOrCompute('hot', other.load));
    await settle();
    expect(later.state, 'a later caller').toBe(fulfilled('newer'));
  });

  test.each(['fails', 'ends well'])(
    'leaves the lease of its successor alone when a late load %s',
    async (end) => {
      const { newCache, time } = setUp();
      const [slow, quick, third] = [manualLoader(), manualLoader(), manualLoader()];
      watch(newCache().getOrCompute('hot', slow.load));
      await settle();
      watch(newCache().getOrCompute('hot', quick.load));
      await time.advance(leaseFor + pollEvery);
      expect(quick.calls, 'loads by the successor').toBe(1);
      if (end === 'fails') await slow.reject(1, new Error('too late'));
      else await slow.resolve(1, 'older');
      watch(newCache().getOrCompute('hot', third.load));
      await time.advance(2 * pollEvery);
      expect(third.calls, 'loads by a third process, while the successor is loading').toBe(0);
    },
  );

  test('looks again when it gets the lease, since the value may have come meanwhile', async () => {
    const { newCache, store } = setUp();
    const network = Promise.withResolvers<undefined>();
    const far = newCache({ store: delayed(store, network.promise) });
    const [nearLoader, farLoader] = [manualLoader(), manualLoader()];
    const answer = watch(far.getOrCompute('hot', farLoader.load));
    await settle();
    watch(newCache().getOrCompute('hot', nearLoader.load));
    await settle();
    await nearLoader.resolve(1, 'value');
    network.resolve(undefined);
    await settle();
    expect(farLoader.calls, 'loads by the process that came second to the lease').toBe(0);
    expect(answer.state).toBe(fulfilled('value'));
  });

  test('gives the lease back when it finds that there is nothing to load', async () => {
    const { newCache, store, time, warm } = setUp();
    await warm('hot', 'old');
    await time.advance(ttl);
    const network = Promise.withResolvers<undefined>();
    const leaseFor = 10 * ttl;
    const near = newCache({ leaseFor });
    const far = newCache({ leaseFor, store: delayed(store, network.promise) });
    const [nearLoader, farLoader] = [manualLoader(), manualLoader()];
    watch(far.getOrCompute('hot', farLoader.load));
    watch(near.getOrCompute('hot', nearLoader.load));
    await settle();
    await nearLoader.resolve(1, 'new');
    network.resolve(undefined);
    await settle();
    expect(farLoader.calls, 'loads of what the other process has refreshed meanwhile').toBe(0);
    await time.advance(ttl);
    watch(near.getOrCompute('hot', nearLoader.load));
    await settle();
    expect(nearLoader.calls, 'loads, when the value is stale again').toBe(2);
  });
});

describe('6. Do not store what was invalidated', () => {
  test('loads anew after an invalidation', async () => {
    const { warm } = setUp();
    const cache = await warm('hot', 'old');
    const loader = manualLoader();
    await cache.invalidate('hot');
    const answer = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(answer.state).toBe(pending);
    await loader.resolve(1, 'new');
    expect(answer.state).toBe(fulfilled('new'));
  });

  test('leaves other keys alone', async () => {
    const { warm, newCache } = setUp();
    await warm('a', 1);
    const loader = manualLoader();
    const cache = newCache();
    await cache.invalidate('b');
    const answer = watch(cache.getOrCompute('a', loader.load));
    await settle();
    expect(answer.state).toBe(fulfilled(1));
  });

  test('gives the value of a load to those who waited before the invalidation, but does not store it', async () => {
    const { newCache } = setUp();
    const cache = newCache();
    const loader = manualLoader();
    const before = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await cache.invalidate('hot');
    await loader.resolve(1, 'old');
    expect(before.state, 'who asked before').toBe(fulfilled('old'));
    const after = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(after.state, 'who asked after').toBe(pending);
    expect(loader.calls, 'loads').toBe(2);
  });

  test('does not let a caller after the invalidation join a load from before', async () => {
    const { newCache } = setUp();
    const cache = newCache();
    const loader = manualLoader();
    watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await cache.invalidate('hot');
    const after = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(loader.calls, 'loads').toBe(2);
    await loader.resolve(1, 'old');
    expect(after.state, 'when the load from before has ended').toBe(pending);
    await loader.resolve(2, 'new');
    expect(after.state).toBe(fulfilled('new'));
    const later = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(later.state, 'a later caller').toBe(fulfilled('new'));
  });

  test('still loads once for all who come after the invalidation', async () => {
    const { newCache } = setUp();
    const cache = newCache();
    const loader = manualLoader();
    watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await cache.invalidate('hot');
    watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await loader.resolve(1, 'old');
    const last = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(loader.calls, 'loads: one before, one after').toBe(2);
    await loader.resolve(2, 'new');
    expect(last.state).toBe(fulfilled('new'));
  });

  test('does not store a load that another process has invalidated', async () => {
    const { newCache } = setUp();
    const [cache, other] = [newCache(), newCache()];
    const loader = manualLoader();
    watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await other.invalidate('hot');
    await loader.resolve(1, 'old');
    const after = watch(other.getOrCompute('hot', loader.load));
    await settle();
    expect(after.state).toBe(pending);
    expect(loader.calls, 'loads').toBe(2);
  });

  test('does not store a refresh that began before the invalidation', async () => {
    const { warm, time } = setUp();
    const cache = await warm('hot', 'old');
    const loader = manualLoader();
    await time.advance(ttl);
    watch(cache.getOrCompute('hot', loader.load));
    await settle();
    await cache.invalidate('hot');
    await loader.resolve(1, 'also old');
    const after = watch(cache.getOrCompute('hot', loader.load));
    await settle();
    expect(after.state).toBe(pending);
  });
});
