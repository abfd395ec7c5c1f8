import { describe, expect, test } from 'vitest';
import { sampleInTurn } from '../../runner/bench/sampling.ts';
import { quantile, summarize } from '../../runner/bench/statistics.ts';

const oneToTen = [7, 3, 10, 1, 9, 2, 8, 4, 6, 5];

describe('quantiles', () => {
  test('are samples that were really taken, by nearest rank', () => {
    expect(quantile(oneToTen, 0.5)).toBe(5);
    expect(quantile(oneToTen, 0.9)).toBe(9);
    expect(quantile(oneToTen, 1)).toBe(10);
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
  });

  test('of a single sample are that sample', () => {
    expect(summarize([42])).toEqual({ samples: 1, p50: 42, p90: 42, max: 42 });
  });

  test('leave the samples in the order in which they were', () => {
    const samples = [2, 1];
    quantile(samples, 0.5);
    expect(samples).toEqual([2, 1]);
  });

  test('of nothing do not exist', () => {
    expect(() => summarize([])).toThrow(RangeError);
  });
});

describe('sampling', () => {
  test('takes one sample of each series a round, and drops the first rounds', async () => {
    const turns: string[] = [];
    const take = (series: string) => (turn: number) => {
      turns.push(`${series}${turn}`);
      return Promise.resolve(turn);
    };
    const taken = await sampleInTurn({ a: take('a'), b: take('b') }, { samples: 2, dropped: 1 });
    expect(turns).toEqual(['a1', 'b2', 'a3', 'b4', 'a5', 'b6']);
    expect(taken).toEqual({ a: [3, 5], b: [4, 6] });
  });
});
