import { describe, expect, test } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../runner/catalog/nearest.ts';

describe('the distance between two words', () => {
  test.each([
    ['same', 'same', 0],
    ['', 'four', 4],
    ['insert', 'inserts', 1],
    ['delete', 'delte', 1],
    ['replace', 'reqlace', 1],
    ['neighbors', 'neihgbors', 1],
    ['kitten', 'sitting', 3],
  ])('from "%s" to "%s" is %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});

describe('the nearest word', () => {
  const slugs = ['generators', 'lru-ttl-cache', 'cache-aside', 'rbac', 'abac'];

  test('is the one that fewest slips lead to', () => {
    expect(nearest('genreators', slugs)).toBe('generators');
    expect(nearest('lru-tll-cahce', slugs)).toBe('lru-ttl-cache');
  });

  test('is the first of several that are equally near', () => {
    expect(nearest('xbac', slugs)).toBe('rbac');
  });

  test('is none when all are far away', () => {
    expect(nearest('docker', slugs)).toBeUndefined();
    expect(didYouMean('docker', slugs)).toBe('');
  });

  test('is offered as a question', () => {
    expect(didYouMean('generator', slugs)).toBe(' Did you mean "generators"?');
  });
});
