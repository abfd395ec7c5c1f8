import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referenceCandidate } from '../../../runner/grade/candidate.ts';
import { createGrader } from '../../../runner/grade/grader.ts';
import { CLONE } from '../../../runner/location.ts';
import { kataProject } from '../../support/kata-project.ts';

// One kata and one suite with everything that crosses between judge and learner process, in both directions.

const KATA = `
export class NotFound extends Error { override name = 'NotFound'; constructor(readonly key: string) { super('no ' + key); } }
export class Stack<T> implements Iterable<T> {
  static made = 0;
  #items: T[] = [];
  constructor() { Stack.made += 1; }
  get size() { return this.#items.length; }
  push(item: T) { this.#items.push(item); return this; }
  pop(): T { if (this.#items.length === 0) throw new NotFound('item'); return this.#items.pop() as T; }
  *[Symbol.iterator]() { yield* this.#items; }
}
export class NamedStack<T> extends Stack<T> { constructor(readonly label: string) { super(); } }
export const settings = { retries: 3, tags: new Set(['a']), at: new Date(5), nested: new Map([['k', [1, undefined]]]) };
export const compose = (...functions: ((n: number) => number)[]) => (n: number) => functions.reduce((value, run) => run(value), n);
export function* count(to: number) { for (let n = 1; n <= to; n += 1) yield n; }
export async function* lines(source: AsyncIterable<string>) { for await (const line of source) yield line.trim(); }
export const total = (numbers: Iterable<number>) => { let sum = 0; for (const n of numbers) sum += n; return sum; };
export const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));
export async function retry<T>(times: number, work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) { try { return await work(attempt); } catch (error) { if (attempt === times) throw error; } }
}
export const abortable = () => { const controller = new AbortController(); return { signal: controller.signal, stop: () => controller.abort(new NotFound('time')) }; };
export const within = <T>(ms: number, work: Promise<T>) => new Promise<T>((resolve, reject) => {
  const timer = setTimeout(() => reject(new NotFound('time')), ms);
  void work.then((value) => { clearTimeout(timer); resolve(value); });
});
export async function poll(every: number, done: () => Promise<boolean>): Promise<number> {
  for (let polls = 1; ; polls += 1) { if (await done()) return polls; await later(every, 0); }
}
export const tickEvery = (ms: number, tick: (now: number) => void) => setInterval(() => tick(Date.now()), ms);
export const stopTicking = (timer: NodeJS.Timeout) => clearInterval(timer);
export const today = () => new Date().toISOString().slice(0, 10);
export const price = async () => (await fetch('https://example.org/price')) as unknown;
`;

