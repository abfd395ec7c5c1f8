/** Any function at all. */
export type AnyFunction = (...args: never[]) => unknown;

/**
 * Takes a function and returns the one that takes its place. Works on a plain function,
 * `once(connect)`, and on a method, `@once`, where the language passes the context as well.
 */
export type Decorator = <Args extends unknown[], Result>(
  fn: (...args: Args) => Result,
  context?: ClassMethodDecoratorContext,
) => (...args: Args) => Result;

/** The time in milliseconds. */
export type Clock = () => number;

/** Receives the name of the function that was called and how long the call took. */
export type Report = (name: string, milliseconds: number) => void;

export interface MemoizeOptions {
  /** How many results are kept for each object; 1 or more. */
  readonly max: number;
  /** Makes one value of a call's arguments; calls for which it is the same (`Object.is`) share a result. */
  readonly key?: (args: readonly unknown[]) => unknown;
}

/**
 * Gives `wrapper` the `name` and the `length` of `original`, and lets `originalOf` find `original`.
 *
 * @returns `wrapper` itself.
 */
export function wraps<Wrapper extends AnyFunction>(
  original: AnyFunction,
  wrapper: Wrapper,
): Wrapper {
  // TODO: Copy the name and the length, and remember where the wrapper came from.
  throw new Error('Not implemented yet');
}

/** @returns the function under all decorators of `fn`; `fn` itself when it has none. */
export function originalOf(fn: AnyFunction): AnyFunction {
  // TODO: Find the function under all decorators.
  throw new Error('Not implemented yet');
}

/**
 * Reports every call when it ends, whether it returns or throws. A call that returns a promise ends
 * when the promise settles.
 */
export function timed(clock: Clock, report: Report): Decorator {
  // TODO: Task 1: report every call when it ends.
  // TODO: Task 2: a call that returns a promise ends when the promise settles.
  throw new Error('Not implemented yet');
}

/** Runs a function a single time, and a method a single time for each object. */
export const once: Decorator = (fn) => {
  // TODO: Keep the first result for each object.
  throw new Error('Not implemented yet');
};

/** Remembers the most recently used results: of a function, or of a method for each object. */
export function memoize({ max, key }: MemoizeOptions): Decorator {
  // TODO: Task 4: keep the latest results for each object.
  // TODO: Task 5: share a pending promise, and forget one that rejects.
  throw new Error('Not implemented yet');
}

/** Looks up a figure in the warehouse: slow, so each needless call counts. */
export type Load = (what: 'price' | 'stock', sku: string) => number;

/**
 * The shop's access to the warehouse. Both methods remember the results of the 2 latest SKUs.
 * `report` hears of every call of `price`, but only of those calls of `stock` that reach `load`.
 */
export function createQuotes(load: Load, clock: Clock, report: Report) {
  class Quotes {
    // TODO: Task 6: put `timed` and `memoize` on both methods, each pair in the right order.
    price(sku: string): number {
      return load('price', sku);
    }

    stock(sku: string): number {
      return load('stock', sku);
    }
  }
  return new Quotes();
}

/** Given, as a plain function to try decorators on. Leave it as it is. */
export function shippingCost(grams: number, zone: string): number {
  return Math.ceil(grams / 500) * (zone === 'domestic' ? 3 : 9);
}

/**
 * Given, as a method to try decorators on: a class of stores whose method `price` is decorated.
 * Leave it as it is.
 *
 * @param lookup answers `price`: receives the store's city, and the SKU that was asked for. The city
 *   is undefined when `price` runs without its store.
 */
export function storeClass<Price>(
  decorate: Decorator,
  lookup: (city: string | undefined, sku: string) => Price,
) {
  return class Store {
    constructor(readonly city: string) {}

    @decorate
    price(sku: string): Price {
      return lookup(this?.city, sku);
    }
  };
}
