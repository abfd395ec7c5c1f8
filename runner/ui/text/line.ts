import type { Look, StyleName } from '../theme.ts';
import { characters, characterWidth, textWidth } from './width.ts';

/** A run of text of one style, without line breaks. */
export interface Span {
  readonly text: string;
  readonly style?: StyleName;
  /** What a screen reader says instead; empty where the text is only for the eye. */
  readonly spoken?: string;
  /** Address that a click opens, where the terminal can. */
  readonly link?: string;
}

/**
 * One row of the screen. Screens are made of lines rather than of boxes that flow, so that their
 * height is known before they are drawn: that is how nothing ever grows beyond the window.
 */
export type Line = readonly Span[];

export const BLANK: Line = [];

/** Builds a line; a bare string is text without a style, and `''` adds nothing. */
export function line(...parts: readonly (Span | string)[]): Line {
  return parts
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'string' ? { text: part } : part));
}

export function span(text: string, style: StyleName): Span {
  return { text, style };
}

/** A symbol, and the word that a screen reader says for it. */
export function mark(symbol: string, spoken: string, style?: StyleName): Span {
  return { text: symbol, spoken, ...(style ? { style } : {}) };
}

/** Something that is only for the eye. */
export function decoration(text: string, style: StyleName = 'quiet'): Span {
  return { text, style, spoken: '' };
}

export function lineWidth(spans: Line): number {
  return spans.reduce((width, { text }) => width + textWidth(text), 0);
}

/** The line's text without styles. */
export function lineText(spans: Line): string {
  return spans.map(({ text }) => text).join('');
}

/** Cuts a line that is wider than `width` cells; the ellipsis says that something is missing. */
export function clip(spans: Line, width: number, ellipsis: string): Line {
  if (lineWidth(spans) <= width) return spans;
  const room = Math.max(0, width - textWidth(ellipsis));
  const kept: Span[] = [];
  let used = 0;
  for (const part of spans) {
    const text = head(part.text, room - used);
    if (text !== '') kept.push({ ...part, text });
    used += textWidth(text);
    if (text !== part.text) break;
  }
  return [...kept, { text: ellipsis.slice(0, width) }];
}

/** The longest beginning of a text that fits into `width` cells. */
export function head(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of characters(text)) {
    used += characterWidth(character);
    if (used > width) break;
    kept += character;
  }
  return kept;
}

/** Puts `right` at the end of a row of `width` cells; `left` is cut where both do not fit. */
export function spread(left: Line, right: Line, width: number, { speech, symbols }: Look): Line {
  if (right.length === 0) return left;
  if (speech) {
    const pause = lineText(left).endsWith('.') ? ' ' : ', ';
    return left.length === 0 ? right : [...left, { text: pause }, ...right];
  }
  const room = width - lineWidth(right) - 2;
  if (room < 8) return clip(left, width, symbols.ellipsis);
  const start = clip(left, room, symbols.ellipsis);
  const gap = ' '.repeat(width - lineWidth(start) - lineWidth(right));
  return [...start, { text: gap }, ...right];
}

/** Puts the same text before every line; `first`, of the same width, before the first one. */
export function indent(lines: readonly Line[], by: string | Span, first = by): readonly Line[] {
  return lines.map((spans, index) => line(index === 0 ? first : by, ...spans));
}
