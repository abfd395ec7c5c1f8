import { useMemo } from 'react';
import { EDITION_NAMES, type Edition } from '../../catalog/model.ts';
import { aboutTime } from '../../progress/duration.ts';
import type { ExerciseCount, TrackStanding } from '../../progress/model.ts';
import { standTrack } from '../../progress/standing.ts';
import { plural } from '../../report/wording.ts';
import type { State } from '../../session/state.ts';
import { bodyRows, Frame, titleHead } from '../components/frame.tsx';
import { Lines } from '../components/lines.tsx';
import { optionRow, windowed } from '../components/options.ts';
import { clean } from '../text/clean.ts';
import { BLANK, indent, line, span, type Line } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

/** The tracks of the catalogue, and what the chosen one is about. */
export function TracksScreen(props: {
  readonly state: State;
  readonly cursor: number;
  readonly look: Look;
}) {
  const { state, cursor, look } = props;
  const { catalog, progress } = state;
  const tracks = useMemo(
    () => catalog.tracks.map((track) => standTrack(catalog, track, progress)),
    [catalog, progress],
  );
  const head = [...titleHead(line(span('Choose a track', 'here')), [], look), BLANK];
  const chosen = tracks[cursor];
  const about = chosen ? trackLines(chosen, state, look) : [];
  const rows = windowed(
    tracks.map((track, index) => trackRow(track, index === cursor, look)),
    cursor,
    Math.max(3, bodyRows(state, head, look) - about.length - 1),
  );
  return (
    <Frame state={state} look={look} head={head}>
      <Lines lines={stack(rows, about)} look={look} />
    </Frame>
  );
}

function trackRow(track: TrackStanding, chosen: boolean, look: Look): Line {
  const { done, available } = track.exercises;
  const facts = done > 0 ? `${done} of ${available} passed` : track.duration;
  return optionRow(clean(track.title), line(span(facts, 'quiet')), chosen, look);
}

function trackLines(track: TrackStanding, { progress }: State, look: Look): readonly Line[] {
  const width = Math.min(look.columns, 92) - 2;
  const rows = new Map(
    track.phases
      .flatMap(({ topics }) => topics)
      .flatMap(({ exercises }) => exercises.map((row) => [row.slug, row] as const)),
  );
  const minutes = [...rows.values()].reduce((sum, row) => sum + row.minutes, 0);
  const { total } = track.exercises;
  return indent(
    stack(
      wrapText(clean(track.blurb), width),
      [
        ...wrapText(
          `${plural(track.phases.length, 'phase')}, ${plural(track.topics.total, 'topic')}, ${plural(total, 'exercise')}, ${aboutTime(toHours(minutes))}.`,
          width,
        ),
        ...wrapText(honest(track.exercises, progress.edition), width, 'quiet'),
      ],
      track.slug === progress.track ? wrapText('This is your track now.', width, 'here') : [],
    ),
    '  ',
  );
}

function honest({ available, total, otherEdition }: ExerciseCount, edition: Edition): string {
  if (available === total) return 'All of them are written.';
  const where = otherEdition === 0 ? '' : ` in ${EDITION_NAMES[edition]}`;
  const other =
    otherEdition === 0 ? '' : ` ${otherEdition} can be solved in another language meanwhile.`;
  return `${available} of them ${available === 1 ? 'is' : 'are'} written${where} so far; the others are shown, passed over, and open as they arrive.${other}`;
}

/** Minutes are of no interest from ten hours on. */
function toHours(minutes: number): number {
  return minutes < 600 ? minutes : Math.round(minutes / 60) * 60;
}
