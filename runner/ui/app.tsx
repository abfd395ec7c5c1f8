import { useApp, useInput, useStdin, useWindowSize, type SuspendTerminal } from 'ink';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Event, State } from '../session/state.ts';
import { reachOf, ScrollScreen, type Page } from './components/scroll.tsx';
import { pressed, singlePresses } from './keyboard.ts';
import { CheckingScreen } from './screens/checking.tsx';
import { ClosingScreen } from './screens/closing.tsx';
import { ConfirmScreen } from './screens/confirm.tsx';
import { EditionsScreen } from './screens/editions.tsx';
import { KataScreen } from './screens/kata.tsx';
import { ListScreen } from './screens/list.tsx';
import { pageOf } from './screens/pages.ts';
import { TracksScreen } from './screens/tracks.tsx';
import { WelcomeScreen } from './screens/welcome.tsx';
import { look as lookOf, type Look, type LookOptions } from './theme.ts';

/** The whole terminal: draws a state, and turns keys into events. */
export function App(props: {
  readonly state: State;
  readonly dispatch: (event: Event) => void;
  readonly options: Omit<LookOptions, 'columns' | 'rows'>;
  /** Hands out ink's way to lend the terminal to another program. */
  readonly onReady: (suspendTerminal: SuspendTerminal) => void;
}) {
  const { state, dispatch, options, onReady } = props;
  const { columns, rows } = useWindowSize();
  const look = useMemo(() => lookOf({ ...options, columns, rows }), [options, columns, rows]);
  const page = usePage(state, look);
  // Several keys can arrive at once: each means what it means after the one before it.
  const latest = useRef(state);
  useLayoutEffect(() => {
    latest.current = state;
  });
  const { isRawModeSupported } = useStdin();
  const { suspendTerminal } = useApp();
  useLayoutEffect(() => {
    onReady(suspendTerminal);
  }, [onReady, suspendTerminal]);
  useInput(
    (input, key) => {
      for (const press of singlePresses(latest.current, input, key)) {
        const now = latest.current;
        const shown = now === state ? page : pageOf(now, look);
        const reach = shown && reachOf(now, shown, look);
        for (const event of pressed(now, press.input, press.key, reach)) dispatch(event);
      }
    },
    { isActive: isRawModeSupported },
  );
  return <CurrentScreen state={state} look={look} page={page} />;
}

/** Keeps a page while nothing that it shows has changed: scrolling must not lay it out again. */
function usePage(state: State, look: Look): Page | undefined {
  const { screen, current, shown } = state;
  const which = screen.name === 'solution' ? screen.page : screen.name;
  return useMemo(() => pageOf(state, look), [which, current, shown, look]);
}

/** Draws the screen that a state is on. */
export function CurrentScreen(props: {
  readonly state: State;
  readonly look: Look;
  readonly page?: Page | undefined;
}) {
  const { state, look, page = pageOf(state, look) } = props;
  const { screen } = state;
  switch (screen.name) {
    case 'welcome':
      return <WelcomeScreen state={state} look={look} />;
    case 'tracks':
      return <TracksScreen state={state} cursor={screen.cursor} look={look} />;
    case 'editions':
      return <EditionsScreen state={state} cursor={screen.cursor} look={look} />;
    case 'kata':
      return <KataScreen state={state} look={look} />;
    case 'brief':
    case 'help':
    case 'output':
    case 'solution':
      return page && <ScrollScreen state={state} look={look} page={page} scroll={screen.scroll} />;
    case 'list':
      return <ListScreen state={state} screen={screen} look={look} />;
    case 'confirm':
      return <ConfirmScreen state={state} question={screen.question} look={look} />;
    case 'checking':
      return <CheckingScreen state={state} check={screen.check} look={look} />;
    case 'closing':
      return <ClosingScreen state={state} what={screen.what} title={screen.title} look={look} />;
  }
}
