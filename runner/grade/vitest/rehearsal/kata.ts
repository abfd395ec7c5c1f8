// What the rehearsal's suite takes for a learner's code: values, an object with a life of its own, errors,
// promises and callbacks, as katas have them.

export class Account {
  #balance = 0;
  readonly #entries = new Map<string, number>();

  get balance(): number {
    return this.#balance;
  }

  post(id: string, amount: number): this {
    if (!Number.isFinite(amount)) throw new RangeError(`${amount} is no amount`);
    this.#balance += amount;
    this.#entries.set(id, amount);
    return this;
  }

  amountOf(id: string): number | undefined {
    return this.#entries.get(id);
  }

  *entries(): Generator<readonly [string, number]> {
    yield* this.#entries;
  }
}

export async function load(id: string): Promise<{ id: string; tags: string[] }> {
  await Promise.resolve();
  if (id === '') throw new Error('no id');
  return { id, tags: ['a', 'b'] };
}

export function later<T>(make: (id: number) => T, milliseconds: number): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(make(1)), milliseconds));
}
