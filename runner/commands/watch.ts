import type { GraderOptions } from '../grade/grader.ts';
import { begin } from '../session/reduce.ts';
import { startSession, type Session } from '../session/session.ts';
import { chosenEdition, findTrack } from './choice.ts';
import { EDITION, EXIT, SHARED, SHARED_HELP, text, type Command } from './command.ts';
import { loadDojo, type Dojo } from './dojo.ts';
import { GRADING, GRADING_HELP, gradingOf } from './grading.ts';
import { leaveOnSignals } from './leave.ts';
import { portsOf, type Suspend } from './ports.ts';
import { watchInLines } from './watch-lines.ts';

export const command: Command = {
  usage: '',
  summary: 'Solve exercise after exercise, with a verdict on every save.',
  details: `Without a terminal it prints plain lines for each verdict, and goes on by itself after a pass.

Exit codes: 0 left, or everything passed; 2 could not go on; 130 interrupted without a terminal.`,
  words: 0,
  options: {
    ...SHARED,
    track: { type: 'string' },
    ...EDITION,
    ...GRADING,
    plain: { type: 'boolean' },
    'screen-reader': { type: 'boolean' },
  },
  optionHelp: {
    json: 'print one JSON object a line for each thing that happens, as without a terminal',
    workspace: SHARED_HELP.workspace,
    track: 'take this track; remembered',
    edition: 'take this language, typescript or python; remembered',
    ...GRADING_HELP,
    plain: 'ASCII only, without colours',
    'screen-reader': 'whole lines in reading order instead of a painted screen',
  },
  async run(args) {
    const dojo = await loadDojo(args);
    const named = text(args, 'track');
    if (named !== undefined) await takeTrack(dojo, findTrack(dojo, named).slug);
    const edition = chosenEdition(dojo, args);
    if (edition !== dojo.progress().edition)
      await dojo.record({ type: 'edition', edition }).written;
    const json = args.options.json === true;
    const screen = process.stdin.isTTY && process.stdout.isTTY && !json;
    const grading = await gradingOf(args);
    return screen
      ? watchOnScreen(dojo, args.options, grading)
      : watchInLines(dojo, { json, grading });
  },
};

async function takeTrack(dojo: Dojo, track: string): Promise<void> {
  if (dojo.progress().track !== track) await dojo.record({ type: 'track', track }).written;
}

async function watchOnScreen(
  dojo: Dojo,
  options: Readonly<Record<string, unknown>>,
  grading: GraderOptions,
): Promise<number> {
  const { mountScreen } = await import('../ui/render.tsx');
  let suspend: Suspend = (during) => during();
  const session: Session = startSession(
    begin(dojo.catalog, dojo.progress()),
    portsOf(dojo, (during) => suspend(during), {
      ...grading,
      onPreparing: (preparing) => session.dispatch({ type: 'preparing', preparing }),
    }),
  );
  if (dojo.notices.length > 0) {
    const notice = { tone: 'warning', text: dojo.notices.join(' ') } as const;
    session.dispatch({ type: 'noticed', notice });
  }
  const screen = mountScreen({
    initial: session.state(),
    subscribe: session.subscribe,
    dispatch: session.dispatch,
    stdin: process.stdin,
    stdout: process.stdout,
    plain: options.plain === true,
    ...(options['screen-reader'] === true ? { screenReader: true } : {}),
  });
  suspend = screen.suspend;
  leaveOnSignals(session);
  try {
    await Promise.race([session.ended, screen.exited]);
  } finally {
    await screen.unmount();
    session.dispatch({ type: 'interrupted' });
    await session.ended;
  }
  return EXIT.ok;
}
