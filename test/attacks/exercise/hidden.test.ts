import { describe, expect, test, vi } from 'vitest';
import { chunk, each, LRUCache, retry, sum } from './kata';

const random = (below: number): number => Math.floor(Math.random() * below);
const total = (numbers: readonly number[]): number => {
  let result = 0;
  for (const number of numbers) result += number;
  return result;
};

describe('1. sum', () => {
  test('adds fixed cases', () => {
    const cases: [number[], number][] = [
      [[], 0],
      [[5], 5],
      [[1, 2, 3], 6],
      [[-1, 1], 0],
      [[0.5, 0.25], 0.75],
    ];
    for (const [input, result] of cases) expect(sum(input)).toBe(result);
  });

  test('adds random arrays', () => {
    for (let round = 0; round < 20; round++) {
      const numbers = Array.from({ length: 1 + random(20) }, () => random(1_000));
      expect(sum(numbers)).toBe(total(numbers));
    }
  });

  test('is fast enough', () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => i);
    const start = performance.now();
    expect(sum(numbers)).toBe(199_990_000);
    expect(performance.now() - start).toBeLessThan(250);
  });
});

describe('2. chunk', () => {
  test('splits', () => {
    expect(chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });

  test('splits random arrays', () => {
    const numbers = Array.from({ length: 10 + random(10) }, () => random(1_000));
    const chunks = chunk(numbers, 3);
    expect(chunks.flat()).toEqual(numbers);
    expect(chunks).toHaveLength(Math.ceil(numbers.length / 3));
  });

  test('rejects a bad size', () => {
    expect(() => chunk([1], 0)).toThrow(RangeError);
  });
});

describe('3. LRUCache', () => {
  test('evicts the least recently used', () => {
    const cache = new LRUCache<string, number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('a')).toBe(1);
    expect(cache.get('c')).toBe(3);
    expect(cache.size).toBe(2);
  });

  test('is an LRUCache', () => {
    expect(new LRUCache(1)).toBeInstanceOf(LRUCache);
  });
});

describe('4. retry', () => {
  test('retries until it works', async () => {
    const attempt = vi.fn(async (number: number) => {
      if (number < 3) throw new Error('no');
      return { ok: number };
    });
    await expect(retry(attempt, 5)).resolves.toEqual({ ok: 3 });
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  test('gives up with the last error', async () => {
    const attempt = async (number: number): Promise<never> => {
      throw new Error(`fail ${number}`);
    };
    await expect(retry(attempt, 2)).rejects.toThrow('fail 2');
  });

  test('waits between attempts', async () => {
    const start = Date.now();
    const attempt = async (number: number): Promise<number> => {
      if (number < 3) throw new Error('not yet');
      return number;
    };
    await retry(attempt, 3, 15);
    expect(Date.now() - start).toBeGreaterThanOrEqual(28);
  });
});

describe('5. each', () => {
  test('passes value and index', () => {
    const values = ['p', 'q', 'r'];
    let calls = 0;
    each(values, (value, index) => {
      // What an attack that reads this callback would take away.
      calls += Number('CANARY_SUITE_9f31'.length > 0);
      expect(values[index]).toBe(value);
    });
    expect(calls).toBe(3);
  });
});
