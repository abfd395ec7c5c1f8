import { types } from 'node:util';
import type { ErrorWire, FunctionWire, InstanceWire, Wire } from '../wire.ts';
import {
  asyncIterator,
  base64,
  bufferFrom,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  is,
  isArray,
  iterator,
  keyFor,
  mapForEach,
  mapGet,
  mapPrototype,
  mapSet,
  natives,
  objectPrototype,
  ownKeys,
  setForEach,
  setPrototype,
  timeOf,
  viewOf,
} from './intrinsics.ts';
import {
  baseOf,
  baseOfClass,
  classOf,
  constructorOf,
  isClass,
  isConstructor,
  methodsOf,
  NAMES,
  type AnyFunction,
} from './shape.ts';
import { judges, own } from './tables.ts';

const {
  isAnyArrayBuffer,
  isDate,
  isMap,
  isNativeError,
  isPromise,
  isProxy,
  isRegExp,
  isSet,
  isTypedArray,
} = types;
const { isError } = Error;
const { Map, String, Number } = natives;

const DEPTH = 90;
const NODES = 200_000;

/** Where the outcome of one of our promises is to be sent. */
export type OnPromise = (handle: number, promise: Promise<unknown>) => void;

interface Sending {
  nodes: number;
  readonly sent: Map<unknown, unknown>;
  readonly onPromise: OnPromise;
}

/**
 * Puts a value of the learner's code into words for the judge.
 *
 * @throws RangeError when it is too deep or too large.
 */
export function encode(value: unknown, onPromise: OnPromise): Wire {
  return wire(value, { nodes: 0, sent: new Map<unknown, unknown>(), onPromise }, 0);
}

/** How a copy of one of the judge's objects looks now, whatever the judge knows of it. */
export function encodeContent(value: object, id: number): Wire {
  const sending: Sending = {
    nodes: 0,
    sent: new Map<unknown, unknown>(),
    onPromise: () => undefined,
  };
  mapSet(sending.sent, value, { $: 'yours', id });
  return content(value, id, sending, 0) ?? null;
}

function wire(value: unknown, sending: Sending, depth: number): Wire {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return is(value, -0) || value - value !== 0
        ? { $: 'number', text: is(value, -0) ? '-0' : String(value) }
        : value;
    case 'undefined':
      return { $: 'undefined' };
    case 'bigint':
      return { $: 'bigint', text: String(value) };
    case 'symbol':
      return { $: 'symbol', key: keyFor(value) ?? null, description: value.description ?? '' };
    case 'function':
      return callable(value as AnyFunction, sending, depth);
    default:
      return value === null ? null : object(value as object, sending, depth);
  }
}

function object(value: object, sending: Sending, depth: number): Wire {
  sending.nodes += 1;
  if (sending.nodes > NODES || depth > DEPTH)
    throw new RangeError('The value is too deep or too large to be judged.');
  const sent = mapGet(sending.sent, value) as Wire | undefined;
  if (sent !== undefined) return sent;
  const theirs = judges.idOf(value);
  if (theirs !== undefined) return { $: 'yours', id: theirs };
  if (isPromise(value)) {
    const known = own.hasHandle(value);
    const handle = own.handle(value);
    if (!known) sending.onPromise(handle, value);
    return { $: 'promise', handle };
  }
  if (isProxy(value)) return instance(value, sending, depth);
  const id = own.id(value);
  mapSet(sending.sent, value, { $: 'again', id });
  return content(value, id, sending, depth) ?? instance(value, sending, depth);
}

