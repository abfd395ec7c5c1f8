import { loopholes, snippets } from '#kit/typecheck';
import { describe, expect, test } from 'vitest';
import kata from './kata.ts?raw';

// A line that ends with `// error` must not compile, every other line must.
const verdicts = snippets({ 'kata.ts': kata }, `import type { Row } from './kata';`, {
  fields: `
    const p1: Row<{ id: number; name: string }> = { id: 1, name: null };
    const p2: Row<{ id: number; name: string }> = { id: 1, name: undefined }; // error
  `,
  complete: `
    const p1: Row<{ id: number; name: string }> = { id: null }; // error
  `,
});

function expectAll(name: string): void {
  const found = verdicts(name);
  expect(found, found.join('\n')).toEqual([]);
}

// TODO: Replace this sample by what must and must not compile, under the titles of the brief's tasks.
describe('1. TODO: What the first task achieves', () => {
  test('each field takes its own type or null', () => expectAll('fields'));
});

describe('2. TODO: What the second task achieves', () => {
  test('no field may be left out', () => expectAll('complete'));
});

describe('3. TODO: What the third task achieves', () => {
  test('nothing gets around the compiler', () => {
    const found = loopholes(kata);
    expect(found, found.join('\n')).toEqual([]);
    expectAll('fields');
  });
});
