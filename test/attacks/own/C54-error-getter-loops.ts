// C54 error-getter-loops [dos]
// an error whose message is never done
//@limit 1000
// wrong on purpose: an honest grader must say FAIL
function go(): any {
  const error = new Error('x')
  Object.defineProperty(error, 'message', { get() { for (;;); } })
  throw error
}
export function sum(_nums: number[]): number { return go() }
export function chunk<T>(_arr: T[], _size: number): T[][] { return go() }
export class LRUCache<K, V> { constructor(_c: number) { go() } get(_k: K): V | undefined { return go() } set(_k: K, _v: V) { go(); return this } get size(): number { return go() } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return go() }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void { go() }
