import { head, lineWidth, type Line, type Span } from './line.ts';
import { textWidth } from './width.ts';

/**
 * Breaks a line at spaces into lines of at most `width` cells; a word that is longer is broken
 * where the row ends. `hang` cells of indentation go before every line but the first.
 */
export function wrap(spans: Line, width: number, hang = 0): readonly Line[] {
  if (lineWidth(spans) <= width) return [spans];
  const margin: Line = hang > 0 ? [{ text: ' '.repeat(hang) }] : [];
  const rows: Line[] = [];
  let row: Line = [];
  let used = 0;
  for (const word of words(spans)) {
    const size = lineWidth(word);
    const isSpace = word[0]?.text.startsWith(' ') === true;
    if (used + size > width && used > hang) {
      rows.push(trimEnd(row));
      row = margin;
      used = hang;
      if (isSpace) continue;
    }
    const pieces = wrapHard(word, width - used);
    for (const piece of pieces.slice(0, -1)) {
      rows.push([...row, ...piece]);
      row = margin;
      used = hang;
    }
    const last = pieces.at(-1) ?? [];
    row = [...row, ...last];
    used += lineWidth(last);
  }
  return [...rows, trimEnd(row)];
}

/** Breaks text whose spaces matter, such as code and output, exactly where the row ends. */
export function wrapHard(spans: Line, width: number): readonly Line[] {
  if (lineWidth(spans) <= width) return [spans];
  const rows: Line[] = [];
  let row: Span[] = [];
  let used = 0;
  for (const part of spans) {
    let rest = part.text;
    while (rest !== '') {
      const piece = head(rest, width - used);
      if (piece === '' && used === 0) return [spans];
      if (piece !== '') row.push({ ...part, text: piece });
      used += textWidth(piece);
      rest = rest.slice(piece.length);
      if (rest === '') break;
      rows.push(row);
      row = [];
      used = 0;
    }
  }
  return row.length > 0 ? [...rows, row] : rows;
}

/** Wraps text with line breaks, paragraph by paragraph. */
export function wrapText(text: string, width: number, style?: Span['style']): readonly Line[] {
  return text
    .split('\n')
    .flatMap((row) => wrap([{ text: row, ...(style ? { style } : {}) }], width));
}

/** Runs of spaces and runs of anything else; a run of text can be made of several styles. */
function words(spans: Line): readonly Line[] {
  const found: Span[][] = [];
  let wasSpace: boolean | undefined;
  for (const part of spans) {
    for (const text of part.text.match(/ +|[^ ]+/g) ?? []) {
      const isSpace = text.startsWith(' ');
      const open = isSpace === wasSpace ? found.at(-1) : undefined;
      if (open) open.push({ ...part, text });
      else found.push([{ ...part, text }]);
      wasSpace = isSpace;
    }
  }
  return found;
}

function trimEnd(row: Line): Line {
  const last = row.at(-1);
  if (!last) return row;
  const text = last.text.trimEnd();
  return text === '' ? trimEnd(row.slice(0, -1)) : [...row.slice(0, -1), { ...last, text }];
}
