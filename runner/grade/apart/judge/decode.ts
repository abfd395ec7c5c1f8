import {
  dataName,
  finite,
  id,
  known,
  list,
  names,
  pair,
  pick,
  record,
  text,
  WireError,
  type Fields,
} from './fields.ts';
import { LIMITS } from './limits.ts';

/** A function of the learner's, checked. */
export interface FunctionShape {
  readonly handle: number;
  readonly name: string;
  readonly length: number;
  readonly newable: boolean;
  readonly statics: readonly string[];
  /** The class that it extends, as a stub, or one of the language. */
  readonly parent: unknown;
}

/** An object of the learner's with a life of its own, checked. */
export interface InstanceShape {
  readonly handle: number;
  readonly name: string;
  readonly methods: readonly string[];
  readonly iterable: boolean;
  readonly asyncIterable: boolean;
  /** Its class, as a stub. */
  readonly class: unknown;
}

/** What values refer to beyond themselves. */
export interface Realm {
  /** The copy of the learner's object of this id, once there is one. */
  copyOf(id: number): object | undefined;
  addCopy(id: number, copy: object): void;
  /** An object of ours, of which the learner has a copy. */
  own(id: number): object | undefined;
  /** A function of ours that the learner knows, or a stub that it sends back. */
  ownHandle(handle: number): unknown;
  callable(shape: FunctionShape): unknown;
  instance(shape: InstanceShape): object;
  promise(handle: number): Promise<unknown>;
  /** The lines of a stack trace that point into the kata, with their places in its source. */
  trace(stack: string): string;
}

const ERRORS: Readonly<Record<string, new (message: string) => Error>> = {
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  EvalError,
  ReferenceError,
  URIError,
  DOMException,
};
const BYTES: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};
const NUMBERS: Readonly<Record<string, number>> = {
  '-0': -0,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};
/** Own properties of an error that a loop over it does not see. */
const HIDDEN_IN_ERRORS = new Set(['errors', 'cause', 'error', 'suppressed']);

/**
 * Makes an inert value of what a learner process sent: primitives, copies of plain data, stubs.
 *
 * @throws WireError when it is not well-formed, or beyond the limits.
 */
export function decode(wire: unknown, realm: Realm): unknown {
  return new Decoding(realm).value(wire, 0);
}

/** Brings an object of ours into the state in which the learner's code left its copy. */
export function decodeChange(wire: unknown, target: object, realm: Realm): void {
  new Decoding(realm).into(wire, target);
}

class Decoding {
  readonly #realm: Realm;
  #nodes = 0;

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  value(wire: unknown, depth: number): unknown {
    this.#nodes += 1;
    if (depth > LIMITS.depth || this.#nodes > LIMITS.nodes) throw new WireError('too large');
    if (wire === null || typeof wire === 'string' || typeof wire === 'boolean') return wire;
    if (typeof wire === 'number') return finite(wire);
    const fields = record(wire);
    const at = depth + 1;
    switch (fields.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return pick(NUMBERS, fields.text);
      case 'bigint':
        if (!/^-?\d{1,20000}$/.test(text(fields.text))) throw new WireError('bigint');
        return BigInt(text(fields.text));
      case 'symbol':
        return fields.key === null
          ? Symbol(text(fields.description))
          : Symbol.for(text(fields.key));
      case 'array': {
        const array = this.#copy(fields, Array.isArray, () => [] as unknown[]);
        return this.#fillArray(array, fields, at);
      }
      case 'object': {
        const bare = fields.bare === true;
        const plain = (known: object): known is object =>
          Object.getPrototypeOf(known) === (bare ? null : Object.prototype);
        const make = (): object => (bare ? (Object.create(null) as object) : {});
        return this.#fillObject(this.#copy(fields, plain, make), fields, at);
      }
      case 'map':
        return this.#fillMap(this.#copy(fields, isMap, newMap), fields, at);
      case 'set':
        return this.#fillSet(this.#copy(fields, isSet, newSet), fields, at);
      case 'date': {
        const time = fields.time === null ? Number.NaN : finite(fields.time);
        return this.#copy(fields, isDate, () => new Date(time));
      }
      case 'regexp':
        return this.#copy(fields, isRegExp, () => regexp(fields));
      case 'bytes':
        return this.#copy(fields, isBytes, () => bytes(fields));
      case 'error':
        return this.#error(fields, at);
      case 'function':
        return this.#callable(fields, at);
      case 'instance':
        return this.#realm.instance({
          handle: id(fields.handle),
          name: text(fields.name).slice(0, 100),
          methods: names(fields.methods),
          iterable: fields.iterable === true,
          asyncIterable: fields.asyncIterable === true,
          class: fields.class === undefined ? undefined : this.#class(fields.class, at),
        });
      case 'promise':
        return this.#realm.promise(id(fields.handle));
      case 'again':
        return known(this.#realm.copyOf(id(fields.id)));
      case 'yours':
        return known(this.#realm.own(id(fields.id)));
      case 'your-handle':
        return known(this.#realm.ownHandle(id(fields.handle)));
      default:
        throw new WireError('kind of value');
    }
  }

  into(wire: unknown, target: object): void {
    const fields = record(wire);
    if (Array.isArray(target) && fields.$ === 'array') this.#fillArray(target, fields, 1);
    else if (isMap(target) && fields.$ === 'map') this.#fillMap(target, fields, 1);
    else if (isSet(target) && fields.$ === 'set') this.#fillSet(target, fields, 1);
    else if (isBytes(target) && fields.$ === 'bytes') fillBytes(target, fields);
    else if (fields.$ === 'object') this.#fillObject(target, fields, 1);
    else throw new WireError('change');
  }

  /** The copy that stands for the learner's object: the one made earlier, or a new one. */
  #copy<T extends object>(fields: Fields, fits: (known: object) => known is T, make: () => T): T {
    const key = id(fields.id);
    const earlier = this.#realm.copyOf(key);
    if (earlier !== undefined) {
      if (!fits(earlier)) throw new WireError('an object changed its kind');
      return earlier;
    }
    const made = make();
    this.#realm.addCopy(key, made);
    return made;
  }

  #fillArray(array: unknown[], fields: Fields, depth: number): unknown[] {
    const items = list(fields.items);
    array.length = 0;
    items.forEach((item, index) => {
      if (isHole(item)) array.length = index + 1;
      else define(array, String(index), this.value(item, depth));
    });
    return array;
  }

