// C60 throws-no-errors [dos]
// throw what is no error: null, symbols, functions, proxies that refuse
let calls = 0
// wrong on purpose: an honest grader must say FAIL
function go(): any {
  const things = [null, undefined, Symbol('s'), () => 1, 10n ** 400n, new Proxy({}, { get() { throw new Error('no') }, ownKeys() { throw new Error('no') }, getPrototypeOf() { throw new Error('no') } }), Object.create(null), new WeakMap()]
  throw things[calls++ % things.length]
}
export function sum(_nums: number[]): number { return go() }
export function chunk<T>(_arr: T[], _size: number): T[][] { return go() }
export class LRUCache<K, V> { constructor(_c: number) { go() } get(_k: K): V | undefined { return go() } set(_k: K, _v: V) { go(); return this } get size(): number { return go() } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return go() }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void { go() }
