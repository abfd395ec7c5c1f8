import { EDITION_NAMES, EDITIONS } from '../catalog/model.ts';
import { listRows } from './list.ts';
import { home, listScreen, show, stay, trackCursor } from './screens.ts';
import type { Effect, State, Step } from './state.ts';
import { open, record } from './steps.ts';

/** Takes what the cursor is on. */
export function choose(state: State): Step {
  const { screen } = state;
  switch (screen.name) {
    case 'welcome':
      return show(state, { name: 'tracks', cursor: trackCursor(state) });
    case 'tracks':
      return chooseTrack(state, state.catalog.tracks[screen.cursor]?.slug);
    case 'editions':
      return chooseEdition(state, screen.cursor);
    case 'list':
      return chooseRow(state, screen.cursor);
    default:
      return stay(state);
  }
}

function chooseTrack(state: State, track: string | undefined): Step {
  if (track === undefined) return stay(state);
  if (state.progress.track === undefined) {
    return {
      state: { ...state, screen: { name: 'editions', cursor: 0 } },
      effects: [record({ type: 'track', track })],
    };
  }
  if (state.progress.track === track) return show(state, home(state));
  return { state, effects: [record({ type: 'track', track }), proceed('first')] };
}

function chooseEdition(state: State, cursor: number): Step {
  const edition = EDITIONS[cursor];
  if (edition === undefined) return stay(state);
  const written = [...state.catalog.exercises.values()].some((exercise) =>
    exercise.editions.some(({ language }) => language === edition),
  );
  if (!written) {
    return stay({
      ...state,
      notice: { tone: 'warning', text: 'No exercise is written in this edition yet.' },
    });
  }
  if (edition === state.progress.edition && state.current) return show(state, home(state));
  return { state, effects: [record({ type: 'edition', edition }), proceed('same')] };
}

function chooseRow(state: State, cursor: number): Step {
  const exercise = listRows(state)[cursor]?.exercise;
  if (!exercise) return stay(state);
  const { standing } = exercise;
  if (standing.state === 'locked') {
    return stay({ ...state, notice: { tone: 'info', text: standing.because } });
  }
  if (standing.state === 'planned') {
    const text = `"${exercise.title}" is not written yet.`;
    return stay({ ...state, notice: { tone: 'info', text } });
  }
  const here = state.opening ?? state.current?.exercise.slug;
  if (exercise.slug === here) return show(state, { name: 'kata' });
  if (standing.state !== 'other-edition') return open(state, exercise.slug);
  const text = `"${exercise.title}" is not written in ${EDITION_NAMES[state.progress.edition]} yet: this is its ${EDITION_NAMES[standing.edition]} edition.`;
  return open({ ...state, notice: { tone: 'info', text } }, exercise.slug);
}

/** Does what the learner was asked to confirm. */
export function confirm(state: State): Step {
  if (state.screen.name !== 'confirm') return stay(state);
  const calm: State = { ...state, screen: home(state) };
  const { question } = state.screen;
  if (question === 'unlock-track') {
    const track = state.standing?.slug;
    if (track === undefined) return stay(calm);
    return {
      state: { ...state, screen: listScreen(state) },
      effects: [record({ type: 'unlock', track })],
    };
  }
  if (!state.current) return stay(calm);
  const { slug } = state.current.exercise;
  if (question === 'reset') {
    return { state: calm, effects: [{ type: 'reset', slug, edition: state.current.edition }] };
  }
  return { state: calm, effects: [record({ type: 'skip', slug }), proceed('next')] };
}

/** Goes on once what was recorded before it is part of the progress. */
function proceed(to: 'next' | 'first' | 'same'): Effect {
  return { type: 'then', event: { type: 'proceed', to } };
}
