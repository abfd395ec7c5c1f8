import { describe, expect, test, vi } from 'vitest';

// Run by a waiting process before it is needed: what vitest loads late, and what V8 compiles when it is
// first called, is then behind it. Nobody looks at the results; one test fails so that this path, too, is warm.

class Account {
  #balance = 0;
  readonly entries = new Map<string, number>();

  get balance(): number {
    return this.#balance;
  }

  post(id: string, amount: number): void {
    if (!Number.isFinite(amount)) throw new RangeError(`${amount} is no amount`);
    this.#balance += amount;
    this.entries.set(id, amount);
  }
}

async function load(id: string): Promise<{ id: string }> {
  await Promise.resolve();
  if (id === '') throw new Error('no id');
  return { id };
}

describe('rehearsal', () => {
  test('values', () => {
    const account = new Account();
    for (let index = 0; index < 50; index += 1) account.post(String(index), index);
    expect(account.balance).toBe(1_225);
    expect([...account.entries].slice(0, 2)).toEqual([
      ['0', 0],
      ['1', 1],
    ]);
    expect({ a: { b: [1, undefined] } }).toStrictEqual({ a: { b: [1, undefined] } });
    expect({ a: 1, b: 2 }).toMatchObject({ a: 1 });
    expect('a text').toMatch(/text/);
    expect('a text').toContain('text');
    expect([1, 2, 3]).toContain(2);
    expect([1, 2, 3], 'length').toHaveLength(3);
    expect(0.1 + 0.2).toBeCloseTo(0.3);
    expect(2).toBeGreaterThan(1);
    expect(1).toBeLessThanOrEqual(1);
    expect(undefined).toBeUndefined();
    expect(null).toBeNull();
    expect(account).toBeInstanceOf(Account);
    expect(() => account.post('x', Number.NaN)).toThrow(RangeError);
    expect(() => account.post('x', Number.NaN)).toThrow('is no amount');
  });

  test('promises', async () => {
    await expect(load('a')).resolves.toEqual({ id: 'a' });
    await expect(load('')).rejects.toThrow('no id');
    expect(await Promise.all(['a', 'b'].map(load))).toHaveLength(2);
  });

  test('spies and fake timers', async () => {
    vi.useFakeTimers({ now: 0 });
    const spy = vi.fn((value: number) => value + 1);
    setTimeout(() => spy(1), 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(spy).toHaveBeenCalledTimes(1);
    expect(spy).toHaveBeenCalledWith(1);
  });

  test.each([1, 2])('case %i', (value) => {
    console.log(value); // eslint-disable-line no-console -- loads what captures a suite's output
    expect(value).not.toBe(0);
  });

  test('failure', () => {
    expect({ id: 1, tags: ['a', 'b'], text: 'one\ntwo' }).toEqual({
      id: 2,
      tags: ['a'],
      text: 'one\nthree',
    });
  });

  test('error', () => {
    throw new TypeError('an error of the code under test');
  });
});
