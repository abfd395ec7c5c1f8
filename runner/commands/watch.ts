import { basename, join } from 'node:path';
import { editionOf, readContent, readSolution } from '../catalog/content.ts';
import type { Edition } from '../catalog/model.ts';
import { folderCandidate } from '../grade/candidate.ts';
import { createGrader } from '../grade/grader.ts';
import { findEditor, openEditor } from '../process/editor.ts';
import { verdictText } from '../report/text.ts';
import type { Ports } from '../session/ports.ts';
import { begin } from '../session/reduce.ts';
import { startSession, type Session } from '../session/session.ts';
import type { State } from '../session/state.ts';
import { exerciseFolder, openExercise, resetExercise } from '../workspace/workspace.ts';
import { watchKata } from '../watch/kata-watcher.ts';
import { EXIT, print, SHARED, SHARED_HELP, text, UsageError, type Command } from './command.ts';
import { chooseExercise, findTrack, openDojo, type Chosen, type Dojo } from './dojo.ts';

export const command: Command = {
  usage: '',
  summary: 'Solve exercise after exercise, with a verdict on every save.',
  details:
    'Without a terminal it prints plain lines for each verdict, and goes on by itself after a pass.',
  words: 0,
  options: {
    workspace: SHARED.workspace,
    track: { type: 'string' },
    plain: { type: 'boolean' },
    'screen-reader': { type: 'boolean' },
  },
  optionHelp: {
    workspace: SHARED_HELP.workspace,
    track: 'take this track; remembered',
    plain: 'ASCII only, without colours',
    'screen-reader': 'whole lines in reading order instead of a painted screen',
  },
  async run(args) {
    const dojo = await openDojo(text(args, 'workspace'));
    const track = text(args, 'track');
    if (track !== undefined) takeTrack(dojo, findTrack(dojo, track).slug);
    if (!process.stdin.isTTY || !process.stdout.isTTY) return watchInPlainText(dojo);
    return watchOnScreen(dojo, args.options);
  },
};

function takeTrack(dojo: Dojo, slug: string): void {
  if (dojo.progress().track !== slug) void dojo.record({ type: 'track', track: slug });
}

type Terminal = { suspend<T>(during: () => Promise<T>): Promise<T> };

async function watchOnScreen(
  dojo: Dojo,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { mountScreen } = await import('../ui/render.tsx');
  let screen: ReturnType<typeof mountScreen> | undefined;
  const terminal: Terminal = { suspend: (during) => (screen ? screen.suspend(during) : during()) };
  const session = startSession(begin(dojo.catalog, dojo.progress()), portsOf(dojo, terminal));
  for (const notice of dojo.notices) {
    session.dispatch({ type: 'noticed', notice: { tone: 'warning', text: notice } });
  }
  screen = mountScreen({
    initial: session.state(),
    subscribe: session.subscribe,
    dispatch: session.dispatch,
    stdin: process.stdin,
    stdout: process.stdout,
    plain: options.plain === true,
    ...(options['screen-reader'] === true ? { screenReader: true } : {}),
  });
  leaveOnSignals(session);
  await Promise.race([session.ended, screen.exited]);
  await screen.unmount();
  session.dispatch({ type: 'interrupted' });
  await session.ended;
  return EXIT.ok;
}

async function watchInPlainText(dojo: Dojo): Promise<number> {
  const [first] = dojo.catalog.tracks;
  if (!first) throw new UsageError('There is no track to take.');
  if (dojo.progress().track === undefined) takeTrack(dojo, first.slug);
  for (const notice of dojo.notices) print(notice);
  const terminal: Terminal = { suspend: (during) => during() };
  const session = startSession(begin(dojo.catalog, dojo.progress()), portsOf(dojo, terminal));
  let interrupted = false;
  let before = session.state();
  session.subscribe((state) => {
    const last = before;
    before = state;
    tell(last, state);
    if (state.shown !== last.shown && state.shown?.firstPass) {
      session.dispatch({ type: 'command', command: { do: 'next' } });
    }
    if (state.screen.name === 'closing' && last.screen.name !== 'closing') {
      session.dispatch({ type: 'command', command: { do: 'back' } });
    }
    if (state.screen.name === 'list' && last.screen.name !== 'list') {
      print('Every exercise that is written is passed or skipped.');
      session.dispatch({ type: 'command', command: { do: 'quit' } });
    }
  });
  leaveOnSignals(session, () => (interrupted = true));
  await session.ended;
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

/** Prints what is new in a state. */
function tell(before: State, { current, shown, notice }: State): void {
  if (current && current.folder !== before.current?.folder) {
    const { title, slug } = current.exercise;
    print(`\n${title} (${slug}): the kata is in ${current.folder}`);
  }
  if (notice && notice !== before.notice) print(notice.text);
  if (current?.content && shown && shown !== before.shown) {
    print(verdictText(current.exercise, shown.verdict, current.content));
  }
}

function leaveOnSignals(session: Session, onSignal: () => void = () => undefined): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      onSignal();
      session.dispatch({ type: 'interrupted' });
    });
  }
}

/** The session's ports, on the real world. */
function portsOf(dojo: Dojo, terminal: Terminal): Ports {
  const { workspace } = dojo;
  const grader = createGrader(workspace.clone);
  let watcher: ReturnType<typeof watchKata> | undefined;
  let written = Promise.resolve();

  const chosen = (slug: string): Chosen => chooseExercise(dojo, slug);
  const kataPaths = (slug: string): string[] => {
    const { exercise, edition } = chosen(slug);
    return edition.kata.map((name) => join(exerciseFolder(workspace, exercise), name));
  };

  return {
    record(entry) {
      const recorded = dojo.record(entry);
      written = recorded.written.catch(() => undefined);
      return recorded;
    },
    async open(slug) {
      const { exercise, edition } = chosen(slug);
      const [folder, content] = await Promise.all([
        openExercise(workspace, exercise, edition),
        readContent(exercise),
      ]);
      void grader.prepare(exercise, edition);
      return { folder, content };
    },
    async watch(slug, _edition, onEvent) {
      await watcher?.close();
      const { exercise, edition } = chosen(slug);
      const folder = exerciseFolder(workspace, exercise);
      watcher = watchKata(workspace.folder, folder, edition.kata, onEvent);
      await watcher.ready;
    },
    grade(slug, _edition, signal) {
      const { exercise, edition } = chosen(slug);
      const folder = exerciseFolder(workspace, exercise);
      return grader.grade(exercise, edition, folderCandidate(edition, folder), signal);
    },
    reveal: (slug: string, edition: Edition) => readSolution(chosen(slug).exercise, edition),
    async edit(slug) {
      const paths = kataPaths(slug);
      const editor = findEditor(process.env);
      if (!editor) {
        const names = paths.map((path) => basename(path)).join(', ');
        throw new Error(
          `Set $EDITOR to open ${names} from here; until then, open it in your editor yourself.`,
        );
      }
      const open = (): Promise<void> => openEditor(editor, paths);
      await (editor.inTerminal ? terminal.suspend(open) : open());
    },
    async reset(slug) {
      const { exercise, edition } = chosen(slug);
      return resetExercise(workspace, exercise, edition);
    },
    async close() {
      await Promise.all([watcher?.close(), grader.close(), written]);
    },
  };
}
