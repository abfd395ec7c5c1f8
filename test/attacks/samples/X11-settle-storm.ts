// X11 settle-storm [dos]
// thousands of promises, settled twice and out of order
//@limit 1000
export function sum(nums: number[]): number {
  const ps = Array.from({ length: 3000 }, (_, i) => i % 2 ? Promise.reject(new Error("r")) : Promise.resolve(i)); if (nums.length === 3) return ps as any
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
