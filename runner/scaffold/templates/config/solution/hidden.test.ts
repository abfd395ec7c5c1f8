import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import text from './kata.yaml?raw';

/** The learner's settings; a fault of syntax fails every test, with its line. */
function setting(name: string): unknown {
  const document = parseDocument(text);
  const [fault = ''] = document.errors.map(({ message }) => message.split('\n')[0]);
  expect(document.errors.length, `kata.yaml is not valid YAML: ${fault}`).toBe(0);
  return document.get(name);
}

// TODO: Replace this sample by a real parser of the format and the rules of the brief, one by one.
describe('1. TODO: What the first task achieves', () => {
  test('has a port that needs no privilege', () => {
    expect(setting('port'), 'port').toBeTypeOf('number');
    expect(setting('port'), 'port').toBeGreaterThanOrEqual(1024);
    expect(setting('port'), 'port').toBeLessThanOrEqual(65535);
  });
});

describe('2. TODO: What the second task achieves', () => {
  test('ends a request after at most 30 seconds', () => {
    expect(setting('timeoutSeconds'), 'timeoutSeconds').toBeTypeOf('number');
    expect(setting('timeoutSeconds'), 'timeoutSeconds').toBeGreaterThan(0);
    expect(setting('timeoutSeconds'), 'timeoutSeconds').toBeLessThanOrEqual(30);
  });
});

describe('3. TODO: What the third task achieves', () => {
  test('logs what production needs', () => {
    expect(setting('logLevel'), 'logLevel').toMatch(/^(info|warn)$/);
  });
});
