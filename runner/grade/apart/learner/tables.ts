import { mapGet, mapSet, natives, weakGet, weakSet } from './intrinsics.ts';

const { Map } = natives;

/** Which objects both sides know, and under which numbers: the counterpart of the judge's `objects.ts`. */
const handles = new Map<unknown, unknown>();
const handleIds = new WeakMap<object, unknown>();
const judgeObjects = new Map<unknown, unknown>();
const judgeIds = new WeakMap<object, unknown>();
const ownObjects = new Map<unknown, unknown>();
const ownIds = new WeakMap<object, unknown>();
const callbacks = new Map<unknown, unknown>();
const callbackHandles = new WeakMap<object, unknown>();
let last = 0;

/** Our functions, instances and promises. */
export const own = {
  handle(value: object): number {
    const known = weakGet(handleIds, value) as number | undefined;
    if (known !== undefined) return known;
    last += 1;
    weakSet(handleIds, value, last);
    mapSet(handles, last, value);
    return last;
  },
  hasHandle: (value: object): boolean => weakGet(handleIds, value) !== undefined,
  byHandle: (handle: number): unknown => mapGet(handles, handle),
  /** The number of an object of ours of which the judge holds copies. */
  id(value: object): number {
    const known = weakGet(ownIds, value) as number | undefined;
    if (known !== undefined) return known;
    last += 1;
    weakSet(ownIds, value, last);
    mapSet(ownObjects, last, value);
    return last;
  },
  byId: (id: number): unknown => mapGet(ownObjects, id),
};

/** The judge's objects, as copies, and its functions, as callables. */
export const judges = {
  byId: (id: number): object | undefined => mapGet(judgeObjects, id) as object | undefined,
  idOf: (value: object): number | undefined => weakGet(judgeIds, value) as number | undefined,
  add(id: number, copy: object): void {
    mapSet(judgeObjects, id, copy);
    weakSet(judgeIds, copy, id);
  },
  callback: (handle: number): unknown => mapGet(callbacks, handle),
  addCallback(handle: number, callable: object): void {
    mapSet(callbacks, handle, callable);
    weakSet(callbackHandles, callable, handle);
  },
  handleOf: (value: object): number | undefined =>
    weakGet(callbackHandles, value) as number | undefined,
};
