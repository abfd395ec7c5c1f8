import { countWords, listItems, plainText, sections, tables } from '#kit/markdown';
import { describe, expect, it } from 'vitest';
import oldRecord from './adr-0003.md?raw';
import newRecord from './adr-0007.md?raw';
import rfc from './rfc.md?raw';
import summary from './summary.md?raw';

/** What stands under a heading. */
function section(document: string, title: string) {
  const found = sections(document).find((candidate) => candidate.title === title);
  expect(found?.title, 'a heading of the starter').toBe(title);
  return found?.tokens ?? [];
}

describe('1. Say what is to be reached', () => {
  it('has a row for each measure', () => {
    const [goals] = tables(section(rfc, 'Goals'));
    const measures = goals?.rows.map(([measure]) => measure).join('; ');
    for (const id of ['M1', 'M2', 'M3']) expect(measures, 'Goals').toContain(id);
  });
});

describe('3. Describe the design and the way there', () => {
  it('says something about each requirement', () => {
    const items = listItems(section(rfc, 'Design'));
    expect(items.length, 'list items in Design').toBeGreaterThanOrEqual(6);
    for (const item of items) {
      expect(countWords(item), `words in "${item}"`).toBeGreaterThan(1);
    }
  });
});

describe('5. Record the decision', () => {
  it('links the two records to each other', () => {
    expect(newRecord).toContain('adr-0003.md');
    expect(oldRecord).toContain('adr-0007.md');
  });
});

describe('6. Tell it without technical terms', () => {
  it('says who decides', () => {
    expect(plainText(section(summary, 'Decision needed'))).toContain('Ngozi');
  });
});
