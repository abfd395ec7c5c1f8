import { expect } from 'vitest';
import type { Suite } from '#kit/suite';

// TODO: Replace this sample by the suite that you would be proud to show; start here.

/** Counts the visits of pages. */
export interface Counter {
  visit(page: string): void;
  /** How often a page was visited; 0 for one that never was. */
  visits(page: string): number;
}

export type CreateCounter = () => Counter;

/** Tests for any counter that keeps the contract of {@link Counter}. */
export const suite: Suite<CreateCounter> = (createCounter, { test }) => {
  test('counts the visits of each page', () => {
    const counter = createCounter();
    for (const page of ['/cart', '/help', '/cart']) counter.visit(page);
    expect(counter.visits('/cart')).toBe(2);
    expect(counter.visits('/help')).toBe(1);
  });

  test('knows that a page was never visited', () => {
    expect(createCounter().visits('/')).toBe(0);
  });
};
