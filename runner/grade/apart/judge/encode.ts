import type { Wire } from '../wire.ts';
import { LIMITS } from './limits.ts';
import { mayBeData } from './names.ts';

/** How our objects are known on the other side. */
export interface Ledger {
  /** The learner's handle, when the value is a stub. */
  stub(value: object): number | undefined;
  /** The learner's id, when the value is the copy of one of the learner's objects. */
  copy(value: object): number | undefined;
  /** Our id of an object that is copied. */
  number(value: object): number;
  callback(value: (...args: unknown[]) => unknown): number;
  promise(value: Promise<unknown>): number;
}

/** A suite hands over something that cannot cross to the learner's process: the author's fault. */
export class CannotCross extends TypeError {
  override readonly name = 'CannotCross';

  constructor(what: string) {
    super(
      `${what} cannot cross to the learner's process. Hand over plain data or functions instead, or judge this exercise together.`,
    );
  }
}

/**
 * Puts a value of the suite into words for the learner process.
 *
 * @throws CannotCross for a value that cannot be copied.
 */
export function encode(value: unknown, ledger: Ledger): Wire {
  const sent = new Set<object>();
  let nodes = 0;

  const entries = (object: object, at: number): [string, Wire][] =>
    Object.keys(object)
      .filter(mayBeData)
      .map((key) => [key, wire(Reflect.get(object, key), at)]);

  function wire(value: unknown, depth: number): Wire {
    nodes += 1;
    if (depth > LIMITS.depth || nodes > LIMITS.nodes)
      throw new CannotCross('A value that deep or large');
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { $: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', text: String(value) };
      case 'symbol':
        return {
          $: 'symbol',
          key: Symbol.keyFor(value) ?? null,
          description: value.description ?? '',
        };
      case 'function':
        return callable(value as (...args: unknown[]) => unknown);
      default:
        return value === null ? null : object(value as object, depth + 1);
    }
  }

  function callable(value: (...args: unknown[]) => unknown): Wire {
    const handle = ledger.stub(value);
    if (handle !== undefined) return { $: 'your-handle', handle };
    return {
      $: 'function',
      handle: ledger.callback(value),
      name: String(value.name),
      length: value.length,
      newable: false,
      statics: [],
      base: '',
    };
  }

  function object(value: object, at: number): Wire {
    const handle = ledger.stub(value);
    if (handle !== undefined) return { $: 'your-handle', handle };
    if (value instanceof Promise) return { $: 'promise', handle: ledger.promise(value) };
    const copied = ledger.copy(value);
    if (copied !== undefined) return { $: 'yours', id: copied };
    const id = ledger.number(value);
    if (sent.has(value)) return { $: 'again', id };
    sent.add(value);
    if (Array.isArray(value)) {
      const items = Array.from({ length: value.length }, (_, index): Wire =>
        index in value ? wire(value[index], at) : { $: 'hole' },
      );
      return { $: 'array', id, items };
    }
    if (value instanceof Map) {
      const pairs = [...value].map(([key, item]): [Wire, Wire] => [wire(key, at), wire(item, at)]);
      return { $: 'map', id, entries: pairs };
    }
    if (value instanceof Set)
      return { $: 'set', id, items: [...value].map((item) => wire(item, at)) };
    if (value instanceof Date) {
      const time = value.getTime();
      return { $: 'date', id, time: Number.isNaN(time) ? null : time };
    }
    if (value instanceof RegExp)
      return { $: 'regexp', id, source: value.source, flags: value.flags };
    if (value instanceof Error || value instanceof DOMException) return error(value, id, at);
    if (ArrayBuffer.isView(value)) return bytes(value, id);
    if (value instanceof ArrayBuffer)
      return { $: 'bytes', id, type: 'ArrayBuffer', base64: Buffer.from(value).toString('base64') };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === null || prototype === Object.prototype) return plain(value, id, at);
    if ('next' in value && typeof value.next === 'function') return iterator(value, id);
    throw new CannotCross(`An object of the class ${value.constructor.name}`);
  }

  function plain(value: object, id: number, at: number): Wire {
    const iterate: unknown = Reflect.get(value, Symbol.iterator);
    return {
      $: 'object',
      id,
      bare: Object.getPrototypeOf(value) === null,
      entries: entries(value, at),
      ...(typeof iterate === 'function'
        ? { iterate: callable((): unknown => Reflect.apply(iterate, value, [])) }
        : {}),
    };
  }

  function error(value: Error, id: number, at: number): Wire {
    const hidden = ['cause', 'errors', 'error', 'suppressed'].filter((key) =>
      Object.hasOwn(value, key),
    );
    return {
      $: 'error',
      id,
      name: String(value.name),
      base: baseOf(value),
      message: String(value.message),
      stack: '',
      entries: [
        ...entries(value, at),
        ...hidden.map((key): [string, Wire] => [key, wire(Reflect.get(value, key), at)]),
      ],
    };
  }

  function iterator(value: object, id: number): Wire {
    const step = (key: 'next' | 'return' | 'throw'): Wire => {
      const method: unknown = Reflect.get(value, key);
      if (typeof method !== 'function') return null;
      return callable((...args: unknown[]): unknown => Reflect.apply(method, value, args));
    };
    return {
      $: 'iterator',
      id,
      async: Symbol.asyncIterator in value,
      next: step('next'),
      return: step('return'),
      throw: step('throw'),
    };
  }

  return wire(value, 0);
}

const BASES = [
  'DOMException',
  'AggregateError',
  'SuppressedError',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'EvalError',
  'ReferenceError',
  'URIError',
] as const;

function baseOf(error: Error): string {
  return (
    BASES.find((name) => {
      const base: unknown = Reflect.get(globalThis, name);
      return typeof base === 'function' && error instanceof base;
    }) ?? 'Error'
  );
}

function bytes(view: ArrayBufferView, id: number): Wire {
  const type = Buffer.isBuffer(view) ? 'Buffer' : view.constructor.name;
  const content = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  return { $: 'bytes', id, type, base64: content.toString('base64') };
}
