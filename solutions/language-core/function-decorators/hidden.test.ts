import { describe, expect, test, vi } from 'vitest';
import {
  createQuotes,
  memoize,
  once,
  originalOf,
  shippingCost,
  storeClass,
  timed,
  type Decorator,
  type Report,
} from './kata';

/** A clock that stands still until `pass` moves it, and the reports made so far. */
function stopwatch() {
  let now = 1_000;
  const reports: [name: string, milliseconds: number][] = [];
  return {
    clock: () => now,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    report: ((name, milliseconds) => {
      reports.push([name, milliseconds]);
    }) satisfies Report,
    reports,
  };
}

/** A promise that the test settles by hand. */
function deferred() {
  return Promise.withResolvers<string>();
}

/**
 * Lets everything run that waits for promises already settled. The call of the kata in each turn brings in
 * whatever the kata has reported by then, also where it runs in a process of its own.
 */
async function settle() {
  for (let turn = 0; turn < 3; turn++) {
    shippingCost(100, 'domestic');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function expectUntouchedLook(decorate: Decorator) {
  const decorated = decorate(shippingCost);
  expect(decorated.name, 'name of the decorated shippingCost').toBe('shippingCost');
  expect(decorated.length, 'length of the decorated shippingCost').toBe(2);
  expect(originalOf(decorated), 'originalOf(the decorated shippingCost)').toBe(shippingCost);
}

describe('1. Time a function that still looks like itself', () => {
  test('passes the arguments on and returns the result', () => {
    const { clock, report } = stopwatch();
    expect(timed(clock, report)(shippingCost)(1_200, 'domestic')).toBe(9);
  });

  test('reports the name and the milliseconds of a call', () => {
    const { clock, pass, report, reports } = stopwatch();
    const timedLookUp = timed(
      clock,
      report,
    )(function lookUp(milliseconds: number) {
      pass(milliseconds);
    });
    timedLookUp(30);
    expect(reports, 'reports after a call of 30 ms').toEqual([['lookUp', 30]]);
    timedLookUp(5);
    expect(reports.at(-1), 'report of a second call, of 5 ms').toEqual(['lookUp', 5]);
  });

  test('reports a call that throws, and lets its error through', () => {
    const { clock, pass, report, reports } = stopwatch();
    const failure = new Error('no such SKU');
    const timedLookUp = timed(
      clock,
      report,
    )(function lookUp() {
      pass(12);
      throw failure;
    });
    expect(() => timedLookUp()).toThrow(failure);
    expect(reports, 'reports after a call that threw after 12 ms').toEqual([['lookUp', 12]]);
  });

  test('calls a method on the object that it was called on', () => {
    const { clock, report } = stopwatch();
    const lookup = vi.fn(() => 4);
    const Store = storeClass(timed(clock, report), lookup);
    expect(new Store('Oslo').price('tea')).toBe(4);
    expect(lookup.mock.calls, "city and SKU seen by the method of new Store('Oslo')").toEqual([
      ['Oslo', 'tea'],
    ]);
  });

  test('keeps the name and the length of the function, and the way back to it', () => {
    const { clock, report } = stopwatch();
    expectUntouchedLook(timed(clock, report));
  });

  test('finds the original under three decorators', () => {
    const { clock, report } = stopwatch();
    const time = timed(clock, report);
    const decorated = time(time(time(shippingCost)));
    expect(originalOf(decorated), 'originalOf, under three decorators').toBe(shippingCost);
    expect(decorated.name, 'name, under three decorators').toBe('shippingCost');
  });

  test('takes a function that was never decorated for its own original', () => {
    expect(originalOf(shippingCost)).toBe(shippingCost);
  });
});

describe('2. Time a promise until it settles', () => {
  test('reports a promise once, when it resolves', async () => {
    const { clock, pass, report, reports } = stopwatch();
    const answer = deferred();
    const timedFetch = timed(
      clock,
      report,
    )(function fetchPrice() {
      return answer.promise;
    });
    const result = timedFetch();
    await settle();
    expect(reports, 'reports while the promise is pending').toEqual([]);
    pass(40);
    answer.resolve('4.50');
    expect(await result).toBe('4.50');
    await settle();
    expect(reports, 'reports after a promise that took 40 ms').toEqual([['fetchPrice', 40]]);
  });

  test('reports a promise that rejects, and lets its error through', async () => {
    const { clock, pass, report, reports } = stopwatch();
    const answer = deferred();
    const failure = new Error('connection reset');
    const timedFetch = timed(
      clock,
      report,
    )(function fetchPrice() {
      return answer.promise;
    });
    const result = timedFetch();
    pass(25);
    answer.reject(failure);
    await expect(result).rejects.toBe(failure);
    await settle();
    expect(reports, 'reports after a rejection at 25 ms').toEqual([['fetchPrice', 25]]);
  });
});

describe('3. Run once for each object', () => {
  test('runs a function a single time, whatever the arguments', () => {
    const connect = vi.fn((url: string) => `connected to ${url}`);
    const connectOnce = once(connect);
    expect(connectOnce('db-1')).toBe('connected to db-1');
    expect(connectOnce('db-2')).toBe('connected to db-1');
    expect(connect.mock.calls, 'calls that reached the function').toEqual([['db-1']]);
  });

  test('takes undefined for a result like any other', () => {
    const warmUp = vi.fn(() => undefined);
    const warmUpOnce = once(warmUp);
    warmUpOnce();
    warmUpOnce();
    expect(warmUp, 'a function that returns undefined, called twice').toHaveBeenCalledTimes(1);
  });

  test('runs again after a call that threw', () => {
    const connect = vi.fn(() => 'connected');
    connect.mockImplementationOnce(() => {
      throw new Error('refused');
    });
    const connectOnce = once(connect);
    expect(() => connectOnce()).toThrow('refused');
    expect(connectOnce()).toBe('connected');
    expect(connectOnce()).toBe('connected');
    expect(connect, 'one call that threw and two that did not').toHaveBeenCalledTimes(2);
  });

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

  test('keeps the name and the length of the function, and the way back to it', () => {
    expectUntouchedLook(once);
  });
});

describe('4. Remember the latest results', () => {
  test('answers the same arguments from memory', () => {
    const convert = vi.fn((amount: number, currency: string) => `${amount} ${currency}`);
    const remembered = memoize({ max: 10 })(convert);
    expect(remembered(5, 'EUR')).toBe('5 EUR');
    expect(remembered(5, 'NOK')).toBe('5 NOK');
    expect(remembered(5, 'EUR')).toBe('5 EUR');
    expect(convert, 'calls for (5, EUR), (5, NOK) and (5, EUR)').toHaveBeenCalledTimes(2);
  });

  test('takes NaN for the same value as NaN', () => {
    const print = vi.fn((value: number) => `got ${value}`);
    const remembered = memoize({ max: 10 })(print);
    expect([remembered(Number.NaN), remembered(Number.NaN)]).toEqual(['got NaN', 'got NaN']);
    expect(print, 'calls for NaN and NaN').toHaveBeenCalledTimes(1);
  });

  const two = [1, 2];
  test.each<{ title: string; first: unknown[]; second: unknown[] }>([
    { title: '(1) and ("1")', first: [1], second: ['1'] },
    { title: '("a", "b") and ("a,b")', first: ['a', 'b'], second: ['a,b'] },
    { title: '([1], 2) and ([1, 2])', first: [[1], 2], second: [two] },
    { title: '(undefined) and (null)', first: [undefined], second: [null] },
    { title: '() and (undefined)', first: [], second: [undefined] },
    { title: '(Set of 1) and (Set of 2)', first: [new Set([1])], second: [new Set([2])] },
    { title: 'two arrays of the same numbers', first: [two], second: [[1, 2]] },
  ])('keeps $title apart', ({ title, first, second }) => {
    let calls = 0;
    const remembered = memoize({ max: 10 })((..._args: unknown[]) => ++calls);
    const results = [remembered(...first), remembered(...second)];
    expect(results, `number of the call that answered, for ${title}`).toEqual([1, 2]);
    const again = [remembered(...first), remembered(...second)];
    expect(again, `number of the call that answered, for ${title} again`).toEqual([1, 2]);
  });

  test('takes undefined for a result like any other', () => {
    const find = vi.fn((_sku: string) => undefined);
    const remembered = memoize({ max: 10 })(find);
    remembered('tea');
    remembered('tea');
    expect(find, 'a function that returns undefined, called twice').toHaveBeenCalledTimes(1);
  });

  test('runs again after a call that threw', () => {
    const find = vi.fn((_sku: string) => 'found');
    find.mockImplementationOnce(() => {
      throw new Error('busy');
    });
    const remembered = memoize({ max: 10 })(find);
    expect(() => remembered('tea')).toThrow('busy');
    expect(remembered('tea')).toBe('found');
  });

  test('drops the result that was not used for the longest time', () => {
    const seen: string[] = [];
    const remembered = memoize({ max: 2 })((sku: string) => void seen.push(sku));
    for (const sku of ['tea', 'milk', 'tea', 'rice']) remembered(sku);
    expect(seen, 'calls after tea, milk, tea, rice with max 2').toEqual(['tea', 'milk', 'rice']);
    remembered('tea');
    expect(seen, 'tea was used after milk, so it stays').toEqual(['tea', 'milk', 'rice']);
    remembered('milk');
    expect(seen.at(-1), 'milk had to leave for rice').toBe('milk');
    expect(seen).toHaveLength(4);
  });

  test('keeps the other results while one is asked for again and again', () => {
    const seen: string[] = [];
    const remembered = memoize({ max: 2 })((sku: string) => void seen.push(sku));
    for (const sku of ['tea', 'milk', 'milk', 'milk', 'tea']) remembered(sku);
    expect(seen, 'calls after tea, milk, milk, milk, tea with max 2').toEqual(['tea', 'milk']);
  });

  test('shares a result between calls with the same key', () => {
    const find = vi.fn((sku: string, _attempt: number) => `found ${sku}`);
    const remembered = memoize({ max: 2, key: ([sku]) => String(sku).toLowerCase() })(find);
    expect(remembered('TEA', 1)).toBe('found TEA');
    expect(remembered('tea', 2)).toBe('found TEA');
    expect(remembered('milk', 3)).toBe('found milk');
    expect(find, 'calls for TEA, tea and milk').toHaveBeenCalledTimes(2);
  });

  test('keeps the results of one object from another', () => {
    const Store = storeClass(memoize({ max: 10 }), (city, sku) => `${sku} in ${city}`);
    const [oslo, lima] = [new Store('Oslo'), new Store('Lima')];
    expect(oslo.price('tea')).toBe('tea in Oslo');
    expect(lima.price('tea'), 'the same SKU, asked of another store').toBe('tea in Lima');
  });

  test('keeps max results for each object', () => {
    const lookup = vi.fn((city: string | undefined, sku: string) => `${sku} in ${city}`);
    const Store = storeClass(memoize({ max: 1 }), lookup);
    const [oslo, lima] = [new Store('Oslo'), new Store('Lima')];
    for (const store of [oslo, lima, oslo, lima]) store.price('tea');
    expect(lookup, 'two stores, max 1, two calls of each').toHaveBeenCalledTimes(2);
  });

  test('keeps the name and the length of the function, and the way back to it', () => {
    expectUntouchedLook(memoize({ max: 10 }));
  });
});

describe('5. Share a pending promise', () => {
  test('calls once when three callers ask before the promise settles', async () => {
    const answer = deferred();
    const load = vi.fn((_sku: string) => answer.promise);
    const remembered = memoize({ max: 10 })(load);
    const results = Promise.all([remembered('tea'), remembered('tea'), remembered('tea')]);
    answer.resolve('4.50');
    expect(await results).toEqual(['4.50', '4.50', '4.50']);
    expect(load, 'three callers at once').toHaveBeenCalledTimes(1);
    expect(await remembered('tea')).toBe('4.50');
    expect(load, 'a fourth caller, after the promise resolved').toHaveBeenCalledTimes(1);
  });

  test('passes a rejection to every caller who waited for it', async () => {
    const answer = deferred();
    const failure = new Error('connection reset');
    const remembered = memoize({ max: 10 })((_sku: string) => answer.promise);
    const results = Promise.allSettled([remembered('tea'), remembered('tea')]);
    answer.reject(failure);
    expect(await results).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'rejected', reason: failure },
    ]);
  });

  test('calls again after a promise that rejected', async () => {
    const load = vi.fn(async (_sku: string) => '4.50');
    load.mockImplementationOnce(async () => {
      throw new Error('connection reset');
    });
    const remembered = memoize({ max: 10 })(load);
    await expect(remembered('tea')).rejects.toThrow('connection reset');
    await settle();
    const [second] = await Promise.allSettled([remembered('tea')]);
    expect(second, 'the call after the rejection').toEqual({ status: 'fulfilled', value: '4.50' });
    expect(load).toHaveBeenCalledTimes(2);
  });

  test('forgets nothing but the rejected call', async () => {
    const load = vi.fn(async (sku: string) => {
      if (sku === 'milk') throw new Error('connection reset');
      return sku;
    });
    const remembered = memoize({ max: 10 })(load);
    await remembered('tea');
    await expect(remembered('milk')).rejects.toThrow('connection reset');
    await settle();
    await remembered('tea');
    expect(load.mock.calls, 'calls for tea, milk (rejected) and tea').toEqual([['tea'], ['milk']]);
  });

  test('keeps the others when a call rejects that had to leave before', async () => {
    const answer = deferred();
    const load = vi.fn((sku: string) => (sku === 'tea' ? answer.promise : Promise.resolve(sku)));
    const remembered = memoize({ max: 1 })(load);
    const tea = remembered('tea');
    await remembered('milk');
    answer.reject(new Error('connection reset'));
    await expect(tea).rejects.toThrow('connection reset');
    await settle();
    await remembered('milk');
    expect(
      load.mock.calls,
      'calls for tea, milk and milk with max 1, tea rejecting after milk came',
    ).toEqual([['tea'], ['milk']]);
  });
});

