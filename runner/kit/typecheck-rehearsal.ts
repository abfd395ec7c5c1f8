/**
 * Sources that take the compiler through what katas about types are made of, right and wrong: a process
 * that has checked them once checks the next ones several times faster.
 */
export const REHEARSAL: Readonly<Record<string, string>> = {
  'model.ts': `
export type Shape =
  | { readonly kind: 'circle'; readonly radius: number }
  | { readonly kind: 'square'; readonly side: number; readonly note?: string };
export interface Repository<T extends { readonly id: string }> {
  find(id: string): Promise<T | undefined>;
  save(item: T): Promise<void>;
  all(): AsyncIterable<T>;
}
export type Keys<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T];
export type Unwrapped<T> = T extends Promise<infer U> ? Unwrapped<U> : T;
export type Getters<T> = { readonly [K in keyof T & string as \`get\${Capitalize<K>}\`]: () => T[K] };
export function area(shape: Shape): number {
  switch (shape.kind) {
    case 'circle':
      return Math.PI * shape.radius ** 2;
    case 'square':
      return shape.side ** 2;
    default: {
      const nothing: never = shape;
      throw new TypeError(String(nothing));
    }
  }
}
export function isShape(value: unknown): value is Shape {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'circle') return 'radius' in value && typeof value.radius === 'number';
  return value.kind === 'square' && 'side' in value && typeof value.side === 'number';
}
export function group<T, K extends PropertyKey>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
export class Stock<T extends { readonly id: string }> implements Repository<T> {
  readonly #items = new Map<string, T>();
  async find(id: string): Promise<T | undefined> { return this.#items.get(id); }
  async save(item: T): Promise<void> { this.#items.set(item.id, item); }
  async *all(): AsyncGenerator<T> { yield* this.#items.values(); }
}
export function parse(text: string): Shape {
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value)) throw new TypeError('a list');
  if (value instanceof Date) throw new TypeError('a date');
  if (!isShape(value)) throw new TypeError('no shape');
  return { ...value };
}
`,
  'uses.ts': `
import { area, group, isShape, parse, Stock, type Getters, type Keys, type Shape, type Unwrapped } from './model';
const circle: Shape = { kind: 'circle', radius: 2 };
const wrong: Shape = { kind: 'circle', side: 2 };
const extra: Shape = { kind: 'square', side: 2, note: undefined };
const total: string = [circle, parse('{}')].map(area).reduce((sum, one) => sum + one, 0);
declare const input: unknown;
if (isShape(input)) { const shape: Shape = input; area(shape); }
const shape: Shape = input;
const key: Keys<{ a: string; b: number }> = 'b';
const text: Unwrapped<Promise<Promise<string>>> = 'x';
const getters: Getters<{ name: string }> = { getName: () => 1 };
const grouped: Map<number, string[]> = group(['a', 'bb'], (word) => word.length);
const first: string = ['a'][0];
const stock = new Stock<{ id: string; price: number }>();
async function run(): Promise<number> {
  for await (const { price } of stock.all()) if (price > 1) return price;
  const found = await stock.find('1');
  return found.price;
}
try { void run(); } catch (error) { console.log(error.message); }
const unusual = { ...circle, id: 1 } satisfies Shape;
let later: number | undefined;
const [one, ...others] = Object.entries({ a: 1, b: 2 });
export { extra, first, getters, grouped, key, later, one, others, text, total, unusual, wrong, shape };
`,
};
