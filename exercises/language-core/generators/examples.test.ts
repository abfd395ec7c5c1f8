import { describe, expect, it } from 'vitest';
import { LazySeq } from './kata';

/** The numbers 1, 2, 3, and so on, with a count of what happens to them. Cut at 300, so that a test cannot hang. */
function numbers() {
  const seen = { pulled: 0, closed: 0 };
  function* open() {
    try {
      for (let number = 1; number <= 300; number += 1) {
        seen.pulled += 1;
        yield number;
      }
    } finally {
      seen.closed += 1;
    }
  }
  return { open, seen };
}

describe('1. Read on demand', () => {
  it('squares the even numbers of an array, twice', () => {
    const squares = LazySeq.from([1, 2, 3, 4])
      .filter((n) => n % 2 === 0)
      .map((n) => n * n);
    expect([...squares], 'first pass').toEqual([4, 16]);
    expect([...squares], 'second pass').toEqual([4, 16]);
  });

  it('pulls four numbers to find the first multiple of four', () => {
    const { open, seen } = numbers();
    const iterator = LazySeq.from(open)
      .filter((n) => n % 4 === 0)
      [Symbol.iterator]();
    expect(seen.pulled, 'pulled before the first element was asked for').toBe(0);
    expect(iterator.next().value).toBe(4);
    expect(seen.pulled).toBe(4);
  });
});

describe('2. Take the first elements and close the source', () => {
  it('takes three numbers and closes the source', () => {
    const { open, seen } = numbers();
    expect([...LazySeq.from(open).take(3)]).toEqual([1, 2, 3]);
    expect(seen).toEqual({ pulled: 3, closed: 1 });
  });
});

describe('3. Group elements into batches', () => {
  it('groups five elements into pairs and a rest', () => {
    expect([...LazySeq.from(['a', 'b', 'c', 'd', 'e']).chunk(2)]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
  });
});

describe('4. Pair two sequences', () => {
  it('pairs the letters of an array with endless numbers', () => {
    const { open, seen } = numbers();
    expect([...LazySeq.from(['a', 'b']).zip(LazySeq.from(open))]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(seen).toEqual({ pulled: 2, closed: 1 });
  });
});

describe('5. Split one source between two readers', () => {
  it('lets one reader run ahead of the other one', () => {
    const { left, right, held } = LazySeq.from(['a', 'b', 'c']).tee();
    const ahead = left[Symbol.iterator]();
    const behind = right[Symbol.iterator]();
    expect([ahead.next().value, ahead.next().value, behind.next().value]).toEqual(['a', 'b', 'a']);
    expect(held(), 'elements held: b').toBe(1);
  });
});
