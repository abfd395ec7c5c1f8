import type { State } from '../../session/state.ts';
import type { Page } from '../components/scroll.tsx';
import type { Look } from '../theme.ts';
import { briefPage } from './brief.ts';
import { helpPage } from './help.ts';
import { outputPage } from './output.ts';
import { solutionPage } from './solution.ts';

/** The text of the screens that scroll; undefined on the others. */
export function pageOf(state: State, look: Look): Page | undefined {
  const { screen } = state;
  switch (screen.name) {
    case 'brief':
      return briefPage(state, look);
    case 'help':
      return helpPage(state, look);
    case 'output':
      return outputPage(state, look);
    case 'solution':
      return solutionPage(state, screen.page, look);
    default:
      return undefined;
  }
}
