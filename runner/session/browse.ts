import { EDITIONS } from '../catalog/model.ts';
import { listRows } from './list.ts';
import { show, stay } from './screens.ts';
import { LIST_FILTERS, SOLUTION_PAGES, type Command, type State, type Step } from './state.ts';

/** Moves the cursor, and keeps it on a row. */
export function move(state: State, to: (cursor: number) => number): Step {
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

/** Filters and searches the list. */
export function search(state: State, command: Command): Step {
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

/** Turns the pages of the solution, in a circle. */
export function turnPage(state: State): Step {
  const { screen } = state;
  if (screen.name !== 'solution') return stay(state);
  const index = (SOLUTION_PAGES.indexOf(screen.page) + 1) % SOLUTION_PAGES.length;
  const page = SOLUTION_PAGES[index] ?? screen.page;
  return show(state, { name: 'solution', page, scroll: 0 });
}
