/*
 * TODO: One or two sentences to the learner who holds this misconception, such as: the tests visit one page
 * only, so that a counter which mixes all pages up looks right.
 */
import { expect } from 'vitest';
import type { Suite } from '#kit/suite';

export interface Counter {
  visit(page: string): void;
  visits(page: string): number;
}

export type CreateCounter = () => Counter;

export const suite: Suite<CreateCounter> = (createCounter, { test }) => {
  test('counts visits', () => {
    const counter = createCounter();
    expect(counter.visits('/')).toBe(0);
    counter.visit('/');
    expect(counter.visits('/')).toBe(1);
  });
};
