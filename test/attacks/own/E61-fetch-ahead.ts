// E61 fetch-ahead [verdict]
// have the host compile this kata in the name of the next grading
const rpc = (globalThis as any).__vitest_worker__.rpc
const ask = async (name: string, ...args: unknown[]) => { try { return await rpc[name](...args) } catch (e: any) { console.log('denied', e.message) } }
for (let n = 1; n < 30; n++) for (const suite of [0, 1]) await ask('fetch', `${import.meta.dirname}/kata.ts?kata&suite=${suite}`, undefined, '__vitest__', {}).catch(() => {})
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
