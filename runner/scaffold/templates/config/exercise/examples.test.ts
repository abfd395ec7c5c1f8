import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import text from './kata.yaml?raw';

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('names a port', () => {
    expect(parseDocument(text).get('port'), 'port').toBeTypeOf('number');
  });
});
