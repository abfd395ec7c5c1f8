import type { Finding } from '../../report/findings.ts';
import { suiteWord } from '../../report/text.ts';
import { plural } from '../../report/wording.ts';
import { clean } from '../text/clean.ts';
import {
  decoration,
  indent,
  line,
  lineWidth,
  mark,
  span,
  spread,
  type Line,
} from '../text/line.ts';
import { textWidth } from '../text/width.ts';
import { wrap, wrapHard, wrapText } from '../text/wrap.ts';
import type { Look, StyleName } from '../theme.ts';
import { placeLines } from './place.ts';

/** How many rows each part of a failure may take. */
export interface Room {
  /** Blank lines set the parts apart. */
  readonly airy: boolean;
  readonly error: number;
  readonly value: number;
  readonly diff: number;
  /** Lines of code on either side of the one that is meant. */
  readonly around: number;
  readonly printed: number;
}

/** No part is cut. */
export const ROOMY: Room = {
  airy: true,
  error: Infinity,
  value: Infinity,
  diff: Infinity,
  around: Infinity,
  printed: Infinity,
};

/** What a screen tries in turn until a failure fits. */
export const TIGHTER: readonly Room[] = [
  { ...ROOMY, airy: false },
  { airy: false, error: 12, value: 8, diff: 24, around: 3, printed: 8 },
  { airy: false, error: 8, value: 4, diff: 14, around: 2, printed: 4 },
  { airy: false, error: 4, value: 2, diff: 8, around: 2, printed: 2 },
  { airy: false, error: 3, value: 1, diff: 6, around: 1, printed: 0 },
  { airy: false, error: 2, value: 1, diff: 4, around: 0, printed: 0 },
  { airy: false, error: 1, value: 1, diff: 2, around: 0, printed: 0 },
];

/** Draws one finding in lines of at most `width` cells. */
export function findingLines(
  finding: Finding,
  width: number,
  look: Look,
  room: Room,
): readonly Line[] {
  switch (finding.kind) {
    case 'says':
      return wrapText(clean(finding.text), width);
    case 'advice':
      return wrapText(clean(finding.text), width, 'strong');
    case 'test':
      return testLines(finding.test, width, look);
    case 'error':
      return cut(wrapText(clean(finding.text), width), room.error, look);
    case 'compared':
      return [
        ...valueLines('expected', finding.expected, 'good', width, look, room),
        ...valueLines('received', finding.received, 'bad', width, look, room),
      ];
    case 'diff':
      return diffLines(finding.text, width, look, room);
    case 'place':
      return placeLines(finding.frame, { width, caret: finding.caret, around: room.around }, look);
    case 'printed':
      if (room.printed === 0) return [];
      return [
        line(span(`${finding.title}:`, 'quiet')),
        ...cut(printedLines(finding.text, width, look), room.printed, look),
      ];
  }
}

type FailedTest = Extract<Finding, { kind: 'test' }>['test'];

function testLines(test: FailedTest, width: number, look: Look): readonly Line[] {
  const task = test.task === 0 ? '' : `task ${test.task}, `;
  const origin = line(span(`${task}${suiteWord(test.suite)}`, 'quiet'));
  const sentence = line(
    mark(`${look.symbols.failed} `, 'Failed: ', 'bad'),
    span(clean(test.sentence), 'strong'),
  );
  if (lineWidth(sentence) + lineWidth(origin) + 2 <= width) {
    return [spread(sentence, origin, width, look)];
  }
  return wrap(sentence, width, 2);
}

function valueLines(
  label: string,
  value: string | undefined,
  style: StyleName,
  width: number,
  look: Look,
  room: Room,
): readonly Line[] {
  if (value === undefined) return [];
  const head = `${label}  `;
  const rows = clean(value)
    .split('\n')
    .flatMap((row) => wrapHard([span(row, style)], width - textWidth(head)));
  return indent(cut(rows, room.value, look), ' '.repeat(textWidth(head)), span(head, 'quiet'));
}

function diffLines(diff: string, width: number, look: Look, room: Room): readonly Line[] {
  const legend = line(span('- expected', 'good'), '   ', span('+ received', 'bad'));
  const rows = clean(diff)
    .split('\n')
    .flatMap((row) => wrapHard(diffLine(row), width));
  return [legend, ...cut(rows, room.diff, look)];
}

function diffLine(row: string): Line {
  if (row.startsWith('-')) return [span(row, 'good')];
  if (row.startsWith('+')) return [span(row, 'bad')];
  return line(row);
}

/** What a program printed, every row behind a gutter that tells it from our own words. */
export function printedLines(text: string, width: number, look: Look): readonly Line[] {
  return clean(text)
    .split('\n')
    .flatMap((row) =>
      indent(wrapHard(line(row), width - 2), decoration(`${look.symbols.gutter} `)),
    );
}

/** Shows `most` rows, the last of which says how many are missing; of a single row, the beginning. */
function cut(rows: readonly Line[], most: number, look: Look): readonly Line[] {
  const [first] = rows;
  if (rows.length <= most || !first) return rows;
  if (most <= 1) return [line(...first, ` ${look.symbols.ellipsis}`)];
  return [...rows.slice(0, most - 1), moreLine(rows.length - most + 1, undefined, look)];
}

/** Says that rows were cut, and which key shows them. */
export function moreLine(hidden: number, key: string | undefined, { symbols }: Look): Line {
  const where = key === undefined ? '' : `, all of it with ${key}`;
  return line(span(`${symbols.ellipsis} ${plural(hidden, 'more line')}${where}`, 'quiet'));
}