/** Plain data; undefined for an object with a life of its own. */
function content(value: object, id: number, sending: Sending, depth: number): Wire | undefined {
  const at = depth + 1;
  if (isArray(value)) {
    const items: Wire[] = [];
    const { length } = value;
    if (length > NODES) throw new RangeError('The array is too long to be judged.');
    for (let index = 0; index < length; index += 1)
      items[index] = index in value ? wire(value[index], sending, at) : { $: 'hole' };
    return { $: 'array', id, items };
  }
  if (isError(value) || isNativeError(value)) return error(value, id, sending, at);
  if (isDate(value)) {
    const time = timeOf(value);
    return { $: 'date', id, time: time === time ? time : null };
  }
  if (isRegExp(value)) return { $: 'regexp', id, source: value.source, flags: value.flags };
  if (isMap(value) && getPrototypeOf(value) === mapPrototype) {
    const entries: [Wire, Wire][] = [];
    mapForEach(value, (item, key) => {
      entries[entries.length] = [wire(key, sending, at), wire(item, sending, at)];
    });
    return { $: 'map', id, entries };
  }
  if (isSet(value) && getPrototypeOf(value) === setPrototype) {
    const items: Wire[] = [];
    setForEach(value, (item) => {
      items[items.length] = wire(item, sending, at);
    });
    return { $: 'set', id, items };
  }
  if (isTypedArray(value)) {
    const { bytes, type } = viewOf(value);
    const isBuffer = getPrototypeOf(value) === Buffer.prototype;
    return { $: 'bytes', id, type: isBuffer ? 'Buffer' : type, base64: base64(bytes, 'base64') };
  }
  if (isAnyArrayBuffer(value))
    return { $: 'bytes', id, type: 'ArrayBuffer', base64: base64(bufferFrom(value), 'base64') };
  return plain(value, id, sending, at);
}

function plain(value: object, id: number, sending: Sending, depth: number): Wire | undefined {
  const prototype = getPrototypeOf(value);
  if (prototype !== null && prototype !== objectPrototype) return undefined;
  const keys = ownKeys(value);
  const entries: [string, Wire][] = [];
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    const property = key === undefined ? undefined : getOwnPropertyDescriptor(value, key);
    if (key === undefined || !property) continue;
    // Its methods may use `this`, its getters may change: such an object stays here.
    if (typeof property.value === 'function' || property.get) return undefined;
    if (typeof key === 'string' && property.enumerable)
      entries[entries.length] = [key, wire(property.value, sending, depth)];
  }
  return { $: 'object', id, bare: prototype === null, entries };
}

function error(value: Error, id: number, sending: Sending, depth: number): ErrorWire {
  const entries: [string, Wire][] = [];
  const keys = ownKeys(value);
  for (let index = 0; index < keys.length && index < NAMES; index += 1) {
    const key = keys[index];
    if (typeof key !== 'string' || key === 'stack' || key === 'message') continue;
    entries[entries.length] = [key, wire((value as never)[key], sending, depth)];
  }
  const constructor = classOf(value);
  return {
    $: 'error',
    id,
    name: String(value.name),
    base: baseOf(value),
    message: String(value.message),
    stack: String(value.stack ?? ''),
    entries,
    ...(constructor ? { class: callable(constructor, sending, depth) } : {}),
  };
}

function instance(value: object, sending: Sending, depth: number): InstanceWire {
  const proxy = isProxy(value);
  const constructor = proxy ? undefined : classOf(value);
  return {
    $: 'instance',
    handle: own.handle(value),
    name: proxy ? '' : String(constructorOf(value)?.name ?? ''),
    methods: proxy ? [] : methodsOf(value),
    iterable: !proxy && iterator in value,
    asyncIterable: !proxy && asyncIterator in value,
    ...(constructor ? { class: callable(constructor, sending, depth) } : {}),
  };
}

function callable(value: AnyFunction, sending: Sending, depth: number): Wire {
  const theirs = judges.handleOf(value);
  if (theirs !== undefined) return { $: 'your-handle', handle: theirs };
  const newable = isConstructor(value);
  const parent = newable && depth < DEPTH ? getPrototypeOf(value) : null;
  const statics: string[] = [];
  const keys = ownKeys(value);
  for (let index = 0; index < keys.length && statics.length < NAMES; index += 1) {
    const key = keys[index];
    if (typeof key === 'string' && key !== 'prototype') statics[statics.length] = key;
  }
  const described: FunctionWire = {
    $: 'function',
    handle: own.handle(value),
    name: String(getOwnPropertyDescriptor(value, 'name')?.value ?? ''),
    length: Number(getOwnPropertyDescriptor(value, 'length')?.value ?? 0),
    newable,
    statics,
    base: newable ? baseOfClass(value) : '',
  };
  return typeof parent === 'function' && isClass(parent as AnyFunction)
    ? { ...described, parent: callable(parent as AnyFunction, sending, depth + 1) }
    : described;
}
