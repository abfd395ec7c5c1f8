import type { Action } from '../wire.ts';
import type { FunctionShape, InstanceShape } from './decode.ts';
import { WireError } from './fields.ts';
import { LIMITS } from './limits.ts';
import { mayBeAsked } from './names.ts';
import type { Objects } from './objects.ts';

/** Asks the learner process, and waits; `what` names it in messages to the learner. */
export type Ask = (action: Action, values: readonly unknown[], what: string) => unknown;

type Callable = (this: unknown, ...args: unknown[]) => unknown;

/**
 * What the judge holds in place of the learner's functions and instances. Each use is a question to
 * the learner process; the answer is an inert value.
 */
export class Stubs {
  readonly #ask: Ask;
  readonly #objects: Objects;
  readonly #known = new Map<number, object>();

  constructor(ask: Ask, objects: Objects) {
    this.#ask = ask;
    this.#objects = objects;
  }

  callable(shape: FunctionShape): unknown {
    const known = this.#known.get(shape.handle);
    if (known !== undefined) {
      if (typeof known !== 'function') throw new WireError('a function became an object');
      return known;
    }
    return this.#keep(shape.handle, this.#withStatics(this.#function(shape), shape));
  }

  instance(shape: InstanceShape): object {
    const known = this.#known.get(shape.handle);
    if (known !== undefined) {
      if (typeof known === 'function') throw new WireError('an object became a function');
      return known;
    }
    return this.#keep(shape.handle, this.#instance(shape));
  }

  #keep<T extends object>(handle: number, stub: T): T {
    this.#known.set(handle, stub);
    this.#objects.addStub(stub, handle);
    return stub;
  }

  #function({ handle, name, length, newable, parent }: FunctionShape): Callable {
    const ask = this.#ask;
    const objects = this.#objects;
    const stub: Callable = function (...args) {
      if (new.target) {
        if (!newable) throw new TypeError(`${name} is not a constructor`);
        return ask({ do: 'construct', handle }, args, `new ${name}`);
      }
      const self = selfOf(this, objects);
      return ask({ do: 'call', handle, ...(self ? { self } : {}) }, args, `${name}()`);
    };
    Object.defineProperty(stub, 'name', { value: name, configurable: true });
    Object.defineProperty(stub, 'length', { value: length, configurable: true });
    if (typeof parent === 'function') {
      const above: unknown = Reflect.get(parent, 'prototype');
      const own: unknown = Reflect.get(stub, 'prototype');
      if (isObject(above) && isObject(own)) Object.setPrototypeOf(own, above);
      Object.setPrototypeOf(stub, parent);
    }
    return stub;
  }

  #withStatics(stub: Callable, { handle, name, newable, statics }: FunctionShape): Callable {
    const own = new Set(statics.filter((key) => !['length', 'name'].includes(key)));
    if (!newable && own.size === 0) return stub;
    return new Proxy(stub, {
      get: (target, key, receiver): unknown =>
        typeof key === 'string' && own.has(key)
          ? this.#ask({ do: 'get', handle, key }, [], `${name}.${key}`)
          : Reflect.get(target, key, receiver),
      has: (target, key) => (typeof key === 'string' && own.has(key)) || Reflect.has(target, key),
      set: (_target, key, value) => this.#set(handle, key, value, name),
    });
  }

  #instance(shape: InstanceShape): object {
    const { handle, name } = shape;
    const label = name || 'object';
    const methods = new Map<string, Callable>(
      shape.methods.map((key) => [
        key,
        (...args) => this.#ask({ do: 'method', handle, key }, args, `${label}.${key}()`),
      ]),
    );
    const ofClass: unknown =
      typeof shape.class === 'function' ? Reflect.get(shape.class, 'prototype') : undefined;
    const iterate = (async: boolean) => (): unknown =>
      this.#ask({ do: 'iterate', handle, async }, [], label);
    const get = (key: string): unknown =>
      this.#ask({ do: 'get', handle, key }, [], `${label}.${key}`);
    return new Proxy(isObject(ofClass) ? (Object.create(ofClass) as object) : {}, {
      get: (_target, key) => {
        if (key === Symbol.iterator) return shape.iterable ? iterate(false) : undefined;
        if (key === Symbol.asyncIterator) return shape.asyncIterable ? iterate(true) : undefined;
        if (key === 'constructor') return shape.class ?? Object;
        if (!mayBeAsked(key)) return undefined;
        const method = methods.get(key);
        if (method) return method;
        // A promise looks for `then` wherever it resolves, and JSON for `toJSON`.
        if (key === 'then' || key === 'toJSON' || key === 'valueOf') return undefined;
        if (key === 'toString') return () => `[${label}]`;
        return get(key);
      },
      set: (_target, key, value) => this.#set(handle, key, value, label),
      has: (_target, key) => {
        if (key === Symbol.iterator) return shape.iterable;
        if (key === Symbol.asyncIterator) return shape.asyncIterable;
        if (!mayBeAsked(key)) return false;
        return methods.has(key) || this.#ask({ do: 'has', handle, key }, [], label) === true;
      },
      ownKeys: () => this.#keys(handle, label),
      getOwnPropertyDescriptor: (_target, key) =>
        mayBeAsked(key) && this.#keys(handle, label).includes(key)
          ? {
              value: methods.get(key) ?? get(key),
              writable: true,
              enumerable: true,
              configurable: true,
            }
          : undefined,
      defineProperty: () => false,
      deleteProperty: () => false,
      preventExtensions: () => false,
      setPrototypeOf: () => false,
    });
  }

  #keys(handle: number, label: string): string[] {
    const keys = this.#ask({ do: 'keys', handle }, [], label);
    if (!Array.isArray(keys)) throw new WireError('names of properties');
    return [...new Set(keys.filter(mayBeAsked))].slice(0, LIMITS.names);
  }

  #set(handle: number, key: PropertyKey, value: unknown, label: string): boolean {
    if (!mayBeAsked(key)) return false;
    this.#ask({ do: 'set', handle, key }, [value], `${label}.${key}`);
    return true;
  }
}

/** Who a function is called on, where the learner process knows that object. */
function selfOf(self: unknown, objects: Objects): Extract<Action, { do: 'call' }>['self'] {
  if (!isObject(self)) return undefined;
  const handle = objects.stub(self);
  if (handle !== undefined) return { $: 'your-handle', handle };
  const copy = objects.copy(self);
  return copy === undefined ? undefined : { $: 'yours', id: copy };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
