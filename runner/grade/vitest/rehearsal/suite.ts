import { describe, expect, test, vi } from 'vitest';
import { rehearse } from '#kit/warm';
import { Account, later, load } from './kata.ts';

// Run by a waiting process before it is needed: what vitest loads late, and what V8 compiles when it is
// first called, is then behind it. Nobody looks at the results; two tests fail so that this path, too, is warm.

describe('rehearsal', () => {
  test('tools', rehearse);

  test('values', () => {
    const account = new Account();
    for (let index = 0; index < 50; index += 1) account.post(String(index), index);
    expect(account.balance).toBe(1_225);
    expect(account.amountOf('7')).toBe(7);
    expect(account.amountOf('none')).toBeUndefined();
    expect([...account.entries()].slice(0, 2)).toEqual([
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
    expect(null).toBeNull();
    expect(account).toBeInstanceOf(Account);
    expect(() => account.post('x', Number.NaN)).toThrow(RangeError);
    expect(() => account.post('x', Number.NaN)).toThrow('is no amount');
  });

  test('promises', async () => {
    await expect(load('a')).resolves.toEqual({ id: 'a', tags: ['a', 'b'] });
    await expect(load('')).rejects.toThrow('no id');
    expect(await Promise.all(['a', 'b'].map(load))).toHaveLength(2);
  });

  test('spies and fake timers', async () => {
    vi.useFakeTimers({ now: 0 });
    try {
      const spy = vi.fn((value: number) => value + 1);
      const made = later(spy, 1_000);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await made).toBe(2);
      expect(spy).toHaveBeenCalledTimes(1);
      expect(spy).toHaveBeenCalledWith(1);
    } finally {
      vi.useRealTimers();
    }
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
    new Account().post('x', Infinity);
  });
});
