import type { ErrorWire, Wire } from '../wire.ts';
import {
  assign,
  asyncIterator,
  bufferFrom,
  create,
  defineProperty,
  deleteProperty,
  ERRORS,
  iterator,
  mapClear,
  mapGet,
  mapSet,
  natives,
  ownKeys,
  setAdd,
  setClear,
  symbolFor,
  VIEWS,
} from './intrinsics.ts';
import { judges, own } from './tables.ts';

const { ArrayBuffer, BigInt, Date, Map, Number, Promise, RegExp, Set, Symbol, Uint8Array } =
  natives;

type Fields = Exclude<Wire, null | boolean | number | string>;
type AnyFunction = (...args: unknown[]) => unknown;

/** Calls a function of the judge, and waits for its outcome. */
export type CallJudge = (handle: number, self: unknown, values: unknown[]) => unknown;

const pending = new Map<unknown, unknown>();
const iteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf([][Symbol.iterator]()),
) as object;
const asyncIteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())),
) as object;

let callJudge: CallJudge = () => undefined;

/** To be told once how the judge's functions are called. */
export function onCall(call: CallJudge): void {
  callJudge = call;
}

/**
 * Makes a value of what the judge sent.
 *
 * @param ids is told which of the judge's objects were copied.
 */
export function decode(wire: Wire, ids?: number[]): unknown {
  if (wire === null || typeof wire !== 'object') return wire;
  switch (wire.$) {
    case 'undefined':
    case 'hole':
      return undefined;
    case 'number':
      return wire.text === '-0' ? -0 : Number(wire.text);
    case 'bigint':
      return BigInt(wire.text);
    case 'symbol':
      return wire.key === null ? Symbol(wire.description) : symbolFor(wire.key);
    case 'array': {
      const array = copy(wire.id, ids, () => []) as unknown[];
      array.length = 0;
      for (let index = 0; index < wire.items.length; index += 1) {
        const item = wire.items[index] ?? null;
        if (isHole(item)) array.length = index + 1;
        else array[index] = decode(item, ids);
      }
      return array;
    }
    case 'object': {
      const object = copy(wire.id, ids, () => (wire.bare ? (create(null) as object) : {}));
      const keys = ownKeys(object);
      for (let index = 0; index < keys.length; index += 1)
        deleteProperty(object, keys[index] ?? '');
      fill(object, wire.entries, ids);
      if (wire.iterate !== undefined) put(object, iterator, decode(wire.iterate, ids));
      return object;
    }
    case 'map': {
      const map = copy(wire.id, ids, () => new Map()) as Map<unknown, unknown>;
      mapClear(map);
      for (let index = 0; index < wire.entries.length; index += 1) {
        const entry = wire.entries[index];
        if (entry) mapSet(map, decode(entry[0], ids), decode(entry[1], ids));
      }
      return map;
    }
    case 'set': {
      const set = copy(wire.id, ids, () => new Set()) as Set<unknown>;
      setClear(set);
      for (let index = 0; index < wire.items.length; index += 1)
        setAdd(set, decode(wire.items[index] ?? null, ids));
      return set;
    }
    case 'date':
      return copy(wire.id, ids, () => new Date(wire.time ?? NaN));
    case 'regexp':
      return copy(wire.id, ids, () => new RegExp(wire.source, wire.flags));
    case 'bytes':
      return copy(wire.id, ids, () => bytes(wire));
    case 'error':
      return error(wire, ids);
    case 'iterator':
      return copy(wire.id, ids, () => iterating(wire, ids));
    case 'function':
      return callback(wire.handle, wire.name, wire.length);
    case 'promise':
      return promise(wire.handle).promise;
    case 'again':
      return judges.byId(wire.id);
    case 'yours':
      return own.byId(wire.id);
    case 'your-handle':
      return own.byHandle(wire.handle);
    default:
      throw new TypeError('The judge sent what this program does not know.');
  }
}

/** Settles one of the judge's promises. */
export function settle(handle: number, ok: boolean, value: Wire): void {
  const { resolve, reject } = promise(handle);
  const decoded = decode(value);
  if (ok) resolve(decoded);
  else reject(decoded);
}

function copy(id: number, ids: number[] | undefined, make: () => object): object {
  const known = judges.byId(id);
  if (ids) ids[ids.length] = id;
  if (known) return known;
  const made = make();
  judges.add(id, made);
  return made;
}

function fill(object: object, entries: readonly [string, Wire][], ids?: number[]): void {
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry) put(object, entry[0], decode(entry[1], ids));
  }
}

function put(object: object, key: PropertyKey, value: unknown): void {
  defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function isHole(item: Wire): boolean {
  return item !== null && typeof item === 'object' && item.$ === 'hole';
}

function bytes({ base64, type }: Fields & { $: 'bytes' }): object {
  const decoded = bufferFrom(base64, 'base64');
  const buffer = new ArrayBuffer(decoded.length);
  new Uint8Array(buffer).set(decoded);
  if (type === 'ArrayBuffer') return buffer;
  const View = VIEWS[type];
  return View ? new View(buffer) : bufferFrom(buffer);
}

function error(wire: ErrorWire, ids?: number[]): object {
  const known = judges.byId(wire.id);
  const made = known ?? makeError(wire);
  if (!known) judges.add(wire.id, made);
  if (ids) ids[ids.length] = wire.id;
  fill(made, wire.entries, ids);
  return made;
}

function makeError({ base, message, name }: ErrorWire): Error {
  let made: Error | undefined;
  if (base === 'AggregateError') made = new AggregateError([], message);
  for (let index = 0; index < ERRORS.length && !made; index += 1) {
    const known = ERRORS[index];
    if (known?.[0] === base && base !== 'SuppressedError') made = new known[1](message);
  }
  made ??= new Error(message);
  if (made.name !== name)
    defineProperty(made, 'name', { value: name, writable: true, configurable: true });
  return made;
}

/** An iterator of the suite's, such as a running generator. */
function iterating(wire: Fields & { $: 'iterator' }, ids?: number[]): object {
  const made = create(wire.async ? asyncIteratorPrototype : iteratorPrototype) as object;
  for (const key of ['next', 'return', 'throw'] as const) {
    const method = decode(wire[key], ids);
    if (method !== null) defineProperty(made, key, { value: method, configurable: true });
  }
  if (wire.async && !(asyncIterator in made)) put(made, asyncIterator, () => made);
  return made;
}

function callback(handle: number, name: string, length: number): unknown {
  const known = judges.callback(handle);
  if (known !== undefined) return known;
  const made: AnyFunction = function (this: unknown, ...args) {
    if (new.target) throw new TypeError(`${name} is a function of the tests, not a class.`);
    return callJudge(handle, this, args);
  };
  defineProperty(made, 'name', { value: name, configurable: true });
  defineProperty(made, 'length', { value: length, configurable: true });
  judges.addCallback(handle, made);
  return made;
}

interface Settling {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function promise(handle: number): Settling {
  const known = mapGet(pending, handle) as Settling | undefined;
  if (known) return known;
  let resolve: Settling['resolve'] = () => undefined;
  let reject: Settling['reject'] = () => undefined;
  const made = new Promise((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  const settling = { promise: made, resolve, reject };
  mapSet(pending, handle, settling);
  return settling;
}

/** Puts a value under a key as the learner's code would. */
export function setProperty(target: object, key: string, value: unknown): void {
  if (!assign(target, key, value, target)) throw new TypeError(`Cannot assign to "${key}".`);
}
