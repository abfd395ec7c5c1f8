import type { Verdict } from '../../grade/verdict.ts';
import { allFindings } from '../../report/findings.ts';
import { kataName } from '../../report/text.ts';
import { duration, headline } from '../../report/wording.ts';
import type { State } from '../../session/state.ts';
import type { Page } from '../components/scroll.tsx';
import { allFindingLines } from '../components/findings.ts';
import { clean } from '../text/clean.ts';
import { BLANK, line, span, type Line } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

/** The last verdict uncut: every failure, and everything that the code printed. */
export function outputPage(state: State, look: Look): Page {
  const { current, shown } = state;
  const title = current ? clean(current.exercise.title) : '';
  return {
    title: line(span('Details', 'here'), '  ', span(title, 'title')),
    lines:
      current && shown
        ? details(shown.verdict, kataName(current.exercise, shown.verdict, current.edition), look)
        : [],
  };
}

function details(verdict: Verdict, kata: string, look: Look): readonly Line[] {
  const findings = allFindings(verdict);
  const head = line(
    span(headline(verdict, kata), 'title'),
    span(` (${duration(verdict.duration)})`, 'quiet'),
  );
  const silent = !findings.some(({ kind }) => kind === 'printed');
  return [
    ...wrap(head, look.columns),
    ...allFindingLines(findings, look.columns, look),
    ...(silent ? [BLANK, line(span('Your code printed nothing.', 'quiet'))] : []),
  ];
}
