// The arguments are joined to one text for a key, so `f([1], 2)` and `f([1, 2])`, or `f(1)` and `f('1')`, are taken
// for the same call, and one caller gets the other's result.

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

const originals = new WeakMap<AnyFunction, AnyFunction>();

/**
 * Gives `wrapper` the `name` and the `length` of `original`, and lets `originalOf` find `original`.
 *
 * @returns `wrapper` itself.
 */
export function wraps<Wrapper extends AnyFunction>(
  original: AnyFunction,
  wrapper: Wrapper,
): Wrapper {
  Object.defineProperty(wrapper, 'name', { value: original.name });
  Object.defineProperty(wrapper, 'length', { value: original.length });
  originals.set(wrapper, originalOf(original));
  return wrapper;
}

/** @returns the function under all decorators of `fn`; `fn` itself when it has none. */
export function originalOf(fn: AnyFunction): AnyFunction {
  return originals.get(fn) ?? fn;
}

/**
 * Reports every call when it ends, whether it returns or throws. A call that returns a promise ends
 * when the promise settles.
 */
export function timed(clock: Clock, report: Report): Decorator {
  return (fn) =>
    wraps(fn, function (this: unknown, ...args) {
      const start = clock();
      const done = () => report(fn.name, clock() - start);
      let result;
      try {
        result = fn.apply(this, args);
      } catch (error) {
        done();
        throw error;
      }
      if (result instanceof Promise) result.then(done, done);
      else done();
      return result;
    });
}

/** Runs a function a single time, and a method a single time for each object. */
export const once: Decorator = <Args extends unknown[], Result>(fn: (...args: Args) => Result) => {
  const results = new WeakMap<object, { readonly value: Result }>();
  return wraps(fn, function (this: unknown, ...args: Args) {
    const owner = ownerOf(this);
    const result = results.get(owner) ?? { value: fn.apply(this, args) };
    results.set(owner, result);
    return result.value;
  });
};

/** Remembers the most recently used results: of a function, or of a method for each object. */
export function memoize({ max, key }: MemoizeOptions): Decorator {
  return <Args extends unknown[], Result>(fn: (...args: Args) => Result) => {
    const caches = new WeakMap<object, Entry<Result>[]>();
    return wraps(fn, function (this: unknown, ...args: Args) {
      const owner = ownerOf(this);
      const entries = caches.get(owner) ?? [];
      caches.set(owner, entries);

      const parts = [key ? key(args) : args.join(',')];
      const known = entries.find((entry) => sameValues(entry.parts, parts));
      const entry = known ?? { parts, value: fn.apply(this, args) };
      if (known) remove(entries, known);
      else if (entry.value instanceof Promise) entry.value.catch(() => remove(entries, entry));
      entries.push(entry);
      if (entries.length > max) entries.shift();
      return entry.value;
    });
  };
}

/** One remembered call; a list of them is ordered by use, the latest at the end. */
interface Entry<Result> {
  readonly parts: readonly unknown[];
  readonly value: Result;
}

const nobody = {};

/** The object whose state a call uses: the one that the method was called on, if any. */
function ownerOf(receiver: unknown): object {
  return typeof receiver === 'object' && receiver !== null ? receiver : nobody;
}

function sameValues(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

function remove<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}

/** Looks up a figure in the warehouse: slow, so each needless call counts. */
export type Load = (what: 'price' | 'stock', sku: string) => number;

/**
 * The shop's access to the warehouse. Both methods remember the results of the 2 latest SKUs.
 * `report` hears of every call of `price`, but only of those calls of `stock` that reach `load`.
 */
export function createQuotes(load: Load, clock: Clock, report: Report) {
  class Quotes {
    @timed(clock, report)
    @memoize({ max: 2 })
    price(sku: string): number {
      return load('price', sku);
    }

    @memoize({ max: 2 })
    @timed(clock, report)
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
