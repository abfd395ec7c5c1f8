import type { TrackExercise } from '../progress/model.ts';
import type { ListFilter, State } from './state.ts';

/** One exercise in the list of a track. */
export interface ListRow {
  readonly phase: string;
  readonly topic: string;
  readonly exercise: TrackExercise;
}

const FILTERS: Record<ListFilter, (exercise: TrackExercise) => boolean> = {
  all: () => true,
  open: ({ standing }) => standing.state === 'open',
  passed: ({ standing }) => standing.state === 'passed',
  planned: ({ standing }) => standing.state === 'planned',
};

/** The rows that the filter and the query of the list leave, in track order; none outside of the list. */
export function listRows(state: State): readonly ListRow[] {
  const { screen } = state;
  if (screen.name !== 'list') return [];
  const query = screen.query.trim().toLowerCase();
  return allRows(state).filter(
    ({ phase, topic, exercise }) =>
      FILTERS[screen.filter](exercise) &&
      [exercise.title, exercise.slug, topic, phase].some((text) =>
        text.toLowerCase().includes(query),
      ),
  );
}

/** Every exercise of the chosen track, in its order. */
export function allRows(state: State): readonly ListRow[] {
  return (state.standing?.phases ?? []).flatMap((phase) =>
    phase.topics.flatMap((topic) =>
      topic.exercises.map((exercise) => ({ phase: phase.title, topic: topic.title, exercise })),
    ),
  );
}
