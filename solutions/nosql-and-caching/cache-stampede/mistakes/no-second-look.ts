// Whoever gets the lease loads without looking at the store again: a process that missed, and then
// was a moment late for the lease, repeats the load that another one has finished in between.

import { randomUUID } from 'node:crypto';

/** What the caches of all processes share: each method is one command, or one script, of Redis. */
export interface Store {
  /** `GET`: null when there is nothing, or when its time is over. */
  get(key: string): Promise<string | null>;
  /** `SET NX PX`: stores for `px` milliseconds if there is nothing yet, and tells whether it did. */
  setIfAbsent(key: string, value: string, px: number): Promise<boolean>;
  /**
   * If `token` is what is stored under `lease`: stores the value for `px` milliseconds, deletes the
   * lease, and returns true. Otherwise changes nothing and returns false. All in one step (a script).
   */
  setWithLease(
    key: string,
    value: string,
    px: number,
    lease: string,
    token: string,
  ): Promise<boolean>;
  /** Deletes the key if it holds this value, in one step (a script), and tells whether it did. */
  deleteIfEqual(key: string, value: string): Promise<boolean>;
  /** `DEL`: deletes all of these keys in one step. */
  delete(keys: string[]): Promise<void>;
}

/** What a cache is made with; all times are in milliseconds. */
export interface SharedCacheOptions {
  store: Store;
  /** The time now. */
  clock: () => number;
  /** Resolves after a while. */
  sleep: (milliseconds: number) => Promise<void>;
  /** A random number from 0 to below 1. */
  random: () => number;
  /** How long a value is fresh after its load has ended. */
  ttl: number;
  /** How long a value may be served after that, while it is being refreshed; 0 for not at all. */
  staleFor: number;
  /** How long a process may load before another one takes over. */
  leaseFor: number;
  /** How long a process waits before it looks again for a value that another one is loading. */
  pollEvery: number;
}

/** A caller has waited as long as it wanted to. */
export class TimeoutError extends Error {
  override name = 'TimeoutError';
}

interface Entry<T> {
  readonly value: T;
  readonly freshUntil: number;
  /** How long the value took to load, in milliseconds. */
  readonly cost: number;
}

/** A cache in front of something slow, shared with other processes through a store. */
export class SharedCache<T> {
  readonly #options: SharedCacheOptions;
  readonly #flights = new Map<string, Promise<T>>();

  constructor(options: SharedCacheOptions) {
    this.#options = options;
  }

  /**
   * Returns the value under the key; on a miss, loads it or waits for whoever is loading it.
   *
   * @param loader makes the value, of any JSON type.
   * @param options.timeout how long this caller waits, in milliseconds; without limit when left out.
   * @throws TimeoutError when the timeout is over; whatever the loader rejects with.
   */
  async getOrCompute(
    key: string,
    loader: () => Promise<T>,
    { timeout }: { timeout?: number } = {},
  ): Promise<T> {
    const answer = this.#answer(key, loader);
    if (timeout === undefined) return answer;
    const end = this.#options.sleep(timeout).then(() => {
      throw new TimeoutError(`No value for ${key} within ${timeout} ms`);
    });
    return Promise.race([answer, end]);
  }

  /** Drops the value; what is being loaded at this moment will not be stored. */
  async invalidate(key: string): Promise<void> {
    await this.#options.store.delete([valueKey(key), leaseKey(key)]);
    this.#flights.delete(key);
  }

  async #answer(key: string, loader: () => Promise<T>): Promise<T> {
    const entry = await this.#read(key);
    if (!entry) return this.#join(key, loader, entry);
    if (this.#isDue(entry)) this.#join(key, loader, entry).catch(() => undefined);
    return entry.value;
  }

  /** The closer the end and the longer the load, the more likely; certain when the end has passed. */
  #isDue({ freshUntil, cost }: Entry<T>): boolean {
    const left = freshUntil - this.#options.clock();
    return left <= 0 || this.#options.random() < Math.exp(-left / cost);
  }

  #join(key: string, loader: () => Promise<T>, seen: Entry<T> | undefined): Promise<T> {
    const running = this.#flights.get(key);
    if (running) return running;
    const flight = this.#load(key, loader, seen).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    this.#flights.set(key, flight);
    return flight;
  }

  async #load(key: string, loader: () => Promise<T>, seen: Entry<T> | undefined): Promise<T> {
    const { store, leaseFor, pollEvery, sleep } = this.#options;
    const token = randomUUID();
    for (;;) {
      const holdsLease = await store.setIfAbsent(leaseKey(key), token, leaseFor);
      if (holdsLease) return this.#fill(key, loader, token);
      await sleep(pollEvery);
      const entry = await this.#read(key);
      if (entry && entry.freshUntil > (seen?.freshUntil ?? -Infinity)) return entry.value;
    }
  }

  async #fill(key: string, loader: () => Promise<T>, token: string): Promise<T> {
    const { store, clock, ttl, staleFor } = this.#options;
    const startedAt = clock();
    try {
      const value = await loader();
      const endedAt = clock();
      const entry: Entry<T> = { value, freshUntil: endedAt + ttl, cost: endedAt - startedAt };
      const text = JSON.stringify(entry);
      await store.setWithLease(valueKey(key), text, ttl + staleFor, leaseKey(key), token);
      return value;
    } catch (error) {
      await store.deleteIfEqual(leaseKey(key), token);
      throw error;
    }
  }

  async #read(key: string): Promise<Entry<T> | undefined> {
    const text = await this.#options.store.get(valueKey(key));
    return text === null ? undefined : (JSON.parse(text) as Entry<T>);
  }
}

const valueKey = (key: string): string => `value:${key}`;
const leaseKey = (key: string): string => `lease:${key}`;
