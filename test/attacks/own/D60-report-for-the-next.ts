// D60 report-for-the-next [verdict]
// results of the hidden suite, reported once and meant for the grading after
//@runs 2
const rpc = (globalThis as any).__vitest_worker__.rpc
const ask = async (name: string, ...args: unknown[]) => { try { return await rpc[name](...args) } catch (e: any) { console.log('denied', e.message) } }
const task = (id: string, name: string, type: string, extra: object) => ({ id, name, type, mode: 'run', meta: {}, result: { state: 'pass', duration: 1 }, ...extra })
const filepath = (globalThis as any).__vitest_worker__.filepath
const file: any = task('1', 'f', 'suite', { filepath, projectName: '', tasks: [], file: undefined, importDurations: {} })
file.file = file
const group: any = task('1_0', '1. sum', 'suite', { file, suite: file, tasks: [] })
group.tasks.push(task('1_0_0', 'adds fixed cases', 'test', { file, suite: group, annotations: [], artifacts: [], timeout: 1, context: {} }))
file.tasks.push(group)
await ask('onCollected', [file]); await ask('onTaskUpdate', [['1_0_0', { state: 'pass' }, {}], ['nothing', { state: 'pass', errors: [{ stack: 'x' }] }, {}]], [])
// wrong on purpose: an honest grader must say FAIL
export function sum(_nums: number[]): number { return -1 }
export function chunk<T>(_arr: T[], _size: number): T[][] { return [] }
export class LRUCache<K, V> { constructor(_c: number) {} get(_k: K): V | undefined { return undefined } set(_k: K, _v: V) { return this } get size() { return 0 } }
export async function retry<T>(_fn: (n: number) => Promise<T>, _times: number, _ms = 0): Promise<T> { return undefined as T }
export function each<T>(_arr: T[], _cb: (v: T, i: number) => void): void {}
