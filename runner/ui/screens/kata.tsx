import { Box } from 'ink';
import { staircase, type Stair } from '../../report/staircase.ts';
import type { Current, State } from '../../session/state.ts';
import { exerciseLines } from '../components/exercise.ts';
import { moreLine } from '../components/finding.ts';
import { keyFor } from '../components/footer.ts';
import { bodyRows, Frame } from '../components/frame.tsx';
import { trackHead } from '../components/header.ts';
import { lastHint } from '../components/hints.ts';
import { Lines } from '../components/lines.tsx';
import { newsLines } from '../components/news.ts';
import { stairLines, stairSummary } from '../components/stairs.ts';
import { BLANK, line, span, type Line } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

/** From here on tasks and failure stand side by side. */
const WIDE = 110;

/** Below this many rows the screen keeps to what is needed. */
const LOW = 20;

/** Rows that a failure needs to be of use, and a hint. */
const NEWS_ROWS = 7;
const HINT_ROWS = 4;

interface Part {
  readonly state: State;
  readonly current: Current;
  readonly stairs: readonly Stair[];
  readonly look: Look;
}

/** Home: the exercise that is open, its tasks, and what the last save came to. */
export function KataScreen({ state, look }: { readonly state: State; readonly look: Look }) {
  const { current, shown } = state;
  const track = trackHead(state, look);
  const head = [
    ...(look.rows < LOW ? track.slice(0, 1) : track),
    ...(current ? exerciseLines(current, look.columns, look) : []),
    BLANK,
  ];
  const rows = bodyRows(state, head, look);
  return (
    <Frame state={state} look={look} head={head}>
      {current ? (
        <Body
          state={state}
          current={current}
          stairs={staircase(current.content?.tasks ?? [], shown?.verdict, shown?.tasksBefore)}
          look={look}
          rows={rows}
        />
      ) : (
        <Lines lines={nothingOpen(state, look)} look={look} />
      )}
    </Frame>
  );
}

function Body(props: Part & { readonly rows: number }) {
  const { look } = props;
  return look.columns >= WIDE && !look.speech ? <SideBySide {...props} /> : <Stacked {...props} />;
}

function SideBySide({ rows, ...part }: Part & { readonly rows: number }) {
  const { state, current, stairs, look } = part;
  const left = Math.min(60, Math.floor(look.columns * 0.4));
  const right = look.columns - left - 3;
  const tasks = stairLines(stairs, left, look);
  const hint = cutHint(hintOf(part, left), rows - tasks.length - 1, part);
  return (
    <Box columnGap={3} flexShrink={0}>
      <Lines lines={stack(tasks, hint)} look={look} width={left} />
      <Lines
        lines={newsLines(state, current, stairs, { width: right, rows }, look)}
        look={look}
        width={right}
      />
    </Box>
  );
}

/** A hint takes up to half of what the tasks leave; the news gets the rest, and after a pass all of it. */
function Stacked({ rows, ...part }: Part & { readonly rows: number }) {
  const { state, current, stairs, look } = part;
  const width = look.columns;
  const wanted = hintOf(part, width);
  const all = stairLines(stairs, width, look);
  const least = NEWS_ROWS + (wanted.length > 0 ? Math.min(wanted.length, HINT_ROWS) + 1 : 0);
  const tasks = all.length + 1 + least <= rows ? all : stairSummary(stairs, width, look);
  const left = rows - tasks.length - 1;
  const hint = cutHint(wanted, Math.floor(left / 2), part);
  const room = left - (hint.length > 0 ? hint.length + 1 : 0);
  const news = newsLines(state, current, stairs, { width, rows: room }, look);
  return <Lines lines={stack(tasks, news, hint)} look={look} />;
}

function hintOf({ state, current, look }: Part, width: number): readonly Line[] {
  return state.shown?.verdict.kind === 'passed' ? [] : lastHint(current, width, look);
}

function cutHint(hint: readonly Line[], rows: number, { state, look }: Part): readonly Line[] {
  if (hint.length <= rows) return hint;
  const kept = Math.max(0, rows - 1);
  return [...hint.slice(0, kept), moreLine(hint.length - kept, keyFor(state, 'brief', look), look)];
}

function nothingOpen(state: State, look: Look): readonly Line[] {
  if (state.opening !== undefined) return [line(span(`Opening${look.symbols.ellipsis}`, 'here'))];
  const tracks = keyFor(state, 'tracks', look) ?? '';
  const list = keyFor(state, 'list', look) ?? '';
  return stack(
    [line(span('Nothing is open.', 'title'))],
    wrapText(
      `Choose an exercise from the list (${list}), or another track (${tracks}).`,
      look.columns,
    ),
  );
}