const SUITE = `import { afterEach, describe, expect, test, vi } from 'vitest';
import { beside } from '#kit/beside';
import * as kata from './kata';
const { Stack, NamedStack, NotFound, abortable, compose, count, later, lines, poll, price, retry, settings, stopTicking, tickEvery, today, total, within } = kata;
describe('1. Cross', () => {
  test('plain data', () => { expect(settings).toEqual({ retries: 3, tags: new Set(['a']), at: new Date(5), nested: new Map([['k', [1, undefined]]]) }); });
  test('classes, their instances and their heirs', () => {
    const stack = new NamedStack('mine').push(1).push(2);
    expect(stack).toBeInstanceOf(NamedStack);
    expect(stack).toBeInstanceOf(Stack);
    expect([stack.size, (stack as InstanceType<typeof NamedStack>).label, [...stack]]).toEqual([2, 'mine', [1, 2]]);
    expect(Stack.made).toBeGreaterThan(0);
  });
  test('errors, by their class and their fields', () => {
    expect(() => new Stack().pop()).toThrow(NotFound);
    try { new Stack().pop(); expect.unreachable(); } catch (error) { expect(error).toMatchObject({ name: 'NotFound', key: 'item', message: 'no item' }); expect(error).toBeInstanceOf(Error); }
  });
  test('functions both ways, with the same identity', () => {
    const double = vi.fn((n: number) => n * 2);
    expect(compose(double, (n) => n + 1, double)(1)).toBe(6);
    expect(double.mock.calls).toEqual([[1], [3]]);
    const stack = new Stack<unknown>();
    const thing = { deep: [1] };
    expect(stack.push(thing).pop()).toBe(thing);
    expect(stack.push(compose).pop()).toBe(compose);
  });
  test('errors of callbacks, as they were thrown', () => {
    const failure = new RangeError('mine');
    expect(() => compose(() => { throw failure; })(1)).toThrow(failure);
  });
  test('iterators both ways, closed when they are left', () => {
    expect([...count(3)]).toEqual([1, 2, 3]);
    let closed = false;
    function* numbers() { try { yield 1; yield 2; } finally { closed = true; } }
    expect(total(numbers())).toBe(3);
    expect(closed).toBe(true);
    for (const n of count(9)) if (n === 2) break;
  });
  test('asynchronous iterators', async () => {
    async function* source() { yield ' a '; yield 'b '; }
    const seen: string[] = [];
    for await (const line of lines(source())) seen.push(line);
    expect(seen).toEqual(['a', 'b']);
  });
  test('promises and asynchronous callbacks', async () => {
    const work = vi.fn(async (attempt: number) => { if (attempt < 3) throw new Error('no ' + attempt); return { attempt }; });
    await expect(retry(5, work)).resolves.toEqual({ attempt: 3 });
    await expect(retry(2, async () => { throw new TypeError('never'); })).rejects.toThrow(TypeError);
    expect(await later(5, 'value')).toBe('value');
  });
  test('signals', () => {
    const { signal, stop } = abortable();
    let heard = 0;
    signal.addEventListener('abort', () => { heard += 1; });
    expect(signal.aborted).toBe(false);
    stop();
    expect([signal.aborted, heard, signal.reason.key]).toEqual([true, 1, 'time']);
  });
  describe('with replaced globals', () => {
    afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });
    test('fake timers', async () => {
      vi.useFakeTimers();
      const done = vi.fn();
      void later(1000, 'x').then(done);
      await vi.advanceTimersByTimeAsync(999);
      expect(done).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      await Promise.resolve();
      expect(vi.getTimerCount()).toBe(0);
    });
    test('timers of both sides, as one clock has them', async () => {
      vi.useFakeTimers({ now: 0 });
      const quick = within(100, new Promise((resolve) => setTimeout(resolve, 50, 'quick')));
      const just = within(100, new Promise((resolve) => setTimeout(resolve, 99, 'just in time')));
      const late = within(100, new Promise((resolve) => setTimeout(resolve, 101, 'late')));
      const outcomes = Promise.allSettled([quick, just, late]);
      await vi.advanceTimersByTimeAsync(100);
      expect((await outcomes).map((each) => each.status === 'fulfilled' ? each.value : each.reason.key)).toEqual(['quick', 'just in time', 'time']);
      expect(vi.getTimerCount()).toBe(1);
      vi.clearAllTimers();
      const seen: string[] = [];
      const timer = tickEvery(30, (now) => seen.push('kata ' + (now - start)));
      const start = Date.now();
      setInterval(() => seen.push('suite ' + (Date.now() - start)), 20);
      vi.advanceTimersByTime(70);
      expect(seen).toEqual(['suite 20', 'kata 30', 'suite 40', 'kata 60', 'suite 60']);
      stopTicking(timer);
      expect(vi.getTimerCount()).toBe(1);
    });
    test('timers that plan others, run to the last', async () => {
      vi.useFakeTimers();
      let asked = 0;
      const polls = poll(1_000, () => new Promise((resolve) => setTimeout(() => resolve((asked += 1) === 4), 250)));
      await vi.runAllTimersAsync();
      expect(await polls).toBe(4);
    });
    test('a clock that a suite replaces in part', async () => {
      vi.setSystemTime('2031-05-06');
      expect(today()).toBe('2031-05-06');
      expect(await later(1, 'the timers are real')).toBe('the timers are real');
      vi.useRealTimers();
      expect(today()).toBe(new Date().toISOString().slice(0, 10));
      const planned = vi.spyOn(globalThis, 'setTimeout');
      await later(2, 0);
      expect(planned).toHaveBeenCalledExactlyOnceWith(expect.any(Function), 2);
      planned.mockRestore();
    });
    test('a global of the suite', async () => {
      vi.stubGlobal('fetch', async (url: string) => ({ url, amount: 5 }));
      expect(await price()).toEqual({ url: 'https://example.org/price', amount: 5 });
    });
  });
  test('a driver beside the kata, in one call', () => {
    const sum = beside({ Stack }, ({ Stack }, size: number) => { const stack = new Stack<number>(); for (let n = 0; n < size; n += 1) stack.push(n); return [...stack].length; }, 10_000);
    expect(sum).toBe(10_000);
  });
});
`;

test.each(['together', 'apart'] as const)('everything crosses: %s', async (boundary) => {
  using project = kataProject({
    'exercises/practice/adder/kata.ts': KATA,
    'exercises/practice/adder/examples.test.ts': `import { expect, test } from 'vitest'; import { settings } from './kata'; test('loads', () => { expect(settings.retries).toBe(3); });`,
    'solutions/practice/adder/kata.ts': KATA,
    'solutions/practice/adder/hidden.test.ts': SUITE,
    'package.json': JSON.stringify({ imports: { '#kit/*': `./kit/*.ts` } }),
  });
  symlinkSync(join(CLONE, 'runner', 'kit'), join(project.root, 'kit'), 'junction');
  const grader = createGrader(project.root, { boundary });
  try {
    const candidate = referenceCandidate(project.exercise, project.edition);
    const verdict = await grader.grade(project.exercise, project.edition, candidate);
    const failed = verdict.tests
      .filter(({ status }) => status !== 'passed')
      .map(({ sentence, failure }) => `${sentence}: ${failure?.message}`);
    expect(failed, JSON.stringify(verdict)).toEqual([]);
    expect(verdict.kind, JSON.stringify(verdict)).toBe('passed');
  } finally {
    await grader.close();
  }
});
