/** A column of a table of plain text. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

const GAP = '  ';

/**
 * Sets rows of cells in columns that are as wide as their widest cell, below a header and a rule.
 *
 * @returns lines without blanks at their ends, joined by line breaks.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const header = columns.map(({ title }) => title);
  const widths = columns.map((_, index) =>
    Math.max(...[header, ...rows].map((cells) => cells[index]?.length ?? 0)),
  );
  const lineOf = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(GAP)
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join(GAP);
  return [lineOf(header), rule, ...rows.map(lineOf)].join('\n');
}
