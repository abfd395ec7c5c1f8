/** Why an entry left the cache. */
export type Reason = 'capacity' | 'expired' | 'replaced' | 'deleted';

/** What a cache is made with. */
export interface CacheOptions<K, V> {
  /** The weights of all entries never add up to more than this. */
  maxWeight: number;
  /** How long an entry lives after it was written, in milliseconds. Forever when left out. */
  ttl?: number;
  /** The time in milliseconds; take it that it never goes back. The system's clock when left out. */
  clock?: () => number;
  /** Called once for each entry that has left the cache. */
  onEvict?: (key: K, value: V, reason: Reason) => void;
}

let fieldAccesses = 0;

/** How many fields of counted objects have been read or written so far. Leave as it is. */
export function accesses(): number {
  return fieldAccesses;
}

/** Returns the plain object or array such that each access to a field is counted. Leave as it is. */
function counted<T extends object>(data: T): T {
  return new Proxy(data, {
    get(target, field, receiver): unknown {
      fieldAccesses += 1;
      return Reflect.get(target, field, receiver);
    },
    set(target, field, value, receiver) {
      fieldAccesses += 1;
      return Reflect.set(target, field, value, receiver);
    },
  });
}

/** A cache in memory that drops what has not been used for longest, and what is too old. */
export class Cache<K, V> {
  constructor(options: CacheOptions<K, V>) {
    // TODO: keep what the methods need. What keeps entries between calls goes through `counted`.
  }

  /** How many live entries there are. */
  get size(): number {
    // TODO: count the live entries.
    throw new Error('size is not implemented yet');
  }

  /**
   * Stores a value under a key, in the place of the one that was there; counts as a use.
   *
   * @param weight a positive integer.
   * @returns false when the value alone is heavier than `maxWeight`: it is not stored.
   */
  set(key: K, value: V, weight = 1): boolean {
    // TODO: store the value, and make room for it where needed.
    throw new Error('set is not implemented yet');
  }

  /** Returns the live value under the key, undefined when there is none; counts as a use. */
  get(key: K): V | undefined {
    // TODO: find the value, and remember that it was used.
    throw new Error('get is not implemented yet');
  }

  /** Tells whether there is a live entry under the key; no use. */
  has(key: K): boolean {
    // TODO: look for a live entry.
    throw new Error('has is not implemented yet');
  }

  /** Removes the entry under the key, and tells whether there was a live one. */
  delete(key: K): boolean {
    // TODO: remove the entry.
    throw new Error('delete is not implemented yet');
  }

  /** Returns the live entries, least recently used first; no use. A copy or a view, as you like. */
  entries(): Iterable<[K, V]> {
    // TODO: list the entries in the order of their last use.
    throw new Error('entries is not implemented yet');
  }
}
