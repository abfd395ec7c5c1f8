import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import type { State } from '../../runner/session/state.ts';
import { CurrentScreen } from '../../runner/ui/app.tsx';
import { look, type LookOptions } from '../../runner/ui/theme.ts';
import { ROOT } from './states.ts';

export const SMALL = { columns: 80, rows: 24 };
export const LARGE = { columns: 120, rows: 40 };

/** The rows of the screen that a state is on, without styles. */
export function draw(state: State, options: Partial<LookOptions> = SMALL): string[] {
  const all = { ...SMALL, cwd: ROOT, ...options };
  const text = renderToString(<CurrentScreen state={state} look={look(all)} />, {
    columns: all.columns,
  });
  return stripVTControlCharacters(text).split('\n');
}

/** The same as one text, for what matters regardless of its place. */
export function drawn(state: State, options: Partial<LookOptions> = SMALL): string {
  return draw(state, options).join('\n');
}

/** A drawn text with its line breaks and margins folded, for sentences that wrap. */
export function sentences(state: State, options: Partial<LookOptions> = SMALL): string {
  return drawn(state, options).replaceAll(/\s+/g, ' ');
}
