import { describe, expect, test } from 'vitest';
import { greeting, healthLine, healthStatus } from './kata';

describe('1. Greet by name', () => {
  test('greets the orders service', () => {
    expect(greeting('orders'), "greeting('orders')").toBe('Hello from orders!');
  });
});

describe('2. Report the health in one line', () => {
  test('says up for a healthy service', () => {
    expect(healthLine('orders', true), "healthLine('orders', true)").toBe('orders: up');
  });
});

describe('3. Answer with a status code', () => {
  test('answers 200 when all is well', () => {
    expect(healthStatus(true), 'healthStatus(true)').toBe(200);
  });
});
