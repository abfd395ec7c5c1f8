import { allRows } from './list.ts';
import type { Question, Screen, State, Step } from './state.ts';

/** A step that asks for nothing. */
export function stay(state: State): Step {
  return { state, effects: [] };
}

export function show(state: State, screen: Screen): Step {
  return stay({ ...state, screen });
}

export function ask(state: State, question: Question): Step {
  return show(state, { name: 'confirm', question });
}

/** Where `back` leads: the kata, or without one the place where one is chosen. */
export function home(state: State): Screen {
  if (state.current ?? state.opening) return { name: 'kata' };
  return state.standing ? listScreen(state) : { name: 'tracks', cursor: trackCursor(state) };
}

/** The chosen track's place in the catalogue. */
export function trackCursor(state: State): number {
  return Math.max(
    0,
    state.catalog.tracks.findIndex(({ slug }) => slug === state.progress.track),
  );
}

/** The list, its cursor on the current exercise. */
export function listScreen(state: State): Screen {
  const slug = state.current?.exercise.slug;
  const cursor = allRows(state).findIndex(({ exercise }) => exercise.slug === slug);
  return { name: 'list', filter: 'all', query: '', searching: false, cursor: Math.max(0, cursor) };
}
