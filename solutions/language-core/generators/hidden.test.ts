import { describe, expect, it } from 'vitest';
import { LazySeq } from './kata';

/** An "endless" source ends here, so that a solution which reads it to the end fails instead of hanging. */
const ENDLESS = 300;

/** Opens iterators over 1, 2, 3, and so on, and counts what a pipeline does with them. */
function numbers(length = ENDLESS) {
  const seen = { opened: 0, pulled: 0, closed: 0 };
  function* open(): Generator<number, void> {
    seen.opened += 1;
    try {
      for (let number = 1; number <= length; number += 1) {
        seen.pulled += 1;
        yield number;
      }
    } finally {
      seen.closed += 1;
    }
  }
  return { open, seen };
}

/** Reads `count` elements in a `for...of` loop, then leaves it. */
function readAndLeave<T>(sequence: Iterable<T>, count: number): T[] {
  const received: T[] = [];
  for (const element of sequence) {
    received.push(element);
    if (received.length === count) break;
  }
  return received;
}

/** Asks for `count` elements and does not leave. */
function pull<T>(iterator: Iterator<T>, count: number): T[] {
  return Array.from({ length: count }, () => iterator.next().value as T);
}

function fail(): never {
  throw new Error('cannot parse this line');
}

const isEven = (n: number) => n % 2 === 0;

describe('1. Read on demand', () => {
  it('delivers the elements of an array in order', () => {
    expect([...LazySeq.from([3, 1, 2])]).toEqual([3, 1, 2]);
  });

  it('delivers what the opened iterator delivers', () => {
    expect([...LazySeq.from(numbers(4).open)]).toEqual([1, 2, 3, 4]);
  });

  it('delivers the result of fn for each element', () => {
    expect([...LazySeq.from([1, 2, 3]).map((n) => `#${n}`)]).toEqual(['#1', '#2', '#3']);
  });

  it('delivers the elements for which keep answers true', () => {
    expect([...LazySeq.from([1, 2, 3, 4, 6]).filter(isEven)]).toEqual([2, 4, 6]);
  });

  it('treats undefined, null, 0, and false as ordinary elements', () => {
    const odd = [undefined, null, 0, false, ''];
    const sequence = LazySeq.from(odd)
      .filter(() => true)
      .map((element) => element);
    expect([...sequence]).toEqual(odd);
  });

  it('delivers nothing from an empty source', () => {
    const sequence = LazySeq.from<number>([])
      .filter(isEven)
      .map((n) => n + 1);
    expect([...sequence]).toEqual([]);
  });

  it('pulls nothing while a pipeline is built', () => {
    const { open, seen } = numbers();
    LazySeq.from(open)
      .filter(isEven)
      .map((n) => n * 2);
    expect(seen.pulled, 'elements pulled although nobody iterates').toBe(0);
  });

  it('pulls one element for each one that map delivers', () => {
    const { open, seen } = numbers();
    const iterator = LazySeq.from(open)
      .map((n) => n * 10)
      [Symbol.iterator]();
    expect(pull(iterator, 1)).toEqual([10]);
    expect(seen.pulled, 'elements pulled for 1 element').toBe(1);
    expect(pull(iterator, 2)).toEqual([20, 30]);
    expect(seen.pulled, 'elements pulled for 3 elements').toBe(3);
  });

  it('pulls no further than the element that filter keeps', () => {
    const { open, seen } = numbers();
    const iterator = LazySeq.from(open)
      .filter((n) => n % 5 === 0)
      [Symbol.iterator]();
    expect(pull(iterator, 2)).toEqual([5, 10]);
    expect(seen.pulled, 'elements pulled to find 5 and 10').toBe(10);
  });

  it('calls back once for each element that it pulls', () => {
    const calls: string[] = [];
    const sequence = LazySeq.from([1, 2, 3])
      .filter((n) => calls.push(`filter ${n}`) > 0 && n !== 2)
      .map((n) => calls.push(`map ${n}`));
    expect([...sequence]).toHaveLength(2);
    expect(calls).toEqual(['filter 1', 'map 1', 'filter 2', 'filter 3', 'map 3']);
  });

  it('starts again at each iteration over an array', () => {
    const sequence = LazySeq.from([1, 2, 3, 4])
      .filter(isEven)
      .map((n) => n * 10);
    expect([...sequence], 'first pass').toEqual([20, 40]);
    expect([...sequence], 'second pass').toEqual([20, 40]);
  });

  it('opens the source anew at each iteration over a function', () => {
    const { open, seen } = numbers(3);
    const sequence = LazySeq.from(open).map((n) => n * 10);
    expect([...sequence], 'first pass').toEqual([10, 20, 30]);
    expect([...sequence], 'second pass').toEqual([10, 20, 30]);
    expect(seen.opened, 'iterators opened for two passes').toBe(2);
  });

  it('runs two iterations of one sequence side by side', () => {
    const sequence = LazySeq.from([1, 2, 3]).map((n) => n * 10);
    const first = sequence[Symbol.iterator]();
    const second = sequence[Symbol.iterator]();
    expect(pull(first, 2), 'the first iteration').toEqual([10, 20]);
    expect(pull(second, 1), 'the second iteration').toEqual([10]);
    expect(pull(first, 1), 'the first iteration, resumed').toEqual([30]);
  });

  it('keeps no copy of what a generator object delivered', () => {
    const sequence = LazySeq.from(numbers(3).open()).map((n) => n * 10);
    expect([...sequence], 'first pass').toEqual([10, 20, 30]);
    expect([...sequence], 'second pass').toEqual([]);
  });

  it('leaves the sequence as it was when a stage is added', () => {
    const sequence = LazySeq.from([1, 2, 3, 4]);
    sequence.filter(isEven);
    sequence.map((n) => n * 10);
    expect([...sequence]).toEqual([1, 2, 3, 4]);
  });
});

