import type { Key } from 'ink';
import { bindings } from '../session/keys.ts';
import type { Command, Event, State } from '../session/state.ts';
import type { Reach } from './components/scroll.tsx';
import { clean } from './text/clean.ts';

/**
 * The events that a key press stands for, none where the key means nothing now. `reach` is there
 * on the screens that scroll: only the screen knows how high a page and its window are.
 */
export function pressed(
  state: State,
  input: string,
  key: Key,
  reach: Reach | undefined,
): readonly Event[] {
  if (key.ctrl && input === 'c') return [{ type: 'interrupted' }];
  if (key.ctrl || key.eventType === 'release') return [];
  const name = keyName(input, key);
  const binding = bindings(state).find(({ keys }) => keys.includes(name));
  if (binding) return follow(state, binding.command, reach);
  const text = clean(input).replaceAll('\n', ' ');
  const searching = state.screen.name === 'list' && state.screen.searching;
  if (!searching || text === '' || key.meta) return [];
  return [{ type: 'command', command: { do: 'type', text } }];
}

/** One key press. */
interface Press {
  readonly input: string;
  readonly key: Key;
}

/**
 * The presses in what arrived at once: keys that are typed fast come as one text. A text for the
 * search stays whole, and so does a key that is held down.
 */
export function singlePresses(state: State, input: string, key: Key): readonly Press[] {
  const characters = [...input];
  const searching = state.screen.name === 'list' && state.screen.searching;
  const held = characters.every((character) => character === characters[0]);
  if (searching || held || NAMED.some(([flag]) => key[flag] === true)) return [{ input, key }];
  return characters.map((character) =>
    character === '\r' ? { input: '', key: { ...key, return: true } } : { input: character, key },
  );
}

const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** The name that `keys.ts` has for a key. A key held down can arrive several times at once. */
function keyName(input: string, key: Key): string {
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named) return named[1];
  const [character = ''] = input;
  return input === character.repeat(input.length) ? character : input;
}

function follow(state: State, command: Command, reach: Reach | undefined): readonly Event[] {
  const event: Event = { type: 'command', command };
  if (!reach || !('scroll' in state.screen)) return [event];
  const at = Math.min(state.screen.scroll, reach.end);
  const scrolled = (to: number): readonly Event[] => [
    { type: 'scrolled', to: Math.max(0, Math.min(to, reach.end)) },
  ];
  switch (command.do) {
    case 'move':
      return scrolled(at + (Math.abs(command.by) === 1 ? command.by : page(command.by, reach)));
    case 'move-to':
      return scrolled(command.end === 'first' ? 0 : reach.end);
    default:
      return [event];
  }
}

/** A window's height, but for two rows that are seen again. */
function page(by: number, { visible }: Reach): number {
  return Math.sign(by) * Math.max(1, visible - 2);
}