  #fillObject(object: object, fields: Fields, depth: number): object {
    const entries = list(fields.entries).map((entry): [string, unknown] => {
      const [name, value] = pair(entry);
      return [dataName(name), this.value(value, depth)];
    });
    for (const name of Object.keys(object)) Reflect.deleteProperty(object, name);
    for (const [name, value] of entries) define(object, name, value);
    return object;
  }

  #fillMap(map: Map<unknown, unknown>, fields: Fields, depth: number): Map<unknown, unknown> {
    const entries = list(fields.entries).map((entry) => {
      const [key, value] = pair(entry);
      return [this.value(key, depth), this.value(value, depth)] as const;
    });
    map.clear();
    for (const [key, value] of entries) map.set(key, value);
    return map;
  }

  #fillSet(set: Set<unknown>, fields: Fields, depth: number): Set<unknown> {
    const items = list(fields.items).map((item) => this.value(item, depth));
    set.clear();
    for (const item of items) set.add(item);
    return set;
  }

  #error(fields: Fields, depth: number): Error {
    const name = text(fields.name).slice(0, 200);
    const message = text(fields.message).slice(0, LIMITS.message);
    const base = text(fields.base);
    const error = this.#copy(fields, isError, () => makeError(base, message));
    const own = fields.class === undefined ? undefined : this.#class(fields.class, depth);
    if (typeof own === 'function') Object.setPrototypeOf(error, prototypeOf(own));
    if (error.name !== name) hide(error, 'name', name);
    hide(error, 'stack', `${name}: ${message}${this.#realm.trace(text(fields.stack))}`);
    for (const entry of list(fields.entries).slice(0, LIMITS.names)) {
      const [key, value] = pair(entry);
      const at = dataName(key);
      if (at === 'stack' || at === 'message' || at === 'name') continue;
      const decoded = this.value(value, depth);
      if (HIDDEN_IN_ERRORS.has(at)) hide(error, at, decoded);
      else define(error, at, decoded);
    }
    return error;
  }

  #class(wire: unknown, depth: number): unknown {
    const decoded = this.value(wire, depth);
    if (typeof decoded !== 'function') throw new WireError('class');
    return decoded;
  }

  #callable(fields: Fields, depth: number): unknown {
    const base = text(fields.base);
    const language = Object.hasOwn(ERRORS, base) ? ERRORS[base] : undefined;
    return this.#realm.callable({
      handle: id(fields.handle),
      name: text(fields.name).slice(0, 100),
      length: Math.min(id(fields.length), 100),
      newable: fields.newable === true,
      statics: names(fields.statics),
      parent: fields.parent === undefined ? language : this.#class(fields.parent, depth),
    });
  }
}

function isHole(item: unknown): boolean {
  return typeof item === 'object' && item !== null && '$' in item && item.$ === 'hole';
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function hide(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

function makeError(base: string, message: string): Error {
  if (base === 'AggregateError') return new AggregateError([], message);
  if (base === 'SuppressedError') return new SuppressedError(undefined, undefined, message);
  return new (pick(ERRORS, base))(message);
}

function prototypeOf(constructor: object): object {
  const prototype: unknown = Reflect.get(constructor, 'prototype');
  if (typeof prototype !== 'object' || prototype === null) throw new WireError('class');
  return prototype;
}

function regexp(fields: Fields): RegExp {
  try {
    return new RegExp(text(fields.source).slice(0, 10_000), text(fields.flags));
  } catch {
    throw new WireError('regexp');
  }
}

function bytes(fields: Fields): ArrayBufferView | ArrayBuffer {
  const decoded = Buffer.from(text(fields.base64), 'base64');
  const buffer = new ArrayBuffer(decoded.length);
  new Uint8Array(buffer).set(decoded);
  if (fields.type === 'ArrayBuffer') return buffer;
  if (fields.type === 'Buffer') return Buffer.from(buffer);
  try {
    return new (pick(BYTES, fields.type))(buffer);
  } catch {
    throw new WireError('bytes');
  }
}

function fillBytes(target: ArrayBufferView | ArrayBuffer, fields: Fields): void {
  const decoded = Buffer.from(text(fields.base64), 'base64');
  const own = ArrayBuffer.isView(target)
    ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength)
    : new Uint8Array(target);
  if (decoded.length !== own.length) throw new WireError('bytes');
  own.set(decoded);
}

const isMap = (value: object): value is Map<unknown, unknown> => value instanceof Map;
const isSet = (value: object): value is Set<unknown> => value instanceof Set;
const isDate = (value: object): value is Date => value instanceof Date;
const isRegExp = (value: object): value is RegExp => value instanceof RegExp;
const isError = (value: object): value is Error => value instanceof Error;
const isBytes = (value: object): value is ArrayBufferView | ArrayBuffer =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
const newMap = (): Map<unknown, unknown> => new Map();
const newSet = (): Set<unknown> => new Set();