describe('2. Take the first elements and close the source', () => {
  it('delivers the first elements of an endless source', () => {
    expect([...LazySeq.from(numbers().open).take(4)]).toEqual([1, 2, 3, 4]);
  });

  it('delivers all elements when there are fewer than count', () => {
    expect([...LazySeq.from([1, 2]).take(5)]).toEqual([1, 2]);
  });

  it('pulls exactly count elements', () => {
    const { open, seen } = numbers();
    expect([...LazySeq.from(open).take(3)]).toEqual([1, 2, 3]);
    expect(seen.pulled, 'elements pulled by take(3)').toBe(3);
  });

  it('pulls nothing for take(0)', () => {
    const { open, seen } = numbers();
    expect([...LazySeq.from(open).take(0)]).toEqual([]);
    expect(seen.pulled).toBe(0);
  });

  it('has closed the source when its reader sees the end', () => {
    const { open, seen } = numbers();
    expect([...LazySeq.from(open).map(String).take(3)]).toEqual(['1', '2', '3']);
    expect(seen.closed, 'times that the source was closed').toBe(1);
  });

  it('counts from the start again at each iteration', () => {
    const sequence = LazySeq.from([1, 2, 3]).take(2);
    expect([...sequence], 'first pass').toEqual([1, 2]);
    expect([...sequence], 'second pass').toEqual([1, 2]);
  });

  it('takes from a sequence that was cut already', () => {
    const { open, seen } = numbers();
    expect([...LazySeq.from(open).take(5).take(2)]).toEqual([1, 2]);
    expect(seen, 'what happened to the source').toEqual({ opened: 1, pulled: 2, closed: 1 });
  });

  it.each([
    { stage: 'from', build: (s: LazySeq<number>): Iterable<unknown> => s },
    { stage: 'map', build: (s: LazySeq<number>): Iterable<unknown> => s.map(String) },
    { stage: 'filter', build: (s: LazySeq<number>): Iterable<unknown> => s.filter(isEven) },
    { stage: 'take', build: (s: LazySeq<number>): Iterable<unknown> => s.take(9) },
    {
      stage: 'a chain of stages',
      build: (s: LazySeq<number>): Iterable<unknown> => s.filter(isEven).map(String).take(9),
    },
  ])('closes the source when the reader breaks out of $stage', ({ build }) => {
    const { open, seen } = numbers();
    readAndLeave(build(LazySeq.from(open)), 2);
    expect(seen.closed, 'times that the source was closed right after the loop').toBe(1);
  });

  it('closes the source when the body of the loop throws', () => {
    const { open, seen } = numbers();
    expect(() => {
      for (const _ of LazySeq.from(open).map(String)) fail();
    }).toThrow('cannot parse this line');
    expect(seen.closed, 'times that the source was closed').toBe(1);
  });

  it.each([
    { stage: 'map', build: (s: LazySeq<number>) => s.map((n) => (n === 3 ? fail() : n)) },
    { stage: 'filter', build: (s: LazySeq<number>) => s.filter((n) => n !== 3 || fail()) },
  ])('closes the source when the callback of $stage throws', ({ build }) => {
    const { open, seen } = numbers();
    const received: number[] = [];
    expect(() => {
      for (const n of build(LazySeq.from(open)).take(9)) received.push(n);
    }, 'the error of the callback reaches the reader').toThrow('cannot parse this line');
    expect(received, 'elements delivered before the error').toEqual([1, 2]);
    expect(seen, 'what happened to the source').toEqual({ opened: 1, pulled: 3, closed: 1 });
  });
});

