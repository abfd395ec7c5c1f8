// E10 net-tcp [leak]
// talk to the network (loopback listener)
import net from 'node:net'
await new Promise((r) => { try { const s = net.connect(LISTENER_PORT, '127.0.0.1', () => { s.end('TCP_HIT', () => setTimeout(r, 50)) }); s.on('error', (e: any) => { console.log('denied', e.code); r(0) }) } catch (e) { r(0) } })
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
