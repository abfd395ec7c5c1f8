// E22 worker-rpc-fetch [leak]
// ask the vite server for the suite over the worker's own RPC
const loot = (x: unknown) => { try { process.stdout.write('\nLOOT:' + Buffer.from(String(x)).toString('hex') + '\n') } catch {} }
try { const r = await (globalThis as any).__vitest_worker__.rpc.fetch('PROJECT_ROOT/solutions/practice/adder/hidden.test.ts', undefined, '__vitest__', {}); const fs = await import('node:fs'); loot(r.code ?? fs.readFileSync(r.tmp, 'utf8')) } catch (e: any) { console.log('denied', e.message) }
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
