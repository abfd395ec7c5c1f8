// F60 wasm-loop [dos]
// a loop in WebAssembly
//@limit 1000
// wrong on purpose: an honest grader must say FAIL
function go(): any {
  const code = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11])
  ;(new WebAssembly.Instance(new WebAssembly.Module(code)).exports as any).f()
}
export function sum(_nums: number[]): number { return go() }
export function chunk<T>(_arr: T[], _size: number): T[][] { return go() }
export class LRUCache<K, V> { constructor(_c: number) { go() } get(_k: K): V | undefined { return go() } set(_k: K, _v: V) { go(); return this } get size(): number { return go() } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return go() }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void { go() }
