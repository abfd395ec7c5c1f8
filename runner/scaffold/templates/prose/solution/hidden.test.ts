import { countWords, listItems, plainText, sections, type Section } from '#kit/markdown';
import { describe, expect, test } from 'vitest';
import kata from './kata.md?raw';

/** What stands under a heading. */
function section(title: string): Section['tokens'] {
  const found = sections(kata).find((candidate) => candidate.title === title);
  expect(found, `a heading "${title}"`).toBeDefined();
  return found?.tokens ?? [];
}

// TODO: Replace this sample by the structure and the measurable facts that the brief announces, nothing else.
describe('1. TODO: What the first task achieves', () => {
  test('describes the situation in ten words or more', () => {
    expect(countWords(plainText(section('Context'))), 'words').toBeGreaterThanOrEqual(10);
  });
});

describe('2. TODO: What the second task achieves', () => {
  test('decides something', () => {
    expect(countWords(plainText(section('Decision'))), 'words').toBeGreaterThanOrEqual(5);
  });
});

describe('3. TODO: What the third task achieves', () => {
  test.each(['Good:', 'Bad:'])('names a consequence that is %s', (mark) => {
    const items = listItems(section('Consequences'));
    expect(
      items.some((item) => item.startsWith(mark)),
      `items: ${items.join(' ')}`,
    ).toBe(true);
  });
});
