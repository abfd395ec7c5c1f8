import { describe, expect, test } from 'vitest';
import {
  firstMatch,
  LengthMismatch,
  linesByCustomer,
  orderTotal,
  priceIndex,
  runningTotals,
  uniqueSkus,
  zipStrict,
  type Line,
} from './kata';

function line(sku: string, cents: number, changes: Partial<Line> = {}): Line {
  return { sku, customer: 1, quantity: 1, cents, ...changes };
}

/** Numbers from 1 on, more than anybody asks for; tells how many were taken, and whether its iterator was closed. */
function numbers(last = 1000) {
  const seen = { taken: 0, closed: false };
  const source: Iterable<number> = {
    [Symbol.iterator]: () => ({
      next: () => {
        if (seen.taken >= last) return { done: true, value: undefined };
        seen.taken += 1;
        return { done: false, value: seen.taken };
      },
      return: () => {
        seen.closed = true;
        return { done: true, value: undefined };
      },
    }),
  };
  return { source, seen };
}

/** What a list is like after a function has seen it. */
function unchanged<T>(list: readonly T[], use: (list: readonly T[]) => unknown): void {
  const before = structuredClone(list);
  use(list);
  expect(list, 'the list afterwards').toEqual(before);
}

describe('1. Look prices up', () => {
  const lines = [line('mug', 900), line('tea', 450), line('mug', 950), line('pot', 2900)];

  test('takes the price of the last line of a SKU', () => {
    expect(priceIndex(lines).get('mug')).toBe(950);
    expect(priceIndex(lines).get('tea')).toBe(450);
  });

  test('keeps each SKU at the place of its first line', () => {
    expect([...priceIndex(lines).keys()]).toEqual(['mug', 'tea', 'pot']);
  });

  test('knows a price of 0, and SKUs named like parts of every object', () => {
    const odd = priceIndex([line('gift', 0), line('constructor', 5), line('__proto__', 7)]);
    expect([...odd]).toEqual([
      ['gift', 0],
      ['constructor', 5],
      ['__proto__', 7],
    ]);
  });

  test('lists each SKU once, in the order of the first lines', () => {
    const skus = ['tea', 'mug', 'tea', 'pot', 'mug'];
    expect(uniqueSkus(skus.map((sku) => line(sku, 100)))).toEqual(['tea', 'mug', 'pot']);
  });

  test('has no price and no SKU when there is no line', () => {
    expect(priceIndex([])).toEqual(new Map());
    expect(uniqueSkus([])).toEqual([]);
  });

  test('leaves the lines as they are', () => {
    unchanged(lines, priceIndex);
    unchanged(lines, uniqueSkus);
  });
});

describe('2. Group and add up', () => {
  const lines = [
    line('mug', 900, { customer: 12, quantity: 2 }),
    line('tea', 450, { customer: 31 }),
    line('pot', 2900, { customer: 12 }),
  ];

  test('gives each customer their lines, in the order of the list', () => {
    expect([...linesByCustomer(lines)]).toEqual([
      [12, [lines[0], lines[2]]],
      [31, [lines[1]]],
    ]);
  });

  test('lists customers in the order of their first lines, not of their numbers', () => {
    const customers = [31, 12, 31, 5].map((customer) => line('tea', 450, { customer }));
    expect([...linesByCustomer(customers).keys()]).toEqual([31, 12, 5]);
  });

  test("keeps customer 7 and customer '7' apart", () => {
    const [number, text] = [line('tea', 450, { customer: 7 }), line('mug', 900, { customer: '7' })];
    const groups = linesByCustomer([number, text]);
    expect(groups.get(7), 'the lines of 7').toEqual([number]);
    expect(groups.get('7'), "the lines of '7'").toEqual([text]);
  });

  test('has no group when there is no line', () => {
    expect(linesByCustomer([])).toEqual(new Map());
  });

  test('adds up quantity times price', () => {
    expect(orderTotal(lines), '2 * 900 + 450 + 2900').toBe(5150);
  });

  test('adds up one line', () => {
    expect(orderTotal([line('tea', 450, { quantity: 3 })])).toBe(1350);
  });

  test('comes to 0 when there is no line', () => {
    expect(() => orderTotal([]), 'orderTotal([])').not.toThrow();
    expect(orderTotal([])).toBe(0);
  });

  test('leaves the lines as they are', () => {
    unchanged(lines, linesByCustomer);
    unchanged(lines, orderTotal);
  });
});

