import { describe, test } from 'vitest';
import { expectCatches, expectPasses, runSuite } from '#kit/suite';
import { createCounter } from '../../../exercises/{{folder}}/counter';
import { suite } from './kata';

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('catches a counter that never counts', async () => {
    expectPasses(await runSuite(suite, createCounter), 'the counter as it is');
    const idle = () => ({ ...createCounter(), visit: () => undefined });
    expectCatches(await runSuite(suite, idle), 'a counter that never counts');
  });
});
