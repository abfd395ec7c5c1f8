import { EDITION_NAMES, type Edition } from '../../catalog/model.ts';
import type { TrackExercise } from '../../progress/model.ts';
import { plural, sentenceList } from '../../report/wording.ts';
import { listRows, type ListRow } from '../../session/list.ts';
import { LIST_FILTERS, type Screen, type State } from '../../session/state.ts';
import { bodyRows, Frame, rule } from '../components/frame.tsx';
import { Lines } from '../components/lines.tsx';
import { levelSpans, standingLegend, standingMark } from '../components/marks.ts';
import { windowed } from '../components/options.ts';
import { tabs } from '../components/tabs.ts';
import { clean } from '../text/clean.ts';
import { clip, line, mark, span, spread, type Line } from '../text/line.ts';
import { fade } from '../text/stack.ts';
import type { Look } from '../theme.ts';

type ListState = Extract<Screen, { name: 'list' }>;

/** All exercises of the track in order, or those that filter and query leave. */
export function ListScreen(props: {
  readonly state: State;
  readonly screen: ListState;
  readonly look: Look;
}) {
  const { state, screen, look } = props;
  const rows = listRows(state);
  const head = listHead(state, screen, rows.length, look);
  const foot = listFoot(state, rows, screen.cursor, look);
  const lines = grouped(rows, screen.cursor, look);
  const at = lines.findIndex(({ row }) => row === screen.cursor);
  const height = bodyRows(state, head, look) - foot.length;
  const shown = windowed(lines, at, height).map((entry) => entry.line);
  const filling = Array<Line>(look.speech ? 0 : Math.max(0, height - shown.length)).fill([]);
  return (
    <Frame state={state} look={look} head={head}>
      <Lines lines={[...(rows.length > 0 ? shown : NONE), ...filling, ...foot]} look={look} />
    </Frame>
  );
}

const NONE: readonly Line[] = [
  line('Nothing here. Another filter or a shorter search finds more.'),
];

function listHead(state: State, screen: ListState, count: number, look: Look): readonly Line[] {
  const { filter, query, searching } = screen;
  const cursor = searching ? mark('_', '', 'here') : '';
  const search =
    searching || query !== '' ? line('   search: ', span(clean(query), 'title'), cursor) : [];
  return [
    spread(
      line(span('Topics', 'here'), '  ', span(clean(state.standing?.title ?? ''), 'title')),
      line(span(plural(count, 'exercise'), 'quiet')),
      look.columns,
      look,
    ),
    clip(line(...tabs(LIST_FILTERS, filter, look), ...search), look.columns, look.symbols.ellipsis),
    rule(look),
  ];
}

/** A drawn line; `row` where it is one that the cursor can stand on. */
interface Entry {
  readonly line: Line;
  readonly row?: number;
}

/** Rows under the headings of their phase and topic. */
function grouped(rows: readonly ListRow[], cursor: number, look: Look): readonly Entry[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const newPhase = row.phase !== before?.phase;
    const newTopic = newPhase || row.topic !== before?.topic;
    return [
      ...(newPhase && index > 0 ? [{ line: [] }] : []),
      ...(newPhase ? [{ line: heading(row.phase, 'title', look) }] : []),
      ...(newTopic ? [{ line: heading(` ${row.topic}`, 'quiet', look) }] : []),
      { line: exerciseRow(row.exercise, index === cursor, look), row: index },
    ];
  });
}

function heading(text: string, style: 'title' | 'quiet', look: Look): Line {
  return clip(line(span(clean(text), style)), look.columns, look.symbols.ellipsis);
}

function exerciseRow(exercise: TrackExercise, chosen: boolean, look: Look): Line {
  const { title, standing, level, minutes, groundwork } = exercise;
  const quiet = ['locked', 'planned', 'other-edition'].includes(standing.state);
  const style = chosen ? 'here' : quiet ? 'quiet' : undefined;
  const name = clean(title);
  const left = line(
    chosen ? mark(`${look.symbols.current} `, 'Chosen: ', 'here') : look.speech ? '' : '  ',
    standingMark(standing, look),
    ' ',
    style ? span(name, style) : name,
    groundwork ? span('  groundwork', 'quiet') : '',
  );
  const facts = line(...levelSpans(level, look), span(`${minutes} min`.padStart(9), 'quiet'));
  const right = quiet ? fade(facts) : facts;
  return spread(left, right, Math.min(look.columns, 100), look);
}

/** What can be said of the row under the cursor, and what the marks mean. */
function listFoot(
  state: State,
  rows: readonly ListRow[],
  cursor: number,
  look: Look,
): readonly Line[] {
  const row = rows[cursor];
  const states = new Set(rows.map(({ exercise }) => exercise.standing.state));
  const said = row ? line(span(standingSentence(row.exercise, state), 'title')) : [];
  return [
    [],
    clip(said, look.columns, look.symbols.ellipsis),
    clip(standingLegend(states, look), look.columns, look.symbols.ellipsis),
  ];
}

function standingSentence({ slug, standing }: TrackExercise, { progress }: State): string {
  switch (standing.state) {
    case 'passed':
      return 'Passed. It can be opened again; the pass stays.';
    case 'skipped':
      return 'Skipped, not passed. It can be passed at any time.';
    case 'open':
      return openSentence(progress.exercises.get(slug)?.passedEditions ?? []);
    case 'other-edition': {
      const own = EDITION_NAMES[progress.edition];
      return `Not written in ${own} yet. It opens in ${EDITION_NAMES[standing.edition]}, where a pass counts.`;
    }
    case 'locked':
      return clean(`Locked. ${standing.because}`);
    case 'planned':
      return 'Not written yet: it is passed over, and counts for nothing until it is.';
  }
}

function openSentence(passed: readonly Edition[]): string {
  if (passed.length === 0) return 'Open.';
  return `Open. You passed it in ${sentenceList(passed.map((edition) => EDITION_NAMES[edition]))}.`;
}
