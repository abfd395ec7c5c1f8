// Uses no list of its own: a JavaScript Map remembers the order of insertion, so deleting a key and
// setting it again moves it to the end, and the next to leave is the first of the Map.

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

interface Entry<K, V> {
  key: K;
  value: V;
  weight: number;
  writtenAt: number;
}

export class Cache<K, V> {
  private readonly used = new Map<K, Entry<K, V>>();
  private readonly written = new Map<K, Entry<K, V>>();
  private readonly reports: [K, V, Reason][] = counted([]);
  private weight = 0;

  constructor(private readonly options: CacheOptions<K, V>) {}

  get size(): number {
    this.expire();
    this.report();
    return this.used.size;
  }

  set(key: K, value: V, weight = 1): boolean {
    const writtenAt = this.expire();
    this.drop(this.used.get(key), 'replaced');
    const fits = weight <= this.options.maxWeight;
    if (fits) {
      while (this.weight + weight > this.options.maxWeight) {
        const [victim] = this.used.values();
        this.drop(victim, 'capacity');
      }
      const entry = counted({ key, value, weight, writtenAt });
      this.used.set(key, entry);
      this.written.set(key, entry);
      this.weight += weight;
    }
    this.report();
    return fits;
  }

  get(key: K): V | undefined {
    this.expire();
    const entry = this.used.get(key);
    if (entry) {
      this.used.delete(key);
      this.used.set(key, entry);
    }
    this.report();
    return entry?.value;
  }

  has(key: K): boolean {
    this.expire();
    const found = this.used.has(key);
    this.report();
    return found;
  }

  delete(key: K): boolean {
    this.expire();
    const found = this.drop(this.used.get(key), 'deleted');
    this.report();
    return found;
  }

  *entries(): Generator<[K, V]> {
    this.expire();
    this.report();
    for (const entry of this.used.values()) yield [entry.key, entry.value];
  }

  private expire(): number {
    const { ttl = Infinity, clock = Date.now } = this.options;
    const now = clock();
    for (const entry of this.written.values()) {
      if (now - entry.writtenAt < ttl) break;
      this.drop(entry, 'expired');
    }
    return now;
  }

  private drop(entry: Entry<K, V> | undefined, reason: Reason): boolean {
    if (!entry) return false;
    this.used.delete(entry.key);
    this.written.delete(entry.key);
    this.weight -= entry.weight;
    this.reports.push([entry.key, entry.value, reason]);
    return true;
  }

  private report(): void {
    for (const [key, value, reason] of this.reports.splice(0)) {
      this.options.onEvict?.(key, value, reason);
    }
  }
}
