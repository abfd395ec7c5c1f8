import { describe, expect, test } from 'vitest';
import { remaining } from './kata';

// TODO: Replace this sample by tests of your own, the easiest first, under the titles of the brief's tasks.
describe('1. TODO: What the first task achieves', () => {
  test('takes every expense off the budget', () => {
    expect(remaining(1000, [250, 50]), 'remaining(1000, [250, 50])').toBe(700);
  });
});

describe('2. TODO: What the second task achieves', () => {
  test('leaves the budget alone when nothing was spent', () => {
    expect(remaining(1000, []), 'remaining(1000, [])').toBe(1000);
  });
});

describe('3. TODO: What the third task achieves', () => {
  test('says by how much a budget was overspent', () => {
    expect(remaining(100, [250]), 'remaining(100, [250])').toBe(-150);
  });
});
