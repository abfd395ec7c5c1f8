import type { TestResult } from '../../grade/verdict.ts';
import { passedOf, type Stair } from '../../report/staircase.ts';
import { plural } from '../../report/wording.ts';
import { clean } from '../text/clean.ts';
import { clip, line, lineWidth, mark, span, spread, type Line, type Span } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import type { Look } from '../theme.ts';
import { testMark } from './marks.ts';

const MARGIN = '     ';
const GAP = '   ';

/** The tasks as a staircase; the current one shows its tests as rows of marks. */
export function stairLines(stairs: readonly Stair[], width: number, look: Look): readonly Line[] {
  return stairs.flatMap((stair) => stairRows(stair, width, look));
}

/** The whole staircase in one row, and the current task; for a window that is too low for more. */
export function stairSummary(stairs: readonly Stair[], width: number, look: Look): readonly Line[] {
  const current = stairs.find((stair) => stair.state === 'current');
  const done = stairs.filter((stair) => stair.state === 'done').length;
  const marks = look.speech ? [] : stairs.map((stair) => stairMark(stair, look));
  const count = span(`  ${done} of ${plural(stairs.length, 'task')} done`, 'quiet');
  return [line(...marks, count), ...(current ? stairRows(current, width, look) : [])];
}

function stairRows(stair: Stair, width: number, look: Look): readonly Line[] {
  const title = clean(stair.number === 0 ? stair.title : `${stair.number}. ${stair.title}`);
  const tests = [...stair.examples, ...stair.hidden];
  switch (stair.state) {
    case 'done':
      return [spread(line(stairMark(stair, look), title), counts(tests, look), width, look)];
    case 'to-come':
      return [
        clip(line(stairMark(stair, look), span(title, 'quiet')), width, look.symbols.ellipsis),
      ];
    case 'current':
      return [
        ...wrap(line(stairMark(stair, look), span(title, 'title')), width, 3),
        ...testRows(stair, width, look),
      ];
  }
}

function stairMark({ state }: Stair, { symbols }: Look): Span {
  switch (state) {
    case 'done':
      return mark(` ${symbols.passed} `, 'Done: ', 'good');
    case 'current':
      return mark(` ${symbols.current} `, 'Now: ', 'here');
    case 'to-come':
      return mark(` ${symbols.toCome} `, 'To come: ', 'quiet');
  }
}

function counts(tests: readonly TestResult[], look: Look): Line {
  if (tests.length === 0 || look.speech) return [];
  return [span(noneRan(tests) ? 'not run' : passedOf(tests), 'quiet')];
}

function noneRan(tests: readonly TestResult[]): boolean {
  return tests.every(({ status }) => status === 'not-run');
}

/** The tests of both suites in a row where they fit, else in a row each. */
function testRows(stair: Stair, width: number, look: Look): readonly Line[] {
  const tests = [...stair.examples, ...stair.hidden];
  if (tests.length === 0) return [line(MARGIN, span('not checked yet', 'quiet'))];
  const suites = [
    suiteMarks('examples', stair.examples, look),
    suiteMarks('hidden', stair.hidden, look),
  ].filter((marks) => marks.length > 0);
  const row = line(
    MARGIN,
    ...suites.flatMap((marks, index) => line(index > 0 ? GAP : '', ...marks)),
  );
  if (lineWidth(row) <= width) return [row];
  return suites.map((marks) => clip(line(MARGIN, ...marks), width, look.symbols.ellipsis));
}

function suiteMarks(name: string, tests: readonly TestResult[], look: Look): Line {
  if (tests.length === 0) return [];
  const marks = look.speech ? [] : [...tests.map((test) => testMark(test, look)), { text: ' ' }];
  const count = noneRan(tests) ? 'not run' : passedOf(tests);
  return line(span(`${name} `, 'quiet'), ...marks, count);
}
