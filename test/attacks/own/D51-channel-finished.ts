// D51 channel-finished [verdict]
// tell the grader in its own format that the file is done
import fs from 'node:fs'
import v8 from 'node:v8'
const say = (x: unknown) => { const b = v8.serialize(x); const h = Buffer.alloc(4); h.writeUInt32BE(b.length); try { fs.writeSync(3, Buffer.concat([h, b])) } catch {} }
for (const type of ['started', 'testfileFinished', 'stopped']) say({ __vitest_worker_response__: true, type })
say(null); say({ t: 's', i: 'x', r: 1 }); say({ cmd: 'NODE_HANDLE', type: 'nothing' }); say([1, 2, 3])
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
