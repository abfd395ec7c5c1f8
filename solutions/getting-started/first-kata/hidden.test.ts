import { describe, expect, test } from 'vitest';
import { greeting, healthLine, healthStatus } from './kata';

describe('1. Greet by name', () => {
  test('greets the orders service', () => {
    expect(greeting('orders'), "greeting('orders')").toBe('Hello from orders!');
  });

  test('greets every other service by its own name', () => {
    expect(greeting('payments'), "greeting('payments')").toBe('Hello from payments!');
    expect(greeting('search'), "greeting('search')").toBe('Hello from search!');
  });
});

describe('2. Report the health in one line', () => {
  test('says up for a healthy service', () => {
    expect(healthLine('orders', true), "healthLine('orders', true)").toBe('orders: up');
  });

  test('says down for a service that is not healthy', () => {
    expect(healthLine('orders', false), "healthLine('orders', false)").toBe('orders: down');
  });

  test('names the service that was asked for', () => {
    expect(healthLine('payments', true), "healthLine('payments', true)").toBe('payments: up');
    expect(healthLine('search', true), "healthLine('search', true)").toBe('search: up');
  });
});

describe('3. Answer with a status code', () => {
  test('answers 200 when all is well', () => {
    expect(healthStatus(true), 'healthStatus(true)').toBe(200);
  });

  test('answers 503 when something is wrong', () => {
    expect(healthStatus(false), 'healthStatus(false)').toBe(503);
  });
});
