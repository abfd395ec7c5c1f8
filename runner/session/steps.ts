import { languageFor } from '../catalog/content.ts';
import type { Edition } from '../catalog/model.ts';
import { nextExercise } from '../progress/standing.ts';
import { allRows } from './list.ts';
import { listScreen } from './screens.ts';
import type { Effect, RunCause, State, Step } from './state.ts';

/**
 * Opens an exercise, or without a slug the next one of the track; where nothing is left to do, the
 * list is shown.
 */
export function open(state: State, slug: string | undefined): Step {
  const { standing, catalog } = state;
  const wanted =
    slug !== undefined && catalog.exercises.has(slug) && isOpen(state, slug) ? slug : undefined;
  const target = wanted ?? (standing && nextExercise(standing)?.slug);
  const exercise = catalog.exercises.get(target ?? '');
  if (target === undefined || !exercise) {
    return { state: { ...state, screen: listScreen(state) }, effects: [] };
  }
  return {
    state: { ...state, screen: { name: 'kata' }, run: { state: 'idle' }, opening: target },
    effects: [
      ...stopRun(state),
      ...(state.progress.current === target ? [] : [record({ type: 'open', slug: target })]),
      { type: 'open', slug: target, edition: languageFor(exercise, state.progress.edition) },
    ],
  };
}

/** Whether an answer to an `open` effect is still waited for. */
export function isAwaited(state: State, slug: string, edition: Edition): boolean {
  const exercise = state.catalog.exercises.get(slug);
  return (
    exercise !== undefined &&
    state.opening === slug &&
    languageFor(exercise, state.progress.edition) === edition
  );
}

/** Whether a learner may work on it: in the chosen track it is not locked. */
function isOpen(state: State, slug: string): boolean {
  const row = allRows(state).find(({ exercise }) => exercise.slug === slug);
  return row !== undefined && !['locked', 'planned'].includes(row.exercise.standing.state);
}

/** Goes on to the exercise after the current one, past a closing screen where a phase or the track ends here. */
export function advance(state: State): Step {
  const { standing, current } = state;
  if (!standing) return { state, effects: [] };
  const next = nextExercise(standing, current?.exercise.slug);
  if (!next) return close(state, 'track', standing.title);
  const phase = phaseOf(state, current?.exercise.slug);
  const phaseEnds =
    phase !== undefined && phase !== phaseOf(state, next.slug) && isFinished(state, phase);
  if (phaseEnds && current?.newlyPassed) return close(state, 'phase', phase);
  return goOn(state);
}

/** Goes on to the exercise after the current one. */
export function goOn(state: State): Step {
  const { standing, current } = state;
  return open(state, standing && nextExercise(standing, current?.exercise.slug)?.slug);
}

function close(state: State, what: 'phase' | 'track', title: string): Step {
  return { state: { ...state, screen: { name: 'closing', what, title } }, effects: [] };
}

function phaseOf(state: State, slug: string | undefined): string | undefined {
  return allRows(state).find(({ exercise }) => exercise.slug === slug)?.phase;
}

function isFinished(state: State, phase: string): boolean {
  return allRows(state)
    .filter((row) => row.phase === phase)
    .every(({ exercise }) => !['open', 'locked'].includes(exercise.standing.state));
}

/** Starts a grading; one that is under way is cut short, and exactly one follows it. */
export function run(state: State, cause: RunCause): Step {
  const { current } = state;
  if (!current) return { state, effects: [] };
  if (state.run.state === 'running') {
    const { id, again } = state.run;
    return {
      state: { ...state, run: { state: 'running', id, cause, again: true } },
      effects: again ? [] : [{ type: 'abort', id }],
    };
  }
  const id = state.runs + 1;
  return {
    state: { ...state, runs: id, run: { state: 'running', id, cause, again: false } },
    effects: [{ type: 'grade', id, slug: current.exercise.slug, edition: current.edition }],
  };
}

/** Leaves; effects wind down what is under way. */
export function quit(state: State): Step {
  return {
    state: { ...state, phase: 'quitting' },
    effects: [...stopRun(state), { type: 'quit' }],
  };
}

/** Calls off the grading under way; its verdict will be stale. */
export function stopRun(state: State): readonly Effect[] {
  return state.run.state === 'running' ? [{ type: 'abort', id: state.run.id }] : [];
}

export function record(entry: Extract<Effect, { type: 'record' }>['entry']): Effect {
  return { type: 'record', entry };
}
