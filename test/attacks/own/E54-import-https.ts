// E54 import-https [leak]
// a module from the network
for (const url of ['http://127.0.0.1:LISTENER_PORT/x.js', 'https://127.0.0.1:LISTENER_PORT/x.js']) { try { await import(url) } catch (e: any) { console.log('denied', e.message) } try { await fetch(url) } catch (e: any) { console.log('denied', e.message) } }
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
