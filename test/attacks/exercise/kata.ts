/** The reference of the exercise that the attacks pretend to solve. */
export function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

export function chunk<T>(values: readonly T[], size: number): T[][] {
  if (!(size >= 1)) throw new RangeError('size must be >= 1');
  const chunks: T[][] = [];
  for (let i = 0; i < values.length; i += size) chunks.push(values.slice(i, i + size));
  return chunks;
}

export class LRUCache<K, V> {
  readonly #entries = new Map<K, { readonly value: V }>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: K, value: V): this {
    this.#entries.delete(key);
    this.#entries.set(key, { value });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#capacity) break;
      this.#entries.delete(oldest);
    }
    return this;
  }

  get size(): number {
    return this.#entries.size;
  }
}

export async function retry<T>(
  attempt: (number: number) => Promise<T>,
  times: number,
  delay = 0,
): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      if (number >= times) throw error;
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

export function each<T>(values: readonly T[], visit: (value: T, index: number) => void): void {
  values.forEach((value, index) => visit(value, index));
}