describe('3. Pair two lists', () => {
  test('pairs the elements at the same place', () => {
    expect(zipStrict(['mug', 'tea', 'pot'], [1, 2, 3])).toEqual([
      ['mug', 1],
      ['tea', 2],
      ['pot', 3],
    ]);
  });

  test('pairs elements that are undefined, null, 0 or empty', () => {
    expect(zipStrict([undefined, 0, ''], [null, false, undefined])).toEqual([
      [undefined, null],
      [0, false],
      ['', undefined],
    ]);
  });

  test('makes no pair of two empty lists', () => {
    expect(zipStrict([], [])).toEqual([]);
  });

  test.each([
    { left: ['a', 'b', 'c'], right: [1], index: 1 },
    { left: ['a'], right: [1, 2, 3], index: 1 },
    { left: [], right: [1], index: 0 },
    { left: ['a', 'b'], right: [], index: 0 },
    { left: ['a', 'b'], right: [1, 2, undefined], index: 2 },
  ])('names the index $index for $left and $right', ({ left, right, index }) => {
    let thrown: unknown;
    try {
      zipStrict<unknown, unknown>(left, right);
    } catch (error) {
      thrown = error;
    }
    expect(thrown, 'what was thrown').toBeInstanceOf(LengthMismatch);
    expect(thrown).toHaveProperty('index', index);
  });

  test('leaves the lists as they are', () => {
    unchanged(['a', 'b'], (list) => zipStrict(list, [1, 2]));
    unchanged([1, 2], (list) => zipStrict(['a', 'b'], list));
  });
});

describe('4. Stay lazy', () => {
  test('yields the sum so far for each number', () => {
    expect([...runningTotals([5, -2, 0, 10])]).toEqual([5, 3, 3, 13]);
  });

  test('yields nothing for an empty source', () => {
    expect([...runningTotals([])]).toEqual([]);
  });

  test('takes from any iterable', () => {
    expect([...runningTotals(new Set([3, 1, 2]))]).toEqual([3, 4, 6]);
  });

  test('takes a number when its total is asked for, and not before', () => {
    const { source, seen } = numbers();
    const totals = runningTotals(source)[Symbol.iterator]();
    expect(seen.taken, 'numbers taken before a total was asked for').toBe(0);
    expect(totals.next().value).toBe(1);
    expect(seen.taken, 'numbers taken for one total').toBe(1);
    expect(totals.next().value).toBe(3);
    expect(seen.taken, 'numbers taken for two totals').toBe(2);
  });

  test('finds the first element that is wanted', () => {
    expect(firstMatch(['tea', 'mug', 'map'], (word) => word.startsWith('m'))).toBe('mug');
  });

  test('finds an element that counts as false', () => {
    expect(firstMatch([3, 0, -1], (number) => number <= 0)).toBe(0);
  });

  test('returns undefined when nothing is wanted', () => {
    const { source, seen } = numbers(5);
    expect(firstMatch(source, () => false)).toBeUndefined();
    expect(seen.taken, 'numbers looked at, of 5').toBe(5);
  });

  test('takes nothing beyond the element that it returns', () => {
    const { source, seen } = numbers();
    expect(firstMatch(source, (number) => number > 3)).toBe(4);
    expect(seen.taken, 'numbers taken to find 4').toBe(4);
  });

  test('closes the iterator of its source when it has found something', () => {
    const { source, seen } = numbers();
    firstMatch(source, (number) => number === 2);
    expect(seen.closed, 'whether the iterator was closed').toBe(true);
  });
});
