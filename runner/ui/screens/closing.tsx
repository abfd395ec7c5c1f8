import { EDITION_NAMES } from '../../catalog/model.ts';
import { aboutTime } from '../../progress/duration.ts';
import type { TrackExercise } from '../../progress/model.ts';
import { plural } from '../../report/wording.ts';
import type { State } from '../../session/state.ts';
import { bodyRows, Frame, titleHead } from '../components/frame.tsx';
import { moreLine } from '../components/finding.ts';
import { Lines } from '../components/lines.tsx';
import { clean } from '../text/clean.ts';
import { BLANK, indent, line, mark, span, type Line } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrap, wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

/** A phase, or the whole track, is finished: what was done, and what is known now. */
export function ClosingScreen(props: {
  readonly state: State;
  readonly what: 'phase' | 'track';
  readonly title: string;
  readonly look: Look;
}) {
  const { state, what, title, look } = props;
  const name = what === 'phase' ? 'Phase finished' : 'Track finished';
  const head = [...titleHead(line(span(name, 'here')), [], look), BLANK];
  const rows = bodyRows(state, head, look);
  return (
    <Frame state={state} look={look} head={head}>
      <Lines
        lines={indent(closing(state, rowsOf(state, what, title), title, rows, look), '  ')}
        look={look}
      />
    </Frame>
  );
}

function closing(
  state: State,
  exercises: readonly TrackExercise[],
  title: string,
  rows: number,
  look: Look,
): readonly Line[] {
  const width = Math.min(look.columns, 92) - 4;
  const stars = `${look.symbols.star} ${look.symbols.star} ${look.symbols.star}  `;
  const passed = exercises.filter(({ standing }) => standing.state === 'passed');
  const top = stack(
    wrap(line(mark(stars, '', 'good'), span(clean(title), 'title')), width, 7),
    wrapText(totals(state, exercises, passed), width),
  );
  return stack(top, learnt(state, passed, rows - top.length - 1, width, look));
}

function totals(
  { progress }: State,
  exercises: readonly TrackExercise[],
  passed: readonly TrackExercise[],
): string {
  const attempts = exercises.reduce(
    (sum, { slug }) => sum + (progress.exercises.get(slug)?.attempts ?? 0),
    0,
  );
  const skipped = exercises.filter(({ standing }) => standing.state === 'skipped').length;
  const minutes = passed.reduce((sum, exercise) => sum + exercise.minutes, 0);
  const also = skipped === 0 ? '' : `, ${skipped} skipped`;
  const others = exercises.filter(({ standing }) => standing.state === 'other-edition').length;
  const left =
    others === 0
      ? ''
      : ` ${plural(others, 'exercise')} ${others === 1 ? 'is' : 'are'} not written in ${EDITION_NAMES[progress.edition]} yet; the list opens ${others === 1 ? 'it' : 'them'} in another language.`;
  return `${plural(passed.length, 'exercise')} passed${also}, ${plural(attempts, 'attempt')}, ${aboutTime(minutes)} of work by our estimate.${left}`;
}

/** What each passed exercise taught, the latest ones where not all fit. */
function learnt(
  { catalog }: State,
  passed: readonly TrackExercise[],
  rows: number,
  width: number,
  look: Look,
): readonly Line[] {
  const lines = passed.flatMap(({ slug }) => {
    const summary = catalog.exercises.get(slug)?.summary;
    if (summary === undefined) return [];
    return wrap(line(span(`${look.symbols.bullet} `, 'quiet'), clean(summary)), width, 2);
  });
  if (lines.length === 0) return [];
  const title = line(span('What you know now, and can say in an interview', 'title'));
  const room = rows - 1;
  if (lines.length <= room) return [title, ...lines];
  return [title, ...lines.slice(0, room - 1), moreLine(lines.length - room + 1, undefined, look)];
}

/** The exercises that the screen is about, each once. */
function rowsOf(
  { standing }: State,
  what: 'phase' | 'track',
  title: string,
): readonly TrackExercise[] {
  const phases =
    standing?.phases.filter((phase) => what === 'track' || phase.title === title) ?? [];
  const rows = phases.flatMap(({ topics }) => topics).flatMap(({ exercises }) => exercises);
  return [...new Map(rows.map((row) => [row.slug, row])).values()];
}
