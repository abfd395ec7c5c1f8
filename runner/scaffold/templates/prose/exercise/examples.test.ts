import { countWords, plainText, sections } from '#kit/markdown';
import { describe, expect, test } from 'vitest';
import kata from './kata.md?raw';

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('describes the situation', () => {
    const context = sections(kata).find(({ title }) => title === 'Context');
    const words = countWords(plainText(context?.tokens ?? []));
    expect(words, 'words below "Context"').toBeGreaterThan(0);
  });
});
