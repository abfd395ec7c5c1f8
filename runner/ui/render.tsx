import { render, type SuspendTerminal } from 'ink';
import type { Event, State } from '../session/state.ts';
import { App } from './app.tsx';
import { supportsLinks } from './links.ts';

export interface ScreenOptions {
  readonly initial: State;
  /** Calls the listener after each change; answers with what ends that. */
  readonly subscribe: (listener: (state: State) => void) => () => void;
  readonly dispatch: (event: Event) => void;
  readonly stdin: NodeJS.ReadableStream & {
    readonly isTTY?: boolean;
    setRawMode?(on: boolean): unknown;
  };
  readonly stdout: NodeJS.WritableStream;
  /** ASCII only, without colours and links. */
  readonly plain?: boolean;
  /** Whole lines in reading order; taken from `INK_SCREEN_READER` where it is not given. */
  readonly screenReader?: boolean;
}

export interface MountedScreen {
  /** Gives the terminal back as it was; never rejects. */
  readonly unmount: () => Promise<void>;
  /** Lends the terminal to another program, such as an editor, until `during` settles. */
  readonly suspend: <T>(during: () => Promise<T>) => Promise<T>;
  /** Settles when the screen is gone; rejects with the error that drawing threw, the terminal restored. */
  readonly exited: Promise<void>;
}

/** Ink waits this long between two frames at most; a verdict should not wait for a frame's turn. */
const FRAMES_PER_SECOND = 250;
/** Milliseconds after which a run is announced: most verdicts are there before, and drawing would hold them up. */
const RUN_UNANNOUNCED = 60;

/**
 * Takes over the terminal and draws a session there, until it is unmounted. The alternate screen
 * keeps the shell's scrollback; a screen reader gets the normal one, in which it can go back.
 */
export function mountScreen(options: ScreenOptions): MountedScreen {
  const { initial, subscribe, dispatch, stdin, stdout, plain = false } = options;
  const speech = options.screenReader ?? process.env['INK_SCREEN_READER'] === 'true';
  const lookOptions = {
    cwd: process.cwd(),
    plain,
    colour: (process.env['NO_COLOR'] ?? '') === '',
    speech,
    links: supportsLinks(process.env),
  };
  let suspendTerminal: SuspendTerminal | undefined;
  const onReady = (suspend: SuspendTerminal) => {
    suspendTerminal = suspend;
  };
  const element = (state: State) => (
    <App state={state} dispatch={dispatch} options={lookOptions} onReady={onReady} />
  );
  // Ink does this too, but after the first frame: keys pressed until then would be echoed into it.
  if (stdin.isTTY) stdin.setRawMode?.(true);
  const instance = render(element(initial), {
    stdin,
    stdout,
    exitOnCtrlC: false,
    // Nothing of ours prints while a screen is up.
    patchConsole: false,
    interactive: true,
    alternateScreen: !speech,
    isScreenReaderEnabled: speech,
    incrementalRendering: true,
    maxFps: FRAMES_PER_SECOND,
  });
  let announcement: NodeJS.Timeout | undefined;
  let running = initial.run.state === 'running';
  const unlisten = subscribe((state) => {
    clearTimeout(announcement);
    const draw = () => instance.rerender(element(state));
    const starts = state.run.state === 'running' && !running;
    running = state.run.state === 'running';
    if (starts) announcement = setTimeout(draw, RUN_UNANNOUNCED);
    else draw();
  });
  const unsubscribe = () => {
    clearTimeout(announcement);
    unlisten();
  };
  const exited = instance.waitUntilExit().then(() => undefined);
  void exited.catch(() => undefined).finally(unsubscribe);
  return {
    exited,
    async unmount() {
      unsubscribe();
      instance.unmount();
      await exited.catch(() => undefined);
    },
    async suspend<T>(during: () => Promise<T>): Promise<T> {
      if (!suspendTerminal) return during();
      await using _terminal = await suspendTerminal();
      return await during();
    },
  };
}
