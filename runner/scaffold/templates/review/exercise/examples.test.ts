import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import text from './kata.yaml?raw';

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('has a verdict', () => {
    const verdict = String(parseDocument(text).get('verdict'));
    expect(verdict, 'verdict').toMatch(/^(approve|request-changes)$/);
  });
});
