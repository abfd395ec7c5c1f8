import type { Progress, TrackStanding } from '../progress/model.ts';
import { hasPassed, standTrack } from '../progress/standing.ts';
import { allRows, listRows } from './list.ts';
import type { Current, State } from './state.ts';

/** Whether an exercise is passed in the edition in which it is open. */
export function isPassed({ progress }: State, { exercise, edition }: Current): boolean {
  return hasPassed(progress, exercise, edition);
}

/** Takes over new progress, and tells what a pass has just opened. */
export function progressed(state: State, progress: Progress): State {
  const track = state.catalog.tracks.find(({ slug }) => slug === progress.track);
  const standing = track && standTrack(state.catalog, track, progress);
  const next = withinList({ ...withStanding(state, standing), progress });
  const { current } = state;
  const passedNow = current && !isPassed(state, current) && isPassed(next, current);
  if (!state.shown || !passedNow) return next;
  const before = new Set(openTitles(state));
  const unlocked = openTitles(next).filter((title) => !before.has(title));
  return { ...next, shown: { ...state.shown, unlocked } };
}

function withStanding(state: State, standing: TrackStanding | undefined): State {
  const { standing: _, ...rest } = state;
  return standing ? { ...rest, standing } : rest;
}

/** The rows of a filtered list can become fewer. */
function withinList(state: State): State {
  const { screen } = state;
  if (screen.name !== 'list') return state;
  const cursor = Math.max(0, Math.min(screen.cursor, listRows(state).length - 1));
  return { ...state, screen: { ...screen, cursor } };
}

function openTitles(state: State): string[] {
  const rows = allRows(state).filter(({ exercise }) => exercise.standing.state === 'open');
  return [...new Set(rows.map(({ exercise }) => exercise.title))];
}
