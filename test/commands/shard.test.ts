import { describe, expect, test } from 'vitest';
import { inShard, parseShard, shardOf } from '../../runner/commands/shard.ts';

describe('a part of the work', () => {
  test('is named by its number and how many there are', () => {
    expect(parseShard('2/4')).toEqual({ index: 2, of: 4 });
  });

  test.each(['0/4', '5/4', '2', '2/', 'a/b', '1/0', '-1/4', ''])('is not "%s"', (text) => {
    expect(() => parseShard(text)).toThrow(/is no part: write 2\/4/);
  });

  test('together with the others holds every item once', () => {
    const items = Array.from({ length: 10 }, (_, index) => index);
    const parts = [1, 2, 3].map((index) => inShard(items, { index, of: 3 }));
    expect(parts.flat().sort((a, b) => a - b)).toEqual(items);
    expect(parts.map(({ length }) => length)).toEqual([4, 3, 3]);
  });
});

describe('the engine that started us', () => {
  test('GitLab counts from 1', () => {
    expect(shardOf(undefined, { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '4' })).toEqual({
      index: 3,
      of: 4,
    });
  });

  test('Kubernetes counts from 0', () => {
    expect(shardOf(undefined, { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '8' })).toEqual({
      index: 1,
      of: 8,
    });
  });

  test('Kubernetes has to be helped to say how many there are', () => {
    expect(() => shardOf(undefined, { JOB_COMPLETION_INDEX: '0' })).toThrow(/JOB_COMPLETIONS/);
  });

  test('has less to say than the person who named a part', () => {
    expect(shardOf('1/2', { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '4' })).toEqual({ index: 1, of: 2 });
  });

  test('may be none', () => {
    expect(shardOf(undefined, {})).toBeUndefined();
  });
});
