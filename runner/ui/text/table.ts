import type { Look } from '../theme.ts';
import { BLANK, decoration, line, lineWidth, span, type Line } from './line.ts';
import { wrap } from './wrap.ts';

type Align = 'left' | 'center' | 'right' | null;

const GAP = 2;

/**
 * Draws rows of cells, the first one being the header, in aligned columns. Where they are too wide
 * together, the widest columns give way and their cells wrap.
 */
export function tableLines(
  rows: readonly (readonly Line[])[],
  align: readonly Align[],
  width: number,
  look: Look,
): readonly Line[] {
  if (look.speech) return spokenRows(rows);
  const natural = align.map((_, column) =>
    Math.max(1, ...rows.map((row) => lineWidth(row[column] ?? BLANK))),
  );
  const widths = narrowed(natural, width - GAP * (align.length - 1));
  const [header = [], ...body] = rows.map((row) => tableRow(row, widths, align));
  const rule = line(decoration(widths.map((cells) => look.symbols.rule.repeat(cells)).join('  ')));
  return [...header.map(bold), rule, ...body.flat()];
}

/** Takes cells away from the widest column until all fit. */
function narrowed(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let over = widths.reduce((sum, cells) => sum + cells, 0) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    const cells = widths[widest] ?? 0;
    if (cells <= 4) break;
    widths[widest] = cells - 1;
  }
  return widths;
}

function tableRow(
  cells: readonly Line[],
  widths: readonly number[],
  align: readonly Align[],
): readonly Line[] {
  const columns = widths.map((width, column) => wrap(cells[column] ?? BLANK, width));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    columns.flatMap((lines, column) => {
      const content = lines[row] ?? BLANK;
      const missing = ' '.repeat(Math.max(0, (widths[column] ?? 0) - lineWidth(content)));
      const gap = column === 0 ? '' : ' '.repeat(GAP);
      return align[column] === 'right'
        ? line(gap + missing, ...content)
        : line(gap, ...content, missing);
    }),
  );
}

/** A screen reader hears every cell behind its column's name. */
function spokenRows(rows: readonly (readonly Line[])[]): readonly Line[] {
  const [header = [], ...body] = rows;
  return body.map((cells) =>
    cells.flatMap((cell, column) =>
      line(column === 0 ? '' : '; ', ...(header[column] ?? BLANK), ': ', ...cell),
    ),
  );
}

function bold(spans: Line): Line {
  return spans.map((part) => (part.style ? part : span(part.text, 'strong')));
}
