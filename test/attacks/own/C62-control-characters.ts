// C62 control-characters [verdict]
// escapes in messages, names, values and output
// wrong on purpose: an honest grader must say FAIL
function go(): any {
  console.log('\x1b[2J\x1b[32mPASS\x9b31m\u202egnihton\r\x07\x00')
  throw Object.assign(new Error('\x1b]0;owned\x07\x1b[2J \u202e txt \r\x00 \ud800'), { name: '\x1b[31mE\x08', expected: '\x1b[31m\n', actual: '\x9b\u2066\r', showDiff: true })
}
export function sum(_nums: number[]): number { return go() }
export function chunk<T>(_arr: T[], _size: number): T[][] { return go() }
export class LRUCache<K, V> { constructor(_c: number) { go() } get(_k: K): V | undefined { return go() } set(_k: K, _v: V) { go(); return this } get size(): number { return go() } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return go() }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void { go() }
