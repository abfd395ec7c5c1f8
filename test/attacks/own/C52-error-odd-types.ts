// C52 error-odd-types [dos]
// errors whose parts are of no type that a reporter expects
// wrong on purpose: an honest grader must say FAIL
function go(): any {
  const error: any = new Error('odd')
  Object.assign(error, { name: 7, stacks: [{ file: 7, line: 'x', column: {} }, { file: '/etc/passwd', line: 1.5, column: -1 }], diff: { a: 1 }, expected: 1n, actual: new Map([[error, error]]), showDiff: 'yes', code: NaN, cause: error, errors: [error] })
  throw error
}
export function sum(_nums: number[]): number { return go() }
export function chunk<T>(_arr: T[], _size: number): T[][] { return go() }
export class LRUCache<K, V> { constructor(_c: number) { go() } get(_k: K): V | undefined { return go() } set(_k: K, _v: V) { go(); return this } get size(): number { return go() } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return go() }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void { go() }
