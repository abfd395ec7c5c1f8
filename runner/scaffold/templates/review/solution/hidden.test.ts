import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import text from './kata.yaml?raw';

/** The learner's answers; a fault of syntax fails every test, with its line. */
function answer(name: string): unknown {
  const document = parseDocument(text);
  const [fault = ''] = document.errors.map(({ message }) => message.split('\n')[0]);
  expect(document.errors.length, `kata.yaml is not valid YAML: ${fault}`).toBe(0);
  return document.get(name);
}

/** Every defensible answer counts, each with its reason. */
const LINES = new Map([
  [7, 'the handle is opened here'],
  [9, 'the handle should be closed here'],
]);

// TODO: Replace this sample by a key that accepts every defensible answer, with a reason for each.
describe('1. TODO: What the first task achieves', () => {
  test('does not let the patch pass', () => {
    expect(answer('verdict'), 'verdict').toBe('request-changes');
  });
});

describe('2. TODO: What the second task achieves', () => {
  test('points at the place of the defect', () => {
    const line = Number(answer('line'));
    expect(LINES.has(line), `line ${line} has no defect`).toBe(true);
  });
});

describe('3. TODO: What the third task achieves', () => {
  test('says why in five words or more', () => {
    const reason = answer('reason');
    const words = typeof reason === 'string' ? reason.split(/\s+/).filter(Boolean) : [];
    expect(words.length, 'words in reason').toBeGreaterThanOrEqual(5);
  });
});
