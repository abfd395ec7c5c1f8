// Style: the original hangs on the wrapper under a symbol, the arguments lead through a tree of maps to their result, and
// a `Map` in order of insertion says which result leaves first; promises are followed with `async` and `await`.

export type AnyFunction = (...args: never[]) => unknown;

export type Decorator = <Args extends unknown[], Result>(
  fn: (...args: Args) => Result,
  context?: ClassMethodDecoratorContext,
) => (...args: Args) => Result;

export type Clock = () => number;

export type Report = (name: string, milliseconds: number) => void;

export interface MemoizeOptions {
  readonly max: number;
  readonly key?: (args: readonly unknown[]) => unknown;
}

const ORIGINAL = Symbol('original');

/** Stands for -0, which a `Map` takes for 0. */
const MINUS_ZERO = Symbol('-0');

export function wraps<Wrapper extends AnyFunction>(
  original: AnyFunction,
  wrapper: Wrapper,
): Wrapper {
  return Object.defineProperties(wrapper, {
    name: { value: original.name, configurable: true },
    length: { value: original.length, configurable: true },
    [ORIGINAL]: { value: original },
  });
}

export function originalOf(fn: AnyFunction & { readonly [ORIGINAL]?: AnyFunction }): AnyFunction {
  const below = fn[ORIGINAL];
  return below === undefined ? fn : originalOf(below);
}

export function timed(clock: Clock, report: Report): Decorator {
  return function decorate<Args extends unknown[], Result>(fn: (...args: Args) => Result) {
    function timedCall(this: unknown, ...args: Args): Result {
      const start = clock();
      let ended = true;
      const end = () => {
        report(fn.name, clock() - start);
      };
      const watch = async (promise: Promise<unknown>) => {
        await promise.catch(() => undefined);
        end();
      };
      try {
        const result = fn.call(this, ...args);
        if (result instanceof Promise) {
          ended = false;
          void watch(result);
        }
        return result;
      } finally {
        if (ended) end();
      }
    }
    return wraps(fn, timedCall);
  };
}

/** One state per object, and one for calls without an object. */
class PerObject<State> {
  readonly #states = new WeakMap<object, State>();
  readonly #create: () => State;
  #none: State | undefined;

  constructor(create: () => State) {
    this.#create = create;
  }

  of(receiver: unknown): State {
    if (!(receiver instanceof Object)) return (this.#none ??= this.#create());
    let state = this.#states.get(receiver);
    if (state === undefined) this.#states.set(receiver, (state = this.#create()));
    return state;
  }
}

export function once<Args extends unknown[], Result>(
  fn: (...args: Args) => Result,
  _context?: ClassMethodDecoratorContext,
): (...args: Args) => Result {
  const results = new PerObject<Result[]>(() => []);
  function firstCall(this: unknown, ...args: Args): Result {
    const found = results.of(this);
    if (found.length === 0) found.push(fn.call(this, ...args));
    const [result] = found as [Result];
    return result;
  }
  return wraps(fn, firstCall);
}

interface Node<Result> {
  readonly below: Map<unknown, Node<Result>>;
  readonly leave: () => void;
  result?: { readonly value: Result };
}

class Memory<Result> {
  readonly #root: Node<Result> = { below: new Map(), leave: () => undefined };
  readonly #byUse = new Map<Node<Result>, () => void>();

  recall(max: number, path: readonly unknown[], compute: () => Result): Result {
    const node = this.#walk(path);
    node.result ??= this.#follow(node, compute());
    this.#byUse.delete(node);
    this.#byUse.set(node, node.leave);
    const [oldest] = this.#byUse.keys();
    if (this.#byUse.size > max && oldest !== undefined) this.#drop(oldest);
    return node.result.value;
  }

  #walk(path: readonly unknown[]): Node<Result> {
    let node = this.#root;
    for (const value of path) {
      const part = Object.is(value, -0) ? MINUS_ZERO : value;
      const { below } = node;
      const next = below.get(part) ?? { below: new Map(), leave: () => below.delete(part) };
      below.set(part, next);
      node = next;
    }
    return node;
  }

  #follow(node: Node<Result>, value: Result): { readonly value: Result } {
    const result = { value };
    if (value instanceof Promise) {
      value.then(undefined, () => {
        if (node.result === result) this.#drop(node);
      });
    }
    return result;
  }

  #drop(node: Node<Result>): void {
    delete node.result;
    this.#byUse.delete(node);
    if (node.below.size === 0) node.leave();
  }
}

export const memoize = ({ max, key }: MemoizeOptions): Decorator =>
  function decorate<Args extends unknown[], Result>(fn: (...args: Args) => Result) {
    const memories = new PerObject(() => new Memory<Result>());
    function remembered(this: unknown, ...args: Args): Result {
      const path = key === undefined ? args : [key(args)];
      return memories.of(this).recall(max, path, () => fn.call(this, ...args));
    }
    return wraps(fn, remembered);
  };

export type Load = (what: 'price' | 'stock', sku: string) => number;

export function createQuotes(load: Load, clock: Clock, report: Report) {
  const time = timed(clock, report);
  const remember = memoize({ max: 2 });
  return new (class {
    @time @remember price(sku: string): number {
      return load('price', sku);
    }
    @remember @time stock(sku: string): number {
      return load('stock', sku);
    }
  })();
}

export function shippingCost(grams: number, zone: string): number {
  return Math.ceil(grams / 500) * (zone === 'domestic' ? 3 : 9);
}

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
