import { languageFor } from '../catalog/content.ts';
import { EDITIONS } from '../catalog/model.ts';
import { hasPassed } from '../progress/standing.ts';
import { move, search, turnPage } from './browse.ts';
import { choose, confirm } from './choose.ts';
import { isPassed } from './progress.ts';
import { ask, home, listScreen, show, stay, trackCursor } from './screens.ts';
import type { Command, Current, State, Step } from './state.ts';
import { advance, goOn, open, quit, record, run } from './steps.ts';

/** What a command of the learner does; commands that mean nothing here do nothing. */
export function obey(state: State, command: Command): Step {
  switch (command.do) {
    case 'quit':
      return quit(state);
    case 'back':
      return back(state);
    case 'choose':
      return choose(state);
    case 'confirm':
      return confirm(state);
    case 'move':
      return move(state, (cursor) => cursor + command.by);
    case 'move-to':
      return move(state, () => (command.end === 'first' ? 0 : Number.MAX_SAFE_INTEGER));
    case 'list':
      return show(state, listScreen(state));
    case 'tracks':
      return show(state, { name: 'tracks', cursor: trackCursor(state) });
    case 'edition':
      return show(state, { name: 'editions', cursor: EDITIONS.indexOf(state.progress.edition) });
    case 'help':
      return show(state, { name: 'help', scroll: 0 });
    case 'check':
      return check(state);
    case 'unlock-track':
      return ask(state, 'unlock-track');
    case 'next-filter':
    case 'search':
    case 'end-search':
    case 'clear-search':
    case 'erase':
    case 'type':
      return search(state, command);
    case 'next-page':
      return turnPage(state);
    default:
      return state.current ? workOn(state, state.current, command.do) : stay(state);
  }
}

type Work =
  | 'likeness'
  | 'next'
  | 'hint'
  | 'brief'
  | 'run'
  | 'edit'
  | 'solution'
  | 'output'
  | 'reset'
  | 'skip'
  | 'restore';

function workOn(state: State, current: Current, work: Work): Step {
  const { slug } = current.exercise;
  const { edition } = current;
  const passed = isPassed(state, current);
  switch (work) {
    case 'next':
      return passed ? advance(state) : stay(state);
    case 'hint':
      return hint(state, current);
    case 'brief':
      return show(state, { name: 'brief', scroll: 0 });
    case 'likeness':
      return tellLikeness(state);
    case 'output':
      return show(state, { name: 'output', scroll: 0 });
    case 'run':
      return run(state, 'asked');
    case 'edit':
      return { state, effects: [{ type: 'edit', slug, edition }] };
    case 'solution':
      if (!passed) return stay(state);
      return {
        state: { ...state, screen: { name: 'solution', page: 'explanation', scroll: 0 } },
        effects: [record({ type: 'reveal', slug }), { type: 'reveal', slug, edition }],
      };
    case 'reset':
      return ask(state, 'reset');
    case 'skip':
      return ask(state, 'skip');
    case 'restore':
      return open(state, slug);
  }
}

function tellLikeness(state: State): Step {
  const { shown } = state;
  if (!shown?.likeness) return stay(state);
  const likeness = { ...shown.likeness, told: true };
  return stay({ ...state, screen: { name: 'kata' }, shown: { ...shown, likeness } });
}

function hint(state: State, current: Current): Step {
  const hints = current.hints + 1;
  if (hints > (current.content?.hints.length ?? 0)) return stay(state);
  return {
    state: { ...state, screen: { name: 'kata' }, current: { ...current, hints } },
    effects: [record({ type: 'hint', slug: current.exercise.slug, hint: hints })],
  };
}

function back(state: State): Step {
  switch (state.screen.name) {
    case 'closing':
      return state.screen.what === 'phase' ? goOn(state) : show(state, listScreen(state));
    case 'checking':
      return { state: { ...state, screen: home(state) }, effects: [{ type: 'stop-recheck' }] };
    case 'confirm':
      return show(
        state,
        state.screen.question === 'unlock-track' ? listScreen(state) : home(state),
      );
    default:
      return show(state, home(state));
  }
}

function check(state: State): Step {
  const { progress, catalog } = state;
  const katas = [...progress.exercises.keys()].flatMap((slug) => {
    const exercise = catalog.exercises.get(slug);
    if (!exercise || !hasPassed(progress, exercise, progress.edition)) return [];
    return { slug, edition: languageFor(exercise, progress.edition) };
  });
  const slugs = katas.map(({ slug }) => slug);
  if (slugs.length === 0) {
    return stay({
      ...state,
      notice: { tone: 'info', text: 'Nothing is passed yet, so there is nothing to check.' },
    });
  }
  return {
    state: {
      ...state,
      screen: { name: 'checking', check: { slugs, results: [], finished: false } },
    },
    effects: [{ type: 'recheck', katas }],
  };
}
