/*
 * Spreading the source into an array takes every element before the first result is
 * there. A source without an end never lets you begin.
 */

/** A customer's number; old imports have texts. */
export type CustomerId = number | string;

/** One line of an order. */
export interface Line {
  readonly sku: string;
  readonly customer: CustomerId;
  readonly quantity: number;
  /** The price of one piece. */
  readonly cents: number;
}

/** Two lists that should be of one length are not. Leave it as it is. */
export class LengthMismatch extends Error {
  override readonly name = 'LengthMismatch';

  /** @param index the first index at which only one of the lists has an element. */
  constructor(readonly index: number) {
    super(`Only one of the lists has an element at index ${index}`);
  }
}

/** The price of each SKU: that of its last line, at the place of its first one. */
export function priceIndex(lines: readonly Line[]): Map<string, number> {
  return new Map(lines.map(({ sku, cents }) => [sku, cents]));
}

/** The SKUs in the order in which they first appear, each once. */
export function uniqueSkus(lines: readonly Line[]): string[] {
  return [...new Set(lines.map(({ sku }) => sku))];
}

/** The lines of each customer; both in the order of the list. */
export function linesByCustomer(lines: readonly Line[]): Map<CustomerId, Line[]> {
  return Map.groupBy(lines, ({ customer }) => customer);
}

/** The sum of quantity times price, in cents. */
export function orderTotal(lines: readonly Line[]): number {
  return lines.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
}

/**
 * The elements of two lists in pairs.
 *
 * @throws LengthMismatch when one list ends before the other.
 */
export function zipStrict<L, R>(left: readonly L[], right: readonly R[]): [L, R][] {
  if (left.length !== right.length) throw new LengthMismatch(Math.min(left.length, right.length));
  // The lengths are equal, so what is there on the left is there on the right.
  return left.map((item, index) => [item, right[index] as R]);
}

/** The sum of all numbers so far, for each number; each is taken when its total is asked for. */
export function runningTotals(amounts: Iterable<number>): Iterable<number> {
  let total = 0;
  return [...amounts].map((amount) => (total += amount));
}

/** The first element that is wanted; takes none beyond it. */
export function firstMatch<T>(items: Iterable<T>, isWanted: (item: T) => boolean): T | undefined {
  return [...items].find(isWanted);
}
