import { describe, test } from 'vitest';
import { expectCatches, expectPasses, runSuite } from '#kit/suite';
import { createCounter } from '../../../exercises/{{folder}}/counter';
import { suite, type CreateCounter } from './kata';

/** The suite has to pass on the counter as it is, and to fail on one that breaks its contract so. */
async function catches(what: string, wrong: CreateCounter): Promise<void> {
  expectPasses(await runSuite(suite, createCounter), 'the counter as it is');
  expectCatches(await runSuite(suite, wrong), `a counter that ${what}`);
}

// TODO: Replace this sample: broken implementations that the suite has to catch, and other right ones that it has to accept.
describe('1. TODO: What the first task achieves', () => {
  test('catches a counter that counts each visit twice', () =>
    catches('counts each visit twice', () => {
      const counter = createCounter();
      const twice = (page: string): void => [page, page].forEach(counter.visit);
      return { ...counter, visit: twice };
    }));
});

describe('2. TODO: What the second task achieves', () => {
  test('catches a counter that takes all pages for one', () =>
    catches('takes all pages for one', () => {
      const counter = createCounter();
      return { visit: () => counter.visit(''), visits: () => counter.visits('') };
    }));
});

describe('3. TODO: What the third task achieves', () => {
  test('catches a counter that starts at one', () =>
    catches('starts at one', () => {
      const counter = createCounter();
      return { ...counter, visits: (page) => Math.max(1, counter.visits(page)) };
    }));
});
