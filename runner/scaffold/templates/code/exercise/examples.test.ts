import { describe, expect, test } from 'vitest';
import { remaining } from './kata';

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('takes an expense off the budget', () => {
    expect(remaining(1000, [250]), 'remaining(1000, [250])').toBe(750);
  });
});
