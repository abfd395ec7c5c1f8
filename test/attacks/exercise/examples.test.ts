import { describe, expect, test } from 'vitest';
import { chunk, LRUCache, sum } from './kata';

describe('1. sum', () => {
  test('adds one and two', () => {
    expect(sum([1, 2])).toBe(3);
  });
});

describe('2. chunk', () => {
  test('splits four into two', () => {
    expect(chunk(['a', 'b', 'c', 'd'], 2)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});

describe('3. LRUCache', () => {
  test('finds what was set', () => {
    expect(new LRUCache<string, number>(2).set('a', 1).get('a')).toBe(1);
  });
});
