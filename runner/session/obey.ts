import { EDITIONS } from '../catalog/model.ts';
import { listRows } from './list.ts';
import {
  LIST_FILTERS,
  SOLUTION_PAGES,
  type Command,
  type Current,
  type Effect,
  type Question,
  type Screen,
  type State,
  type Step,
} from './state.ts';
import { advance, goOn, listScreen, open, quit, record, run } from './steps.ts';

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
      return show(state, { name: 'help' });
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
  'next' | 'hint' | 'brief' | 'run' | 'edit' | 'solution' | 'output' | 'reset' | 'skip' | 'restore';

function workOn(state: State, current: Current, work: Work): Step {
  const { slug } = current.exercise;
  const { edition } = state.progress;
  const passed = state.progress.exercises.get(slug)?.passedAt !== undefined;
  switch (work) {
    case 'next':
      return passed ? advance(state) : stay(state);
    case 'hint':
      return hint(state, current);
    case 'brief':
      return show(state, { name: 'brief', scroll: 0 });
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

function stay(state: State): Step {
  return { state, effects: [] };
}

/** Goes on once what was recorded before it is part of the progress. */
function proceed(to: 'next' | 'first' | 'same'): Effect {
  return { type: 'then', event: { type: 'proceed', to } };
}

function show(state: State, screen: Screen): Step {
  return stay({ ...state, screen });
}

function ask(state: State, question: Question): Step {
  return show(state, { name: 'confirm', question });
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

/** Where `back` leads: the kata, or without one the place where one is chosen. */
function home(state: State): Screen {
  if (state.current ?? state.opening) return { name: 'kata' };
  return state.standing ? listScreen(state) : { name: 'tracks', cursor: trackCursor(state) };
}

function trackCursor(state: State): number {
  return Math.max(
    0,
    state.catalog.tracks.findIndex(({ slug }) => slug === state.progress.track),
  );
}

function choose(state: State): Step {
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
  if (exercise.slug === state.current?.exercise.slug) return show(state, { name: 'kata' });
  return open(state, exercise.slug);
}

function confirm(state: State): Step {
  if (state.screen.name !== 'confirm') return stay(state);
  const calm: State = { ...state, screen: home(state) };
  const slug = state.current?.exercise.slug;
  const { question } = state.screen;
  if (question === 'unlock-track') {
    const track = state.standing?.slug;
    if (track === undefined) return stay(calm);
    return {
      state: { ...state, screen: listScreen(state) },
      effects: [record({ type: 'unlock', track })],
    };
  }
  if (slug === undefined) return stay(calm);
  if (question === 'reset') {
    return { state: calm, effects: [{ type: 'reset', slug, edition: state.progress.edition }] };
  }
  return { state: calm, effects: [record({ type: 'skip', slug }), proceed('next')] };
}

function move(state: State, to: (cursor: number) => number): Step {
  const { screen } = state;
  if (!('cursor' in screen)) return stay(state);
  const rows =
    screen.name === 'tracks'
      ? state.catalog.tracks.length
      : screen.name === 'editions'
        ? EDITIONS.length
        : listRows(state).length;
  const cursor = Math.max(0, Math.min(rows - 1, to(screen.cursor)));
  return show(state, { ...screen, cursor });
}

function search(state: State, command: Command): Step {
  const { screen } = state;
  if (screen.name !== 'list') return stay(state);
  const first = { ...screen, cursor: 0 };
  switch (command.do) {
    case 'next-filter': {
      const next = (LIST_FILTERS.indexOf(screen.filter) + 1) % LIST_FILTERS.length;
      return show(state, { ...first, filter: LIST_FILTERS[next] ?? 'all' });
    }
    case 'search':
      return show(state, { ...screen, searching: true });
    case 'end-search':
      return show(state, { ...screen, searching: false });
    case 'clear-search':
      return show(state, { ...first, searching: false, query: '' });
    case 'erase':
      return show(state, { ...first, query: screen.query.slice(0, -1) });
    case 'type':
      return show(state, { ...first, query: screen.query + command.text });
    default:
      return stay(state);
  }
}

function turnPage(state: State): Step {
  const { screen } = state;
  if (screen.name !== 'solution') return stay(state);
  const index = (SOLUTION_PAGES.indexOf(screen.page) + 1) % SOLUTION_PAGES.length;
  const page = SOLUTION_PAGES[index] ?? screen.page;
  return show(state, { name: 'solution', page, scroll: 0 });
}

function check(state: State): Step {
  const slugs = [...state.progress.exercises]
    .filter(([slug, { passedAt }]) => passedAt !== undefined && state.catalog.exercises.has(slug))
    .map(([slug]) => slug);
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
    effects: [{ type: 'recheck', slugs, edition: state.progress.edition }],
  };
}
