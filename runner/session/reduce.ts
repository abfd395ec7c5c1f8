import { languageFor } from '../catalog/content.ts';
import { EDITION_NAMES } from '../catalog/model.ts';
import type { Verdict } from '../grade/verdict.ts';
import type { Progress } from '../progress/model.ts';
import { obey } from './obey.ts';
import { progressed } from './progress.ts';
import { stay } from './screens.ts';
import type { Current, Effect, Event, Notice, Screen, State, Step } from './state.ts';
import { advance, isAwaited, open, quit, record, run, stopRun } from './steps.ts';
import { graded } from './verdicts.ts';

/**
 * The whole behaviour of a session: what an event makes of a state, and what is to be done about it.
 * Pure: the same state and event always give the same step.
 */
export function reduce(state: State, event: Event): Step {
  if (state.phase === 'quitting') return { state, effects: [] };
  switch (event.type) {
    case 'command':
      return obey({ ...state, notice: undefined }, event.command);
    case 'interrupted':
      return quit(state);
    case 'scrolled':
      return stay(
        'scroll' in state.screen
          ? { ...state, screen: { ...state.screen, scroll: event.to } }
          : state,
      );
    case 'noticed':
      return stay({ ...state, notice: event.notice });
    case 'preparing':
      return stay({ ...state, preparing: event.preparing });
    case 'effect-failed':
      return effectFailed(state, event.effect, event.reason);
    case 'reset-done':
      return resetDone(state, event.slug, event.backup);
    case 'proceed':
      return proceed(state, event.to);
    case 'progressed':
      return stay(progressed(state, event.progress));
    case 'opened':
      return opened(state, event);
    case 'revealed':
      return stay(
        state.current?.exercise.slug === event.slug
          ? { ...state, current: { ...state.current, solution: event.solution } }
          : state,
      );
    case 'saved':
      return saved(state);
    case 'kata-missing':
      return kataMissing(state);
    case 'kata-back':
      return saved(state);
    case 'graded':
      return graded(state, event.id, event.verdict);
    case 'recognized':
      return stay(recognized(state, event.verdict, event.sentence));
    case 'rechecked':
      return stay(rechecked(state, event.slug, event.verdict));
  }
}

/** What could not be done is told, and waited for no longer. */
function effectFailed(state: State, effect: Effect, reason: string): Step {
  const told: State = { ...state, notice: { tone: 'warning', text: reason } };
  const { opening, ...rest } = told;
  if (effect.type === 'open' && effect.slug === opening) return stay(rest);
  // Nobody asked for it.
  if (effect.type === 'recognize') return stay(state);
  if (effect.type !== 'grade') return stay(told);
  if (state.run.state !== 'running' || state.run.id !== effect.id) return stay(state);
  const idle: State = { ...told, run: { state: 'idle' } };
  return state.run.again ? run(idle, state.run.cause) : stay(idle);
}

function resetDone(state: State, slug: string, backup: string): Step {
  const { edition } = state.current ?? state.progress;
  const recorded = record({ type: 'reset', slug, edition, backup });
  if (state.current?.exercise.slug !== slug) return { state, effects: [recorded] };
  const { shown: _, ...rest } = state;
  const notice: Notice = {
    tone: 'info',
    text: `The starter is back. Your files are kept in ${backup}`,
  };
  const current: Current = { ...state.current, kata: 'present', hints: 0 };
  const greeting = run({ ...rest, notice, current }, 'opened');
  return { state: greeting.state, effects: [recorded, ...greeting.effects] };
}

function proceed(state: State, to: 'next' | 'first' | 'same'): Step {
  if (to === 'next') return advance(state);
  const here = state.current?.exercise;
  if (to === 'first' || !here) return open(state, undefined);
  const { edition } = state.progress;
  const other = languageFor(here, edition);
  if (other === edition) return open(state, here.slug);
  const text = `"${here.title}" is not written in ${EDITION_NAMES[edition]} yet; the list opens it in ${EDITION_NAMES[other]}.`;
  return open({ ...state, notice: { tone: 'info', text } }, undefined);
}

function opened(state: State, event: Extract<Event, { type: 'opened' }>): Step {
  const exercise = state.catalog.exercises.get(event.slug);
  if (!exercise || !isAwaited(state, event.slug, event.edition)) return stay(state);
  const { opening: _, shown: __, ...rest } = state;
  const { slug, edition } = event;
  const again = state.current?.exercise.slug === slug && state.current.edition === edition;
  const current: Current = {
    exercise,
    edition,
    content: event.content,
    folder: event.folder,
    kata: 'present',
    hints: state.progress.exercises.get(slug)?.hints ?? 0,
    newlyPassed: again && state.current?.newlyPassed === true,
  };
  return run({ ...rest, current }, 'opened');
}

/** Screens that a save leaves: whoever saves wants the verdict. */
const LEFT_BY_A_SAVE = new Set(['brief', 'output', 'solution', 'help', 'closing']);

function saved(state: State): Step {
  if (!state.current || state.opening !== undefined) return stay(state);
  const screen: Screen = LEFT_BY_A_SAVE.has(state.screen.name) ? { name: 'kata' } : state.screen;
  const current: Current = { ...state.current, kata: 'present' };
  return run({ ...state, screen, current, notice: undefined }, 'saved');
}

/** Nothing to grade is left; a kata that is being copied again is there in a moment. */
function kataMissing(state: State): Step {
  if (!state.current || state.opening !== undefined) return stay(state);
  const current: Current = { ...state.current, kata: 'missing' };
  return { state: { ...state, current, run: { state: 'idle' } }, effects: stopRun(state) };
}

/** A verdict that is not shown any more looks like nothing. */
function recognized(state: State, verdict: Verdict, sentence: string): State {
  const { shown } = state;
  if (shown?.verdict !== verdict || shown.likeness) return state;
  return { ...state, shown: { ...shown, likeness: { sentence, told: false } } };
}

function rechecked(state: State, slug: string, verdict: Verdict): State {
  const { screen } = state;
  if (screen.name !== 'checking') return state;
  const results = [...screen.check.results, { slug, verdict }];
  const finished = results.length === screen.check.slugs.length;
  return { ...state, screen: { name: 'checking', check: { ...screen.check, results, finished } } };
}

/** Where a session begins: the learner's track and topic, or the welcome. */
export function begin(catalog: State['catalog'], progress: Progress): Step {
  const bare: State = {
    catalog,
    progress,
    screen: { name: 'welcome' },
    run: { state: 'idle' },
    phase: 'live',
    runs: 0,
  };
  const state = progressed(bare, progress);
  if (!state.standing) return stay(state);
  return open({ ...state, screen: { name: 'kata' } }, progress.current);
}
