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

/** A cache in front of something slow, shared with other processes through a store. */
export class SharedCache<T> {
  constructor(options: SharedCacheOptions) {
    // TODO: keep what the methods need.
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
    options: { timeout?: number } = {},
  ): Promise<T> {
    // TODO: let all who wait for the same key share one load.
    throw new Error('getOrCompute is not implemented yet');
  }

  /** Drops the value; what is being loaded at this moment will not be stored. */
  async invalidate(key: string): Promise<void> {
    // TODO: drop the value, and outdate the load that is running.
    throw new Error('invalidate is not implemented yet');
  }
}
