import type { Suite } from '#kit/suite';

/** Counts the visits of pages. */
export interface Counter {
  visit(page: string): void;
  /** How often a page was visited; 0 for one that never was. */
  visits(page: string): number;
}

export type CreateCounter = () => Counter;

/** Tests for any counter that keeps the contract of {@link Counter}. */
export const suite: Suite<CreateCounter> = (createCounter, { describe, test }) => {
  // TODO: Write your tests here, with `expect` from vitest.
};
