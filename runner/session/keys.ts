import { listRows } from './list.ts';
import { isPassed } from './progress.ts';
import type { Command, State } from './state.ts';

/** A key that works now. One table drives the footer, the help page and the keyboard, so that they agree. */
export interface Binding {
  /** As ink names it: a character, or `up`, `down`, `left`, `right`, `return`, `escape`, `pageUp`, ... */
  readonly keys: readonly string[];
  /** How the footer writes the key. */
  readonly label: string;
  /** What it does, in a word or two. */
  readonly action: string;
  readonly command: Command;
  /** Left out of the footer: a second way to do the same, or a matter of course. */
  readonly quiet?: boolean;
}

const quit: Binding = { keys: ['q'], label: 'q', action: 'quit', command: { do: 'quit' } };
const back: Binding = {
  keys: ['escape', 'q', 'left'],
  label: 'esc',
  action: 'back',
  command: { do: 'back' },
};
/** Keys that leave a screen on which there is nothing else to do. */
const ANYWAY = ['escape', 'return', 'q', '?', 'n', ' '];

const help: Binding = { keys: ['?'], label: '?', action: 'help', command: { do: 'help' } };
const tracks: Binding = { keys: ['t'], label: 't', action: 'tracks', command: { do: 'tracks' } };
const edition: Binding = { keys: ['e'], label: 'e', action: 'edition', command: { do: 'edition' } };

const moving: readonly Binding[] = [
  { keys: ['up', 'k'], label: '↑', action: 'up', command: { do: 'move', by: -1 }, quiet: true },
  { keys: ['down', 'j'], label: '↑↓', action: 'move', command: { do: 'move', by: 1 } },
  {
    keys: ['pageUp'],
    label: 'PgUp',
    action: 'page up',
    command: { do: 'move', by: -10 },
    quiet: true,
  },
  {
    keys: ['pageDown', ' '],
    label: 'PgDn',
    action: 'page',
    command: { do: 'move', by: 10 },
    quiet: true,
  },
  {
    keys: ['home', 'g'],
    label: 'Home',
    action: 'first',
    command: { do: 'move-to', end: 'first' },
    quiet: true,
  },
  {
    keys: ['end', 'G'],
    label: 'End',
    action: 'last',
    command: { do: 'move-to', end: 'last' },
    quiet: true,
  },
];

/**
 * The keys that work in a state, in the order in which the footer shows them. The first binding that
 * names a key wins. Ctrl-C is not among them: it quits from everywhere.
 */
export function bindings(state: State): readonly Binding[] {
  const { screen } = state;
  switch (screen.name) {
    case 'welcome':
      return [
        { keys: ['return', ' '], label: 'enter', action: 'begin', command: { do: 'choose' } },
        quit,
      ];
    case 'tracks':
    case 'editions':
      return [
        { keys: ['return'], label: 'enter', action: 'choose', command: { do: 'choose' } },
        ...moving,
        ...(screen.name === 'tracks' && state.progress.track ? [edition] : []),
        wayOut(state),
      ];
    case 'brief':
    case 'output':
      return [
        back,
        ...moving,
        ...(screen.name === 'brief' ? [hint(state), edit] : []).flat(),
        help,
      ];
    case 'solution':
      return [
        back,
        { keys: ['tab', 'right'], label: 'tab', action: 'next page', command: { do: 'next-page' } },
        ...moving,
      ];
    case 'list':
      return screen.searching ? searching : listing(state);
    case 'help':
      return [{ ...back, keys: [...back.keys, 'return', '?', 'n'] }, ...moving];
    case 'closing':
      return [{ ...back, keys: ANYWAY, label: 'enter', action: 'go on' }];
    case 'confirm':
      return [
        { keys: ['y', 'return'], label: 'y', action: 'yes', command: { do: 'confirm' } },
        { keys: ['n', 'escape', 'q'], label: 'n', action: 'no', command: { do: 'back' } },
      ];
    case 'checking':
      return [back];
    case 'kata':
      return kata(state);
  }
}

const edit: Binding = {
  keys: ['o'],
  label: 'o',
  action: 'edit',
  command: { do: 'edit' },
};

