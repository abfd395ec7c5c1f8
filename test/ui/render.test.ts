import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Event, State } from '../../runner/session/state.ts';
import { mountScreen, type MountedScreen, type ScreenOptions } from '../../runner/ui/render.tsx';
import { aState, failed, passed, progressWith } from '../support/states.ts';
import { openTerminal } from '../support/terminal.ts';

const TRIED = progressWith({ 'lru-ttl-cache': { attempts: 1 } });
const FAILED = aState({ progress: TRIED, verdict: failed() });
const PASSED = aState({ progress: TRIED, verdict: passed() });

let mounted: MountedScreen | undefined;

afterEach(async () => {
  await mounted?.unmount();
  mounted = undefined;
});

/** Mounts a screen on a terminal of its own; `paint` is a session that moves on. */
function mount(initial: State, options: Partial<ScreenOptions> = {}, size = {}) {
  const terminal = openTerminal(size);
  const events: Event[] = [];
  const listeners = new Set<(state: State) => void>();
  const screen = mountScreen({
    initial,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch: (event) => events.push(event),
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    ...options,
  });
  mounted = screen;
  const paint = (state: State) => {
    for (const listener of listeners) listener(state);
  };
  const sees = (text: string) =>
    vi.waitFor(() => {
      expect(terminal.lines().join('\n')).toContain(text);
    });
  return { terminal, events, screen, paint, sees, listeners };
}

test('a state is painted on the alternate screen, and each new one over it', async () => {
  const { terminal, paint, sees } = mount(FAILED);
  await sees('Not yet: 4 of 7 tests pass');
  expect(terminal.isAlternate()).toBe(true);
  paint(PASSED);
  await sees('All 7 tests pass.');
  expect(terminal.lines().join('\n')).not.toContain('Not yet');
  expect(terminal.lines()[0]).toMatch(/^From junior to a solid middle developer/);
});

test('keys become events', async () => {
  const { terminal, events, sees } = mount(FAILED);
  await sees('b brief');
  terminal.press({ text: 'b' });
  terminal.press('ctrlC');
  await vi.waitFor(() => {
    expect(events).toEqual([
      { type: 'command', command: { do: 'brief' } },
      { type: 'interrupted' },
    ]);
  });
});

test('arrows and escape are understood as a terminal sends them', async () => {
  const state = aState({ screen: { name: 'brief', scroll: 0 } });
  const { terminal, events, sees } = mount(state, {}, { columns: 80, rows: 14 });
  await sees('esc back');
  terminal.press('down');
  terminal.press('end');
  terminal.press('escape');
  await vi.waitFor(() => {
    expect(events).toEqual([
      { type: 'scrolled', to: 1 },
      { type: 'scrolled', to: 5 },
      { type: 'command', command: { do: 'back' } },
    ]);
  });
});

test('the layout follows the window', async () => {
  const { terminal, sees } = mount(FAILED);
  await sees('✘ Not yet');
  const row = () => terminal.lines().findIndex((line) => line.includes('✘ Not yet'));
  expect(row()).toBeGreaterThan(terminal.lines().findIndex((line) => line.includes('· 3.')));
  terminal.resize({ columns: 120, rows: 40 });
  await vi.waitFor(() => {
    expect(terminal.lines()[row()]).toMatch(/1\. Store and read entries.*✘ Not yet/);
    expect(terminal.lines().findIndex((line) => line.includes('q quit'))).toBe(38);
  });
  terminal.resize({ columns: 80, rows: 24 });
  await vi.waitFor(() => {
    expect(terminal.lines()[22]).toMatch(/^h hint.*q quit$/);
    expect(terminal.lines()[0]).toMatch(/^From junior/);
  });
});

describe('leaving', () => {
  test('gives the terminal back as it was', async () => {
    const { terminal, screen, sees, listeners } = mount(FAILED);
    await sees('q quit');
    expect(terminal.stdin.raw).toBe(true);
    await screen.unmount();
    await vi.waitFor(() => {
      expect(terminal.isAlternate()).toBe(false);
    });
    expect(terminal.stdin.raw).toBe(false);
    expect(terminal.stdout.written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(
      terminal.stdout.written.lastIndexOf('\u001b[?25l'),
    );
    expect(listeners.size).toBe(0);
  });

  test('is how a fault in the drawing ends, too', async () => {
    const { terminal, screen, paint, sees } = mount(FAILED);
    await sees('q quit');
    const exited = screen.exited.catch((error: unknown) => error);
    const broken: State = {
      ...FAILED,
      get progress(): never {
        throw new Error('cannot draw this');
      },
    };
    paint(broken);
    expect(await exited).toMatchObject({ message: 'cannot draw this' });
    await vi.waitFor(() => {
      expect(terminal.isAlternate()).toBe(false);
    });
    expect(terminal.stdin.raw).toBe(false);
  });
});

describe('lending the terminal', () => {
  test('hands it over as a shell would have it, and paints again afterwards', async () => {
    const { terminal, screen, paint, sees } = mount(FAILED);
    await sees('Not yet');
    const during = await screen.suspend(async () => {
      paint(PASSED);
      await vi.waitFor(() => {
        expect(terminal.isAlternate()).toBe(false);
      });
      return terminal.stdin.raw;
    });
    expect(during).toBe(false);
    await sees('All 7 tests pass.');
    expect(terminal.isAlternate()).toBe(true);
    expect(terminal.stdin.raw).toBe(true);
  });

  test('takes it back when the program fails', async () => {
    const { screen, sees } = mount(FAILED);
    await sees('Not yet');
    await expect(screen.suspend(() => Promise.reject(new Error('no such editor')))).rejects.toThrow(
      'no such editor',
    );
    await sees('Not yet');
  });
});

describe('for a screen reader', () => {
  test('symbols become words, and nothing is only for the eye', async () => {
    const { terminal, sees } = mount(FAILED, { screenReader: true }, { columns: 100, rows: 50 });
    await sees('Keys: h hint, b brief');
    const text = terminal.lines().join('\n');
    expect(text).toContain('Done: 1. Store and read entries');
    expect(text).toContain('Now: 2. Evict the least recently used entry');
    expect(text).toContain('examples 1 of 1   hidden 1 of 2');
    expect(text).toContain(
      'Failed: evicts the entry that was read longest ago, task 2, hidden test',
    );
    expect(text).toContain('level 2 of 5');
    expect(text).not.toMatch(/[#.*-]{4}|[─█░]/);
    expect(terminal.isAlternate()).toBe(false);
  });
});
