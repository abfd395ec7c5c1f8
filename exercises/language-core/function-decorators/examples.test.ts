import { describe, expect, test, vi } from 'vitest';
import { createQuotes, memoize, once, originalOf, shippingCost, storeClass, timed } from './kata';

describe('1. Time a function that still looks like itself', () => {
  test('keeps the name and the length of the function, and the way back to it', () => {
    const decorated = timed(() => 0, vi.fn())(shippingCost);
    expect(decorated.name, 'name of the decorated shippingCost').toBe('shippingCost');
    expect(decorated.length, 'length of the decorated shippingCost').toBe(2);
    expect(originalOf(decorated), 'originalOf(the decorated shippingCost)').toBe(shippingCost);
  });
});

describe('2. Time a promise until it settles', () => {
  test('reports a promise once, when it resolves', async () => {
    let now = 0;
    const report = vi.fn();
    const decorated = timed(
      () => now,
      report,
    )(async function fetchPrice() {
      await Promise.resolve();
      now += 40;
      return '4.50';
    });
    expect(await decorated()).toBe('4.50');
    await new Promise((resolve) => setImmediate(resolve));
    expect(report.mock.calls, 'reports after a promise that took 40 ms').toEqual([
      ['fetchPrice', 40],
    ]);
  });
});

describe('3. Run once for each object', () => {
  test('runs a method a single time for each object', () => {
    const lookup = vi.fn((city: string | undefined) => `price in ${city}`);
    const Store = storeClass(once, lookup);
    const [oslo, lima] = [new Store('Oslo'), new Store('Lima')];
    for (const round of ['first', 'second']) {
      expect(oslo.price('tea'), `${round} call, Oslo`).toBe('price in Oslo');
      expect(lima.price('tea'), `${round} call, Lima`).toBe('price in Lima');
    }
    expect(lookup, 'two stores, two calls of each').toHaveBeenCalledTimes(2);
  });
});

describe('4. Remember the latest results', () => {
  test('answers the same arguments from memory', () => {
    const convert = vi.fn((amount: number, currency: string) => `${amount} ${currency}`);
    const remembered = memoize({ max: 10 })(convert);
    expect([remembered(5, 'EUR'), remembered(5, 'EUR')]).toEqual(['5 EUR', '5 EUR']);
    expect(convert, 'calls for (5, EUR) and (5, EUR)').toHaveBeenCalledTimes(1);
  });
});

describe('5. Share a pending promise', () => {
  test('calls once when two callers ask before the promise settles', async () => {
    const load = vi.fn(async (sku: string) => `price of ${sku}`);
    const remembered = memoize({ max: 10 })(load);
    expect(await Promise.all([remembered('tea'), remembered('tea')])).toEqual([
      'price of tea',
      'price of tea',
    ]);
    expect(load, 'two callers at once').toHaveBeenCalledTimes(1);
  });
});

describe('6. Stack two decorators', () => {
  test('reports every call of price', () => {
    const report = vi.fn();
    const load = vi.fn(() => 4);
    const quotes = createQuotes(load, () => 0, report);
    expect([quotes.price('tea'), quotes.price('tea')]).toEqual([4, 4]);
    expect(load, 'loads for tea and tea').toHaveBeenCalledTimes(1);
    expect(report, 'reports for tea and tea').toHaveBeenCalledTimes(2);
  });
});
