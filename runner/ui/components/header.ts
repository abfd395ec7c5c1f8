import { EDITION_NAMES, type Edition } from '../../catalog/model.ts';
import type { ExerciseCount } from '../../progress/model.ts';
import type { State } from '../../session/state.ts';
import { clean } from '../text/clean.ts';
import { BLANK, line, span, spread, type Line } from '../text/line.ts';
import type { Look } from '../theme.ts';
import { rule } from './frame.tsx';
import { bar } from './marks.ts';

const BAR_CELLS = 16;

/** The head of the kata screen: the track and how far it is done, the phase and the topic. */
export function trackHead(state: State, look: Look): readonly Line[] {
  const { standing, current } = state;
  if (!standing) return [line(span('Backend Dojo', 'title')), rule(look)];
  const { done, available } = standing.exercises;
  const place = current && placeOf(state, current.exercise.slug);
  return [
    spread(
      line(span(clean(standing.title), 'title')),
      line(...bar(done, available, BAR_CELLS, look), ` ${done} of ${available} passed`),
      look.columns,
      look,
    ),
    spread(
      place
        ? line(clean(place.phase), span(` ${look.symbols.into} `, 'quiet'), clean(place.topic))
        : BLANK,
      line(span(rest(standing.exercises, state.progress.edition), 'quiet')),
      look.columns,
      look,
    ),
    rule(look),
  ];
}

/** What the progress bar leaves out, said honestly. */
function rest(
  { skipped, available, total, otherEdition }: ExerciseCount,
  edition: Edition,
): string {
  const planned = total - available - otherEdition;
  const parts = [
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(planned > 0 ? [`${planned} not written yet`] : []),
    ...(otherEdition > 0 ? [`${otherEdition} not in ${EDITION_NAMES[edition]} yet`] : []),
  ];
  return parts.join(', ');
}

/** Where the track lists an exercise first. */
function placeOf(
  { standing }: State,
  slug: string,
): { readonly phase: string; readonly topic: string } | undefined {
  for (const phase of standing?.phases ?? []) {
    const topic = phase.topics.find(({ exercises }) => exercises.some((row) => row.slug === slug));
    if (topic) return { phase: phase.title, topic: topic.title };
  }
  return undefined;
}