describe('6. Stack two decorators', () => {
  function quotes() {
    const { clock, report, reports } = stopwatch();
    const load = vi.fn((what: 'price' | 'stock', sku: string) => `${what} of ${sku}`.length);
    return { load, reports, quotes: createQuotes(load, clock, report) };
  }

  test('reports every call of price', () => {
    const { quotes: shop, load, reports } = quotes();
    for (const sku of ['tea', 'tea', 'milk', 'tea']) shop.price(sku);
    expect(load.mock.calls, 'loads for tea, tea, milk, tea').toEqual([
      ['price', 'tea'],
      ['price', 'milk'],
    ]);
    expect(reports.length, 'reports for tea, tea, milk, tea').toBe(4);
  });

  test('reports only the calls of stock that load', () => {
    const { quotes: shop, load, reports } = quotes();
    for (const sku of ['tea', 'tea', 'milk', 'tea']) shop.stock(sku);
    expect(load.mock.calls, 'loads for tea, tea, milk, tea').toEqual([
      ['stock', 'tea'],
      ['stock', 'milk'],
    ]);
    expect(reports.length, 'reports for tea, tea, milk, tea').toBe(2);
  });

  test.each(['price', 'stock'] as const)('remembers two SKUs for %s', (what) => {
    const { quotes: shop, load } = quotes();
    for (const sku of ['tea', 'milk', 'rice', 'milk', 'tea']) shop[what](sku);
    expect(
      load.mock.calls.map(([, sku]) => sku),
      'loads for tea, milk, rice, milk, tea',
    ).toEqual(['tea', 'milk', 'rice', 'tea']);
  });
});
