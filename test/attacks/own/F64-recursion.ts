// F64 recursion [dos]
// recursion without end, also in what is compared
// wrong on purpose: an honest grader must say FAIL
function go(): any {
  const f = (n: number): number => f(n + 1) + 1
  const x: any = {}; x.self = x; x.get = new Proxy({}, { get: () => x, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: new Proxy({}, { ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: x }) }) }) })
  try { f(0) } catch { return x }
}
export function sum(_nums: number[]): number { return go() }
export function chunk<T>(_arr: T[], _size: number): T[][] { return go() }
export class LRUCache<K, V> { constructor(_c: number) { go() } get(_k: K): V | undefined { return go() } set(_k: K, _v: V) { go(); return this } get size(): number { return go() } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return go() }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void { go() }
