import type { TestResult } from '../../grade/verdict.ts';
import type { Standing } from '../../progress/model.ts';
import { decoration, line, mark, span, type Line, type Span } from '../text/line.ts';
import type { Look, StyleName, Symbols } from '../theme.ts';

/** How hard an exercise is, 1 to 5. */
export function levelSpans(level: number, { symbols, speech }: Look): Line {
  if (speech) return line(`level ${level} of 5`);
  return line(symbols.levelOn.repeat(level), span(symbols.levelOff.repeat(5 - level), 'quiet'));
}

/** A progress bar of so many cells; whoever draws it writes the numbers beside it. */
export function bar(done: number, total: number, cells: number, { symbols }: Look): Line {
  const share = total === 0 ? 0 : (done / total) * cells;
  const full = done === 0 ? 0 : Math.max(1, Math.floor(share));
  return line(
    full > 0 ? decoration(symbols.barOn.repeat(full), 'good') : '',
    full < cells ? decoration(symbols.barOff.repeat(cells - full)) : '',
  );
}

/** A test as one mark. */
export function testMark({ status }: TestResult, { symbols }: Look): Span {
  switch (status) {
    case 'passed':
      return mark(symbols.passed, 'passed', 'good');
    case 'failed':
      return mark(symbols.failed, 'failed', 'bad');
    case 'not-run':
      return mark(symbols.notRun, 'not run', 'quiet');
  }
}

const STANDINGS: Readonly<
  Record<Standing['state'], { symbol: keyof Symbols; word: string; style?: StyleName }>
> = {
  passed: { symbol: 'passed', word: 'passed', style: 'good' },
  skipped: { symbol: 'skipped', word: 'skipped' },
  open: { symbol: 'open', word: 'open', style: 'here' },
  locked: { symbol: 'locked', word: 'locked', style: 'quiet' },
  planned: { symbol: 'planned', word: 'not written yet', style: 'quiet' },
  'other-edition': { symbol: 'otherEdition', word: 'in another language', style: 'quiet' },
};

/** How an exercise stands, as one mark. */
export function standingMark({ state }: Standing, { symbols }: Look): Span {
  const { symbol, word, style } = STANDINGS[state];
  return mark(symbols[symbol], word, style);
}

/** What the marks of `standingMark` mean, those that occur. */
export function standingLegend(states: ReadonlySet<Standing['state']>, look: Look): Line {
  const known = Object.entries(STANDINGS).filter(
    ([state]) => state !== 'other-edition' || states.has(state),
  );
  return known.flatMap(([, { symbol, word, style }], index) =>
    line(
      index === 0 ? '' : '   ',
      style ? span(look.symbols[symbol], style) : look.symbols[symbol],
      span(` ${word}`, 'quiet'),
    ),
  );
}
