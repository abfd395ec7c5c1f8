// Plain promise chains: each key has one line of work that takes in the look into the store, a lease
// is an object that knows how to end itself, and the draw is written with a logarithm.

import { randomBytes } from 'node:crypto';

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

interface Stored<T> {
  v: T;
  storedAt: number;
  took: number;
}

interface Lease {
  publish(text: string, px: number): Promise<boolean>;
  release(): Promise<boolean>;
}

export class SharedCache<T> {
  private loads: Record<string, { done: Promise<T> } | undefined> = Object.create(null);

  constructor(private readonly o: SharedCacheOptions) {}

  getOrCompute(
    key: string,
    loader: () => Promise<T>,
    { timeout = Infinity }: { timeout?: number } = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.find(key)
        .then((text) => {
          if (text === null) return this.load(key, loader, text);
          const stored = this.parse(text);
          if (this.shouldRefresh(stored)) this.load(key, loader, text).catch(() => {});
          return stored.v;
        })
        .then(resolve, reject);
      if (timeout < Infinity) {
        void this.o.sleep(timeout).then(() => reject(new TimeoutError(`${key}: ${timeout} ms`)));
      }
    });
  }

  async invalidate(key: string): Promise<void> {
    await this.o.store.delete([`${key}:value`, `${key}:lease`]);
    this.loads[key] = undefined;
  }

  private shouldRefresh({ storedAt, took }: Stored<T>): boolean {
    const age = this.o.clock() - storedAt;
    return age >= this.o.ttl || age - took * Math.log(this.o.random()) > this.o.ttl;
  }

  private load(key: string, loader: () => Promise<T>, seen: string | null): Promise<T> {
    const running = this.loads[key];
    if (running) return running.done;
    const load = { done: this.waitForValue(key, loader, seen) };
    this.loads[key] = load;
    const forget = (): void => {
      if (this.loads[key] === load) this.loads[key] = undefined;
    };
    load.done.then(forget, forget);
    return load.done;
  }

  private async waitForValue(
    key: string,
    loader: () => Promise<T>,
    seen: string | null,
  ): Promise<T> {
    const lease = await this.lease(key);
    const now = await this.find(key);
    if (now !== null && now !== seen) {
      await lease?.release();
      return this.parse(now).v;
    }
    if (lease) return this.loadUnder(lease, loader);
    await this.o.sleep(this.o.pollEvery);
    return this.waitForValue(key, loader, seen);
  }

  private async loadUnder(lease: Lease, loader: () => Promise<T>): Promise<T> {
    const began = this.o.clock();
    let v: T;
    try {
      v = await loader();
    } catch (error) {
      await lease.release();
      throw error;
    }
    const storedAt = this.o.clock();
    const text = JSON.stringify({ v, storedAt, took: storedAt - began });
    await lease.publish(text, this.o.ttl + this.o.staleFor);
    return v;
  }

  private async lease(key: string): Promise<Lease | undefined> {
    const { store, leaseFor } = this.o;
    const token = randomBytes(16).toString('hex');
    const name = `${key}:lease`;
    if (!(await store.setIfAbsent(name, token, leaseFor))) return undefined;
    return {
      publish: (text, px) => store.setWithLease(`${key}:value`, text, px, name, token),
      release: () => store.deleteIfEqual(name, token),
    };
  }

  private find(key: string): Promise<string | null> {
    return this.o.store.get(`${key}:value`);
  }

  private parse(text: string): Stored<T> {
    return JSON.parse(text) as Stored<T>;
  }
}
