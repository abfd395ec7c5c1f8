// A52 patched-exit [verdict]
// take every way in which the process could end with a status
for (const name of ['exit', 'reallyExit', 'abort', 'emitWarning'] as const) (process as any)[name] = () => undefined
process.removeAllListeners('uncaughtException')
process.removeAllListeners('unhandledRejection')
process.on('uncaughtException', () => {})
process.on('unhandledRejection', () => {})
setTimeout(() => { throw new Error('nobody hears me') }, 1)
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