describe('3. Group elements into batches', () => {
  it('delivers arrays of size elements', () => {
    expect([...LazySeq.from([1, 2, 3, 4, 5, 6]).chunk(3)]).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('delivers the elements left over as a last, shorter array', () => {
    expect([...LazySeq.from([1, 2, 3, 4, 5]).chunk(3)]).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('delivers no array when there are no elements', () => {
    expect([...LazySeq.from([]).chunk(3)]).toEqual([]);
  });

  it('delivers an array as soon as it is full', () => {
    const { open, seen } = numbers();
    const iterator = LazySeq.from(open).chunk(3)[Symbol.iterator]();
    expect(pull(iterator, 1)).toEqual([[1, 2, 3]]);
    expect(seen.pulled, 'elements pulled for one array of 3').toBe(3);
  });

  it('does not change an array that it delivered', () => {
    const iterator = LazySeq.from([1, 2, 3, 4]).chunk(2)[Symbol.iterator]();
    const [first] = pull(iterator, 1);
    const [second] = pull(iterator, 1);
    iterator.next();
    expect(first, 'the first array after the second one was delivered').toEqual([1, 2]);
    expect(second, 'the second array after the end').toEqual([3, 4]);
  });

  it('starts again at each iteration', () => {
    const sequence = LazySeq.from([1, 2, 3]).chunk(2);
    expect([...sequence], 'first pass').toEqual([[1, 2], [3]]);
    expect([...sequence], 'second pass').toEqual([[1, 2], [3]]);
  });

  it('closes the source when the reader leaves', () => {
    const { open, seen } = numbers();
    expect(readAndLeave(LazySeq.from(open).chunk(2), 1)).toEqual([[1, 2]]);
    expect(seen, 'what happened to the source').toEqual({ opened: 1, pulled: 2, closed: 1 });
  });
});

describe('4. Pair two sequences', () => {
  it('pairs elements in the order of both sides', () => {
    const pairs = LazySeq.from(['a', undefined, 'c', 'd']).zip([1, 2, undefined, 4]);
    expect([...pairs]).toEqual([
      ['a', 1],
      [undefined, 2],
      ['c', undefined],
      ['d', 4],
    ]);
  });

  it.each([
    { shorter: 'its own side', mine: 2, theirs: 5 },
    { shorter: 'the other side', mine: 5, theirs: 2 },
  ])('ends the pairs with the shorter one: $shorter', ({ mine, theirs }) => {
    const pairs = LazySeq.from(numbers(mine).open).zip(LazySeq.from(numbers(theirs).open));
    expect([...pairs]).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('pulls from its own side first, then from the other one, and no further', () => {
    const pulls: string[] = [];
    const watched = (side: string) => LazySeq.from(numbers().open).map((n) => pulls.push(side) * n);
    const iterator = watched('mine').zip(watched('theirs'))[Symbol.iterator]();
    expect(pulls, 'before the first pair was asked for').toEqual([]);
    iterator.next();
    iterator.next();
    expect(pulls, 'after two pairs').toEqual(['mine', 'theirs', 'mine', 'theirs']);
  });

  it('does not pull from the other side when its own side has ended, but closes it', () => {
    const mine = numbers(2);
    const theirs = numbers();
    expect([...LazySeq.from(mine.open).zip(LazySeq.from(theirs.open))]).toHaveLength(2);
    expect(theirs.seen, 'the other side').toEqual({ opened: 1, pulled: 2, closed: 1 });
  });

  it('closes its own side when the other side has ended', () => {
    const mine = numbers();
    const theirs = numbers(2);
    expect([...LazySeq.from(mine.open).zip(LazySeq.from(theirs.open))]).toHaveLength(2);
    expect(mine.seen, 'its own side').toEqual({ opened: 1, pulled: 3, closed: 1 });
  });

  it('closes both sides when the reader leaves', () => {
    const mine = numbers();
    const theirs = numbers();
    readAndLeave(LazySeq.from(mine.open).zip(LazySeq.from(theirs.open)), 2);
    expect(mine.seen, 'its own side').toEqual({ opened: 1, pulled: 2, closed: 1 });
    expect(theirs.seen, 'the other side').toEqual({ opened: 1, pulled: 2, closed: 1 });
  });

  it.each([
    { failing: 'its own side', atMine: 3, atTheirs: 0 },
    { failing: 'the other side', atMine: 0, atTheirs: 3 },
  ])('closes both sides when a callback throws on $failing', ({ atMine, atTheirs }) => {
    const mine = numbers();
    const theirs = numbers();
    expect(() => {
      const failing = LazySeq.from(theirs.open).map((n) => (n === atTheirs ? fail() : n));
      const pairs = LazySeq.from(mine.open).map((n) => (n === atMine ? fail() : n));
      return [...pairs.zip(failing)];
    }, 'the error reaches the reader').toThrow('cannot parse this line');
    expect(mine.seen.closed, 'times that its own side was closed').toBe(1);
    expect(theirs.seen.closed, 'times that the other side was closed').toBe(1);
  });

  it('starts again at each iteration', () => {
    const sequence = LazySeq.from(['a', 'b']).zip(LazySeq.from(numbers().open));
    const expected = [
      ['a', 1],
      ['b', 2],
    ];
    expect([...sequence], 'first pass').toEqual(expected);
    expect([...sequence], 'second pass').toEqual(expected);
  });
});

describe('5. Split one source between two readers', () => {
  it('delivers everything to both readers, one after the other', () => {
    const elements = ['a', undefined, 'c'];
    const { left, right } = LazySeq.from(elements).tee();
    expect([...left], 'left').toEqual(elements);
    expect([...right], 'right').toEqual(elements);
  });

  it('pulls nothing before a reader asks', () => {
    const { open, seen } = numbers();
    LazySeq.from(open).tee();
    expect(seen.pulled).toBe(0);
  });

  it('opens the source once and pulls each element once', () => {
    const { open, seen } = numbers();
    const { left, right } = LazySeq.from(open).tee();
    const a = left[Symbol.iterator]();
    const b = right[Symbol.iterator]();
    expect(pull(a, 3), 'left').toEqual([1, 2, 3]);
    expect(pull(b, 4), 'right').toEqual([1, 2, 3, 4]);
    expect(pull(a, 2), 'left again').toEqual([4, 5]);
    expect(seen, 'what happened to the source').toEqual({ opened: 1, pulled: 5, closed: 0 });
  });

  it('holds the gap between the readers, whichever is ahead', () => {
    const { left, right, held } = LazySeq.from(numbers().open).tee();
    const a = left[Symbol.iterator]();
    const b = right[Symbol.iterator]();
    expect(held(), 'held before anybody has read').toBe(0);
    pull(a, 5);
    expect(held(), 'held when left has read 5 and right 0').toBe(5);
    pull(b, 3);
    expect(held(), 'held when left has read 5 and right 3').toBe(2);
    pull(b, 3);
    expect(held(), 'held when left has read 5 and right 6').toBe(1);
    pull(a, 1);
    expect(held(), 'held when both have read 6').toBe(0);
  });

  it('delivers the right elements in any interleaving', () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const random = randomFrom(seed);
      const tee = LazySeq.from(numbers().open).tee();
      const readers = [tee.left[Symbol.iterator](), tee.right[Symbol.iterator]()] as const;
      const read = [0, 0];
      let steps = '';
      for (let step = 0; step < 40; step += 1) {
        const side = random() < 0.5 ? 0 : 1;
        steps += side === 0 ? 'L' : 'R';
        read[side] = (read[side] ?? 0) + 1;
        const [l = 0, r = 0] = read;
        expect(readers[side].next().value, `last element after the steps ${steps}`).toBe(
          read[side],
        );
        expect(tee.held(), `held after the steps ${steps}`).toBe(Math.abs(l - r));
      }
    }
  });

  it('lets the slower reader finish after the source has ended', () => {
    const { left, right, held } = LazySeq.from(numbers(4).open).tee();
    const behind = right[Symbol.iterator]();
    expect(pull(behind, 1)).toEqual([1]);
    expect([...left]).toEqual([1, 2, 3, 4]);
    expect(held(), 'held for the slower reader').toBe(3);
    expect(pull(behind, 3)).toEqual([2, 3, 4]);
    expect(behind.next().done, 'the slower reader ends too').toBe(true);
    expect(held(), 'held at the end').toBe(0);
  });

  it('keeps nothing for a reader that has left', () => {
    const { left, right, held } = LazySeq.from(numbers().open).tee();
    readAndLeave(left, 2);
    const staying = right[Symbol.iterator]();
    expect(pull(staying, 6)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(held(), 'held when left is gone and right has read 6').toBe(0);
  });

  it('forgets what was waiting for a reader when it leaves', () => {
    const { left, right, held } = LazySeq.from(numbers().open).tee();
    pull(left[Symbol.iterator](), 6);
    readAndLeave(right, 2);
    expect(held(), 'held when left has read 6 and right has left after 2').toBe(0);
  });

  it('keeps the source open for the reader that stays, and closes it after the last one', () => {
    const { open, seen } = numbers();
    const { left, right } = LazySeq.from(open).tee();
    readAndLeave(left, 2);
    expect(seen.closed, 'closed after the first reader has left').toBe(0);
    expect(readAndLeave(right, 4), 'read by the second reader').toEqual([1, 2, 3, 4]);
    expect(seen.closed, 'closed after the second reader has left').toBe(1);
  });

  it('gives readers that can carry stages of their own', () => {
    const { open, seen } = numbers();
    const { left, right } = LazySeq.from(open)
      .map((n) => n * 10)
      .tee();
    expect([...left.take(2)], 'left').toEqual([10, 20]);
    expect([...right.filter((n) => n > 20).take(1)], 'right').toEqual([30]);
    expect(seen.closed, 'closed after both readers have left').toBe(1);
  });
});

/** Mulberry32: the same numbers between 0 and 1 for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
