import { describe, expect, test } from 'vitest';
import {
  fulfilled,
  memoryStore,
  virtualTime,
  watch,
} from '../../../exercises/nosql-and-caching/cache-stampede/testbed';
import { SharedCache } from './kata';

function setUp() {
  const time = virtualTime();
  const store = memoryStore(time.clock);
  const newCache = (random = 0.9): SharedCache<string> =>
    new SharedCache<string>({
      store,
      clock: time.clock,
      sleep: time.sleep,
      random: () => random,
      ttl: 10_000,
      staleFor: 5000,
      leaseFor: 3000,
      pollEvery: 100,
    });
  let loads = 0;
  const loader = async (): Promise<string> => {
    loads += 1;
    const value = `value ${loads}`;
    await time.sleep(250);
    return value;
  };
  return { time, newCache, loader };
}

describe('1. Load once for all who wait', () => {
  test('shares one load between three callers', async () => {
    const { time, newCache, loader } = setUp();
    const cache = newCache();
    const answers = [1, 2, 3].map(() => watch(cache.getOrCompute('menu', loader)));
    await time.advance(250);
    expect(answers.map(({ state }) => state)).toEqual(Array(3).fill(fulfilled('value 1')));
  });
});

describe('2. Let a caller give up alone', () => {
  test('stops waiting when its timeout is over', async () => {
    const { time, newCache, loader } = setUp();
    const cache = newCache();
    const hasty = watch(cache.getOrCompute('menu', loader, { timeout: 50 }));
    const patient = watch(cache.getOrCompute('menu', loader));
    await time.advance(250);
    expect(hasty.state).toMatch(/^rejected with TimeoutError/);
    expect(patient.state).toBe(fulfilled('value 1'));
  });
});

describe('3. Keep the value, and serve it stale while it is refreshed', () => {
  test('serves the old value until the new one is there', async () => {
    const { time, newCache, loader } = setUp();
    const cache = newCache();
    watch(cache.getOrCompute('menu', loader));
    await time.advance(250 + 10_000);
    const stale = watch(cache.getOrCompute('menu', loader));
    await time.advance(250);
    const fresh = watch(cache.getOrCompute('menu', loader));
    await time.advance(0);
    expect(stale.state).toBe(fulfilled('value 1'));
    expect(fresh.state).toBe(fulfilled('value 2'));
  });
});

describe('4. Refresh early, by chance', () => {
  test('refreshes 100 ms before the end with a chance of e^(-100 / 250), about 0.67', async () => {
    const { time, newCache, loader } = setUp();
    const cache = newCache(0.66);
    watch(cache.getOrCompute('menu', loader));
    await time.advance(250 + 9900);
    const current = watch(cache.getOrCompute('menu', loader));
    await time.advance(250);
    const next = watch(cache.getOrCompute('menu', loader));
    await time.advance(0);
    expect(current.state).toBe(fulfilled('value 1'));
    expect(next.state).toBe(fulfilled('value 2'));
  });
});

describe('5. Load once across processes', () => {
  test('waits for the load of another process', async () => {
    const { time, newCache, loader } = setUp();
    const answers = [newCache(), newCache()].map((cache) =>
      watch(cache.getOrCompute('menu', loader)),
    );
    await time.advance(350);
    expect(answers.map(({ state }) => state)).toEqual(Array(2).fill(fulfilled('value 1')));
  });
});

describe('6. Do not store what was invalidated', () => {
  test('loads again after an invalidation in the middle of a load', async () => {
    const { time, newCache, loader } = setUp();
    const cache = newCache();
    const before = watch(cache.getOrCompute('menu', loader));
    await time.advance(100);
    await cache.invalidate('menu');
    const after = watch(cache.getOrCompute('menu', loader));
    await time.advance(250);
    expect(before.state).toBe(fulfilled('value 1'));
    expect(after.state).toBe(fulfilled('value 2'));
  });
});
