// D53 send-flood [dos]
// messages without end, by the door that node keeps open for itself
//@limit 2000
const p = process as any
const text = 'x'.repeat(100_000)
for (let i = 0; i < 1e9; i++) { p._send({ t: 'q', m: 'onUserConsoleLog', a: [{ content: text, type: 'stdout', time: 0, size: 1, taskId: 'none' }] }); if (i % 20 === 0) await new Promise((r) => setImmediate(r)) }
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
