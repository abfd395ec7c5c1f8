import { describe, expect, test } from 'vitest';
import {
  linesByCustomer,
  orderTotal,
  priceIndex,
  runningTotals,
  uniqueSkus,
  zipStrict,
} from './kata';

const lines = [
  { sku: 'pen', customer: 5, quantity: 10, cents: 120 },
  { sku: 'ink', customer: 8, quantity: 1, cents: 700 },
  { sku: 'pen', customer: 8, quantity: 2, cents: 130 },
];

describe('1. Look prices up', () => {
  test('the last price of a SKU counts', () => {
    expect(priceIndex(lines)).toEqual(
      new Map([
        ['pen', 130],
        ['ink', 700],
      ]),
    );
  });

  test('each SKU is listed once', () => {
    expect(uniqueSkus(lines)).toEqual(['pen', 'ink']);
  });
});

describe('2. Group and add up', () => {
  test('each customer has a group', () => {
    expect(linesByCustomer(lines).get(8)).toEqual([lines[1], lines[2]]);
  });

  test('the total is quantity times price', () => {
    expect(orderTotal(lines)).toBe(2160);
  });
});

describe('3. Pair two lists', () => {
  test('elements at the same place make a pair', () => {
    expect(zipStrict(['pen', 'ink'], [130, 700])).toEqual([
      ['pen', 130],
      ['ink', 700],
    ]);
  });
});

describe('4. Stay lazy', () => {
  test('each number gives a total', () => {
    expect([...runningTotals([1, 2, 3])]).toEqual([1, 3, 6]);
  });
});
