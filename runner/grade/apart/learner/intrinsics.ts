// The language as it was before learner code ran, so that a kata which patches it is still answered for
// faithfully. No verdict depends on this: the judge believes nothing that comes out of this process.

export const {
  apply,
  construct,
  ownKeys,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  defineProperty,
  deleteProperty,
  set: assign,
} = Reflect;
export const { is, create, prototype: objectPrototype } = Object;
export const { isArray } = Array;
export const { stringify, parse } = JSON;
export const { from: bufferFrom, allocUnsafe, concat } = Buffer;
export const evaluate = eval;

type Method<This, Args extends unknown[], Result> = (this: This, ...args: Args) => Result;

/** A method as a function whose first argument is the object. */
function free<This, Args extends unknown[], Result>(
  method: Method<This, Args, Result>,
): (self: This, ...args: Args) => Result {
  return (self, ...args) => apply<This, Args, Result>(method, self, args);
}

type AnyMap = Map<unknown, unknown>;
type AnySet = Set<unknown>;
type AnyWeakMap = WeakMap<object, unknown>;

export const mapPrototype = Map.prototype;
export const setPrototype = Set.prototype;
export const mapGet = free<AnyMap, [unknown], unknown>(Map.prototype.get);
export const mapSet = free<AnyMap, [unknown, unknown], unknown>(Map.prototype.set);
export const mapClear = free<AnyMap, [], void>(Map.prototype.clear);
export const mapForEach = free<AnyMap, [(value: unknown, key: unknown) => void], void>(
  Map.prototype.forEach,
);
export const setAdd = free<AnySet, [unknown], unknown>(Set.prototype.add);
export const setClear = free<AnySet, [], void>(Set.prototype.clear);
export const setForEach = free<AnySet, [(value: unknown) => void], void>(Set.prototype.forEach);
export const weakGet = free<AnyWeakMap, [object], unknown>(WeakMap.prototype.get);
export const weakSet = free<AnyWeakMap, [object, unknown], unknown>(WeakMap.prototype.set);
export const timeOf = free<Date, [], number>(Date.prototype.getTime);
export const sourceText = free<(...args: never[]) => unknown, [], string>(
  Function.prototype.toString,
);
export const startsWith = free<string, [string], boolean>(String.prototype.startsWith);
export const chain = free<
  Promise<unknown>,
  [(value: unknown) => unknown, (error: unknown) => unknown],
  Promise<unknown>
>(Promise.prototype.then);
/** Typed `any` by node's own types. */
const bytes = Buffer.prototype as Buffer;
export const utf8 = free<Buffer, ['utf8', number, number], string>(bytes.toString);
export const base64 = free<Buffer, ['base64'], string>(bytes.toString);
export const writeLength = free<Buffer, [number, number], number>(bytes.writeUInt32BE);
export const readLength = free<Buffer, [number], number>(bytes.readUInt32BE);
export const part = free<Buffer, [number, number], Buffer>(bytes.subarray);

const typedArray = getPrototypeOf(Uint8Array.prototype);
const getter = (key: string | symbol): (() => unknown) => {
  const get = typedArray && getOwnPropertyDescriptor(typedArray, key)?.get;
  if (!get) throw new TypeError('no such property of typed arrays');
  return get;
};
const bufferOf = getter('buffer');
const offsetOf = getter('byteOffset');
const sizeOf = getter('byteLength');
const tagOf = getter(Symbol.toStringTag);

/** The bytes of a typed array, and its kind. */
export function viewOf(view: NodeJS.TypedArray): { bytes: Buffer; type: string } {
  const buffer = apply(bufferOf, view, []) as ArrayBuffer;
  const offset = apply(offsetOf, view, []) as number;
  const size = apply(sizeOf, view, []) as number;
  return { bytes: bufferFrom(buffer, offset, size), type: apply(tagOf, view, []) as string };
}

export const natives = {
  Map,
  Set,
  Date,
  RegExp,
  Promise,
  Symbol,
  String,
  Number,
  BigInt,
  ArrayBuffer,
  Uint8Array,
  Object,
} as const;

const { iterator, asyncIterator, keyFor, for: symbolFor } = Symbol;
export { asyncIterator, iterator, keyFor, symbolFor };

/** The language's own errors, the most special ones first. */
export const ERRORS: readonly (readonly [name: string, constructor: ErrorConstructor])[] = [
  ['DOMException', DOMException],
  ['AggregateError', AggregateError],
  ['SuppressedError', SuppressedError],
  ['TypeError', TypeError],
  ['RangeError', RangeError],
  ['SyntaxError', SyntaxError],
  ['EvalError', EvalError],
  ['ReferenceError', ReferenceError],
  ['URIError', URIError],
  ['Error', Error],
] as unknown as readonly (readonly [string, ErrorConstructor])[];

export const VIEWS: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>> = {
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
