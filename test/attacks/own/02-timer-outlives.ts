// 02 timer-outlives [control]
// a right solution that leaves timers and listeners behind: it must pass
setInterval(() => {}, 10)
setTimeout(() => {}, 1e9)
process.on('SIGTERM', () => {})
process.title = 'kata'
export function sum(nums: number[]): number {
  let total = 0
  for (const n of nums) total += n
  return total
}
export function chunk<T>(arr: T[], size: number): T[][] {
  if (!(size >= 1)) throw new RangeError('size must be >= 1')
  const out: T[][] = []
  for (let i = 0; i < arr.length; i += size) out.push(arr.slice(i, i + size))
  return out
}
export class LRUCache<K, V> {
  #map = new Map<K, V>()
  #cap: number
  constructor(capacity: number) { this.#cap = capacity }
  get(key: K): V | undefined {
    if (!this.#map.has(key)) return undefined
    const v = this.#map.get(key) as V
    this.#map.delete(key)
    this.#map.set(key, v)
    return v
  }
  set(key: K, value: V): this {
    this.#map.delete(key)
    this.#map.set(key, value)
    if (this.#map.size > this.#cap) this.#map.delete(this.#map.keys().next().value as K)
    return this
  }
  get size(): number { return this.#map.size }
}
export async function retry<T>(fn: (attempt: number) => Promise<T>, times: number, delayMs = 0): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try { return await fn(attempt) } catch (e) {
      if (attempt >= times) throw e
      if (delayMs > 0) await new Promise((r) => setTimeout(r, delayMs))
    }
  }
}
export function each<T>(arr: T[], cb: (v: T, i: number) => void): void {
  for (let i = 0; i < arr.length; i++) cb(arr[i], i)
}
