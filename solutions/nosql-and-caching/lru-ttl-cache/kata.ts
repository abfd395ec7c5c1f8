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

interface Link<K, T> {
  readonly key: K;
  readonly item: T;
  before: Link<K, T> | undefined;
  after: Link<K, T> | undefined;
}

/** A hash map plus a linked list: a queue whose items can be found, and taken out, by their keys. */
class KeyedQueue<K, T> {
  readonly #links = new Map<K, Link<K, T>>();
  #first: Link<K, T> | undefined;
  #last: Link<K, T> | undefined;

  get size(): number {
    return this.#links.size;
  }

  get first(): T | undefined {
    return this.#first?.item;
  }

  get(key: K): T | undefined {
    return this.#links.get(key)?.item;
  }

  append(key: K, item: T): void {
    const link = counted<Link<K, T>>({ key, item, before: this.#last, after: undefined });
    if (this.#last) this.#last.after = link;
    else this.#first = link;
    this.#last = link;
    this.#links.set(key, link);
  }

  delete(key: K): void {
    const link = this.#links.get(key);
    if (!link) return;
    if (link.before) link.before.after = link.after;
    else this.#first = link.after;
    if (link.after) link.after.before = link.before;
    else this.#last = link.before;
    this.#links.delete(key);
  }

  *items(): Generator<T> {
    for (let link = this.#first; link; link = link.after) yield link.item;
  }
}

interface Entry<K, V> {
  readonly key: K;
  readonly value: V;
  readonly weight: number;
  readonly expiresAt: number;
}

type Removal<K, V> = [key: K, value: V, reason: Reason];

/** A cache in memory that drops what has not been used for longest, and what is too old. */
export class Cache<K, V> {
  readonly #maxWeight: number;
  readonly #ttl: number;
  readonly #clock: () => number;
  readonly #onEvict: (...removal: Removal<K, V>) => void;

  readonly #byUse = new KeyedQueue<K, Entry<K, V>>();
  // All entries live equally long, so they expire in the order in which they were written.
  readonly #byAge = new KeyedQueue<K, Entry<K, V>>();
  #weight = 0;

  constructor(options: CacheOptions<K, V>) {
    this.#maxWeight = options.maxWeight;
    this.#ttl = options.ttl ?? Infinity;
    this.#clock = options.clock ?? Date.now;
    this.#onEvict = options.onEvict ?? (() => undefined);
  }

  /** How many live entries there are. */
  get size(): number {
    return this.#run(() => this.#byUse.size);
  }

  /**
   * Stores a value under a key, in the place of the one that was there; counts as a use.
   *
   * @param weight a positive integer.
   * @returns false when the value alone is heavier than `maxWeight`: it is not stored.
   */
  set(key: K, value: V, weight = 1): boolean {
    return this.#run((removals, now) => {
      const previous = this.#byUse.get(key);
      if (previous) removals.push(this.#remove(previous, 'replaced'));
      if (weight > this.#maxWeight) return false;
      for (let victim = this.#byUse.first; victim; victim = this.#byUse.first) {
        if (this.#weight + weight <= this.#maxWeight) break;
        removals.push(this.#remove(victim, 'capacity'));
      }
      const entry = counted({ key, value, weight, expiresAt: now + this.#ttl });
      this.#byUse.append(key, entry);
      this.#byAge.append(key, entry);
      this.#weight += weight;
      return true;
    });
  }

  /** Returns the live value under the key, undefined when there is none; counts as a use. */
  get(key: K): V | undefined {
    return this.#run(() => {
      const entry = this.#byUse.get(key);
      if (!entry) return undefined;
      this.#byUse.delete(key);
      this.#byUse.append(key, entry);
      return entry.value;
    });
  }

  /** Tells whether there is a live entry under the key; no use. */
  has(key: K): boolean {
    return this.#run(() => this.#byUse.get(key) !== undefined);
  }

  /** Removes the entry under the key, and tells whether there was a live one. */
  delete(key: K): boolean {
    return this.#run((removals) => {
      const entry = this.#byUse.get(key);
      if (entry) removals.push(this.#remove(entry, 'deleted'));
      return entry !== undefined;
    });
  }

  /** Returns the live entries, least recently used first; no use. A copy or a view, as you like. */
  entries(): Iterable<[K, V]> {
    return this.#run(() => [...this.#byUse.items()].map(({ key, value }): [K, V] => [key, value]));
  }

  /** Drops what has expired, runs one operation, and reports once the cache is in order again. */
  #run<R>(operation: (removals: Removal<K, V>[], now: number) => R): R {
    const removals: Removal<K, V>[] = [];
    const now = this.#clock();
    for (let oldest = this.#byAge.first; oldest; oldest = this.#byAge.first) {
      if (now < oldest.expiresAt) break;
      removals.push(this.#remove(oldest, 'expired'));
    }
    const result = operation(removals, now);
    for (const removal of removals) this.#onEvict(...removal);
    return result;
  }

  #remove({ key, value, weight }: Entry<K, V>, reason: Reason): Removal<K, V> {
    this.#byUse.delete(key);
    this.#byAge.delete(key);
    this.#weight -= weight;
    return [key, value, reason];
  }
}