const searching: readonly Binding[] = [
  { keys: ['return'], label: 'enter', action: 'keep', command: { do: 'end-search' } },
  { keys: ['escape'], label: 'esc', action: 'clear', command: { do: 'clear-search' } },
  {
    keys: ['backspace', 'delete'],
    label: '⌫',
    action: 'erase',
    command: { do: 'erase' },
    quiet: true,
  },
  { keys: ['up'], label: '↑', action: 'up', command: { do: 'move', by: -1 }, quiet: true },
  { keys: ['down'], label: '↓', action: 'down', command: { do: 'move', by: 1 }, quiet: true },
];

function listing(state: State): readonly Binding[] {
  const open: Binding = {
    keys: ['return'],
    label: 'enter',
    action: 'open',
    command: { do: 'choose' },
  };
  return [
    ...(listRows(state).length > 0 ? [open, ...moving] : []),
    { keys: ['f', 'tab'], label: 'f', action: 'filter', command: { do: 'next-filter' } },
    { keys: ['/'], label: '/', action: 'search', command: { do: 'search' } },
    ...unlock(state),
    { ...tracks, quiet: state.current !== undefined },
    wayOut(state),
  ];
}

function unlock({ standing, progress }: State): readonly Binding[] {
  const locked = standing !== undefined && !progress.unlockedTracks.has(standing.slug);
  const action = 'unlock the track';
  return locked ? [{ keys: ['u'], label: 'u', action, command: { do: 'unlock-track' } }] : [];
}

/** The way back, or out where nothing lies below: the list without an open kata, the first choice of a track. */
function wayOut({ screen, current, opening, standing }: State): Binding {
  const below = current ?? opening ?? (screen.name === 'list' ? undefined : standing);
  return below === undefined ? quit : back;
}

function hint(state: State): readonly Binding[] {
  const { current } = state;
  const left = (current?.content?.hints.length ?? 0) - (current?.hints ?? 0);
  return left > 0 ? [{ keys: ['h'], label: 'h', action: 'hint', command: { do: 'hint' } }] : [];
}

function likeness({ shown }: State): readonly Binding[] {
  if (!shown?.likeness || shown.likeness.told) return [];
  return [{ keys: ['m'], label: 'm', action: 'looks like ...', command: { do: 'likeness' } }];
}

function kata(state: State): readonly Binding[] {
  const { current, shown } = state;
  const leave: readonly Binding[] = [
    { keys: ['l'], label: 'l', action: 'list', command: { do: 'list' } },
    { ...tracks, quiet: true },
    { ...edition, quiet: true },
    { keys: ['c'], label: 'c', action: 'check all passed', command: { do: 'check' }, quiet: true },
    help,
    quit,
  ];
  if (!current) return leave;
  const passed = isPassed(state, current);
  if (current.kata === 'missing') {
    return [
      { keys: ['return'], label: 'enter', action: 'copy it again', command: { do: 'restore' } },
      ...leave,
    ];
  }
  const details =
    shown !== undefined &&
    (shown.verdict.kind !== 'passed' ||
      shown.verdict.output !== '' ||
      shown.verdict.tests.some((test) => test.output !== ''));
  return [
    ...(passed
      ? [{ keys: ['n'], label: 'n', action: 'next', command: { do: 'next' } } as const]
      : []),
    ...(shown?.verdict.kind === 'passed' ? [] : hint(state)),
    ...likeness(state),
    { keys: ['b'], label: 'b', action: 'brief', command: { do: 'brief' } },
    ...(passed
      ? [{ keys: ['s'], label: 's', action: 'solution', command: { do: 'solution' } } as const]
      : [
          {
            keys: ['u'],
            label: 'u',
            action: 'skip',
            command: { do: 'skip' },
            quiet: true,
          } as const,
        ]),
    { ...edit, quiet: passed },
    { keys: ['r'], label: 'r', action: 'run again', command: { do: 'run' } },
    ...(details
      ? [{ keys: ['p'], label: 'p', action: 'details', command: { do: 'output' } } as const]
      : []),
    { keys: ['x'], label: 'x', action: 'reset', command: { do: 'reset' }, quiet: true },
    ...leave,
  ];
}
