import { line, mark, span, spread, type Line } from '../text/line.ts';
import type { Look } from '../theme.ts';

/** One of several things to choose from. */
export function optionRow(title: string, facts: Line, chosen: boolean, look: Look): Line {
  const left = chosen
    ? line(mark(`${look.symbols.current} `, 'Chosen: ', 'here'), span(title, 'here'))
    : line(look.speech ? '' : '  ', title);
  return spread(left, facts, Math.min(look.columns, 92), look);
}

/** The rows around the cursor, where not all of them fit. */
export function windowed<T>(rows: readonly T[], cursor: number, height: number): readonly T[] {
  if (rows.length <= height) return rows;
  const top = Math.min(Math.max(0, cursor - Math.floor(height / 2)), rows.length - height);
  return rows.slice(top, top + height);
}
