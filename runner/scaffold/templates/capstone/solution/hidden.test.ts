import { describe, expect, test } from 'vitest';
import { Shortener } from './kata';
import { Store } from './store';

/** A shortener whose codes are given one after the other, and its store. */
function setUp(codes: string[]) {
  const store = new Store();
  const shortener = new Shortener(store, () => codes.shift() ?? 'last');
  return { store, shortener };
}

// TODO: Replace this sample by scenarios, staged so that a save shows how far the learner got.
describe('1. TODO: What the first task achieves', () => {
  test('knows only the codes that were put', () => {
    const store = new Store();
    store.put('a', 'https://example.org');
    expect([store.get('a'), store.get('b')]).toEqual(['https://example.org', undefined]);
  });

  test('gives no code twice', () => {
    const store = new Store();
    store.put('a', 'https://example.org/1');
    expect(() => store.put('a', 'https://example.org/2'), "put('a') again").toThrow(Error);
  });
});

describe('2. TODO: What the second task achieves', () => {
  test('stores an address under its code', () => {
    const { store, shortener } = setUp(['x1']);
    expect(shortener.shorten('https://example.org')).toBe('x1');
    expect(store.get('x1')).toBe('https://example.org');
  });
});

describe('3. TODO: What the third task achieves', () => {
  test('passes over codes that are taken', () => {
    const { shortener } = setUp(['x1', 'x1', 'x2']);
    expect(shortener.shorten('https://example.org/1')).toBe('x1');
    expect(shortener.shorten('https://example.org/2')).toBe('x2');
  });
});
