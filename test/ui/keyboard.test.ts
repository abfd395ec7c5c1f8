import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import type { Screen, State } from '../../runner/session/state.ts';
import { pressed, singlePresses } from '../../runner/ui/keyboard.ts';
import { aState, failed } from '../support/states.ts';

const NONE: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

/** Twenty rows are seen of a page whose last first row is 80. */
const REACH = { visible: 20, end: 80 };

const type = (state: State, input: string) => pressed(state, input, NONE, undefined);
const press = (state: State, key: Partial<Key>, reach?: typeof REACH) =>
  pressed(state, '', { ...NONE, ...key }, reach);
const command = (event: object) => [{ type: 'command', command: event }];
const on = (screen: Screen) => aState({ screen, verdict: failed() });

test('a key means what the table of keys says', () => {
  expect(type(on({ name: 'kata' }), 'b')).toEqual(command({ do: 'brief' }));
  expect(press(on({ name: 'welcome' }), { return: true })).toEqual(command({ do: 'choose' }));
});

test('a key that means nothing now does nothing', () => {
  expect(type(on({ name: 'kata' }), 'n')).toEqual([]);
  expect(type(on({ name: 'kata' }), 'Z')).toEqual([]);
});

test('Ctrl-C interrupts from every screen, other control keys do nothing', () => {
  for (const screen of [
    { name: 'kata' },
    { name: 'help', scroll: 0 },
    { name: 'welcome' },
  ] as const) {
    expect(pressed(on(screen), 'c', { ...NONE, ctrl: true }, undefined)).toEqual([
      { type: 'interrupted' },
    ]);
  }
  expect(pressed(on({ name: 'kata' }), 'b', { ...NONE, ctrl: true }, undefined)).toEqual([]);
});

test('a key held down counts as pressed, a pasted text does not', () => {
  expect(type(on({ name: 'kata' }), 'bb')).toEqual(command({ do: 'brief' }));
  expect(type(on({ name: 'kata' }), 'xy')).toEqual([]);
});

test('the help is scrolled and left as the brief is', () => {
  const help = on({ name: 'help', scroll: 0 });
  expect(press(help, { downArrow: true }, REACH)).toEqual([{ type: 'scrolled', to: 1 }]);
  expect(press(help, { end: true }, REACH)).toEqual([{ type: 'scrolled', to: 80 }]);
  expect(pressed(help, ' ', NONE, REACH)).toEqual([{ type: 'scrolled', to: 18 }]);
  expect(type(help, '?')).toEqual(command({ do: 'back' }));
});

describe('in the list', () => {
  const list = (searching: boolean): State =>
    on({ name: 'list', filter: 'all', query: '', searching, cursor: 0 });

  test('arrows move the cursor, which the session keeps', () => {
    expect(press(list(false), { downArrow: true })).toEqual(command({ do: 'move', by: 1 }));
  });

  test('letters are keys, until a search is typed', () => {
    expect(type(list(false), 'f')).toEqual(command({ do: 'next-filter' }));
    expect(type(list(true), 'f')).toEqual(command({ do: 'type', text: 'f' }));
    expect(type(list(true), 'lru cache')).toEqual(command({ do: 'type', text: 'lru cache' }));
  });

  test('a search is erased, kept and cleared', () => {
    expect(press(list(true), { backspace: true })).toEqual(command({ do: 'erase' }));
    expect(press(list(true), { delete: true })).toEqual(command({ do: 'erase' }));
    expect(press(list(true), { return: true })).toEqual(command({ do: 'end-search' }));
    expect(press(list(true), { escape: true })).toEqual(command({ do: 'clear-search' }));
  });

  test('what cannot be printed is not typed', () => {
    expect(type(list(true), '\u0007')).toEqual([]);
  });
});

describe('on a page', () => {
  const at = (scroll: number) => on({ name: 'brief', scroll });
  const to = (row: number) => [{ type: 'scrolled', to: row }];

  test('arrows scroll by a row, within the page', () => {
    expect(press(at(5), { downArrow: true }, REACH)).toEqual(to(6));
    expect(press(at(0), { upArrow: true }, REACH)).toEqual(to(0));
    expect(press(at(80), { downArrow: true }, REACH)).toEqual(to(80));
  });

  test('page keys scroll by a window, of which two rows are seen again', () => {
    expect(press(at(0), { pageDown: true }, REACH)).toEqual(to(18));
    expect(press(at(70), { pageDown: true }, REACH)).toEqual(to(80));
    expect(press(at(30), { pageUp: true }, REACH)).toEqual(to(12));
  });

  test('home and end lead to the ends', () => {
    expect(press(at(30), { home: true }, REACH)).toEqual(to(0));
    expect(press(at(30), { end: true }, REACH)).toEqual(to(80));
  });

  test('a place beyond the end, as after a resize, does not swallow keys', () => {
    expect(press(at(500), { upArrow: true }, REACH)).toEqual(to(79));
  });

  test('other keys are commands', () => {
    expect(press(at(5), { escape: true }, REACH)).toEqual(command({ do: 'back' }));
  });
});

test('keys that are typed faster than they are read count one by one', () => {
  const presses = singlePresses(on({ name: 'kata' }), 'n\r', NONE);
  expect(presses.map(({ input, key }) => [input, key.return])).toEqual([
    ['n', false],
    ['', true],
  ]);
});

test('a text that is pasted into the search stays whole', () => {
  const search = on({ name: 'list', filter: 'all', query: '', searching: true, cursor: 0 });
  expect(singlePresses(search, 'cache', NONE)).toHaveLength(1);
});
