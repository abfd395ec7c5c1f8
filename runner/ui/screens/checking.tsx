import { headline, plural } from '../../report/wording.ts';
import { kataName } from '../../report/text.ts';
import type { Check, State } from '../../session/state.ts';
import { bodyRows, Frame, titleHead } from '../components/frame.tsx';
import { moreLine } from '../components/finding.ts';
import { Lines } from '../components/lines.tsx';
import { bar } from '../components/marks.ts';
import { clean } from '../text/clean.ts';
import { BLANK, clip, line, mark, span, type Line } from '../text/line.ts';
import { wrapHard, wrapText } from '../text/wrap.ts';
import { stack } from '../text/stack.ts';
import type { Look } from '../theme.ts';

/** Everything that was passed so far, checked again. */
export function CheckingScreen(props: {
  readonly state: State;
  readonly check: Check;
  readonly look: Look;
}) {
  const { state, check, look } = props;
  const head = [...titleHead(line(span('Checking what you passed', 'here')), [], look), BLANK];
  return (
    <Frame state={state} look={look} head={head}>
      <Lines lines={checkLines(state, check, bodyRows(state, head, look), look)} look={look} />
    </Frame>
  );
}

function checkLines(state: State, check: Check, rows: number, look: Look): readonly Line[] {
  const { slugs, results, finished } = check;
  const failed = results.filter(({ verdict }) => verdict.kind !== 'passed');
  const cells = Math.min(look.columns - 24, 60);
  const progress = line(
    ...(look.speech ? [] : bar(results.length, slugs.length, cells, look)),
    ` ${results.length} of ${slugs.length} checked`,
  );
  const top = stack(
    [progress],
    look.speech ? [] : wrapHard(marks(check, look), look.columns),
    finished ? outcome(failed.length, look) : [],
  );
  const names = failed.map(({ slug, verdict }) => failedLine(state, slug, verdict, look));
  const room = rows - top.length - 1;
  const shown =
    names.length <= room
      ? names
      : [...names.slice(0, room - 1), moreLine(names.length - room + 1, undefined, look)];
  return stack(top, shown);
}

/** A mark for each exercise, in the order of checking. */
function marks({ slugs, results }: Check, { symbols }: Look): Line {
  const kinds = new Map(results.map(({ slug, verdict }) => [slug, verdict.kind]));
  return slugs.map((slug) => {
    const kind = kinds.get(slug);
    if (kind === undefined) return mark(symbols.notRun, 'not checked yet', 'quiet');
    return kind === 'passed'
      ? mark(symbols.passed, 'passes', 'good')
      : mark(symbols.failed, 'does not pass', 'bad');
  });
}

function outcome(failed: number, look: Look): readonly Line[] {
  if (failed === 0) return wrapText('All of it still passes.', look.columns, 'good');
  const many = failed === 1 ? 'does' : 'do';
  return wrapText(
    `${plural(failed, 'exercise')} ${many} not pass as the files are now. What you earned stays; open them from the list to mend them.`,
    look.columns,
    'title',
  );
}

function failedLine(
  { catalog }: State,
  slug: string,
  verdict: Check['results'][number]['verdict'],
  { symbols, columns }: Look,
): Line {
  const exercise = catalog.exercises.get(slug);
  const kata = exercise ? kataName(exercise, verdict) : slug;
  return clip(
    line(
      mark(`${symbols.failed} `, 'Does not pass: ', 'bad'),
      span(clean(exercise?.title ?? slug), 'title'),
      `  ${headline(verdict, kata)}`,
    ),
    columns,
    symbols.ellipsis,
  );
}
