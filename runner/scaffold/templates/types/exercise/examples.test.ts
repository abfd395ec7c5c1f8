import { snippets } from '#kit/typecheck';
import { describe, expect, test } from 'vitest';
import kata from './kata.ts?raw';

// A line that ends with `// error` must not compile, every other line must.
const verdicts = snippets({ 'kata.ts': kata }, `import type { Row } from './kata';`, {
  fields: `
    const p1: Row<{ id: number }> = { id: null };
    const p2: Row<{ id: number }> = { id: '7' }; // error
  `,
});

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('a field may be null, and nothing else', () => {
    const found = verdicts('fields');
    expect(found, found.join('\n')).toEqual([]);
  });
});
