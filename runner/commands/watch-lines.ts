import { verdictText } from '../report/text.ts';
import { PREPARING_PYTHON } from '../report/wording.ts';
import { begin } from '../session/reduce.ts';
import { startSession, type Session } from '../session/session.ts';
import type { State } from '../session/state.ts';
import { chosenTrack } from './choice.ts';
import { EXIT, print, UsageError } from './command.ts';
import type { GraderOptions } from '../grade/grader.ts';
import type { Dojo } from './dojo.ts';
import { leaveOnSignals } from './leave.ts';
import { portsOf } from './ports.ts';

/** One thing that has happened, for machines and for people. */
interface News {
  readonly facts: { readonly event: string; readonly [fact: string]: unknown };
  readonly text: string;
}

/**
 * The watch without a terminal: prints what happens, and goes on by itself after a pass.
 *
 * @returns the exit code.
 * @throws UsageError when there is no track at all.
 */
export async function watchInLines(
  dojo: Dojo,
  { json, grading }: { readonly json: boolean; readonly grading: GraderOptions },
): Promise<number> {
  const say = ({ facts, text }: News): void => {
    print(json ? JSON.stringify({ version: 1, command: 'watch', ...facts }) : text);
  };
  dojo.notices.map(notice).forEach(say);
  say(await settleTrack(dojo));

  const session: Session = startSession(
    begin(dojo.catalog, dojo.progress()),
    portsOf(dojo, (during) => during(), {
      ...grading,
      onPreparing: (preparing) => session.dispatch({ type: 'preparing', preparing }),
    }),
  );
  let code: number = EXIT.ok;
  let before: State | undefined;
  const follow = (state: State): void => {
    const last = before;
    before = state;
    newsOf(last, state).forEach(say);
    if (hasFailedToOpen(last, state)) code = EXIT.failed;
    const press = code === EXIT.failed ? 'quit' : nextPress(last, state);
    if (press !== undefined) session.dispatch({ type: 'command', command: { do: press } });
  };
  leaveOnSignals(session, () => (code = EXIT.interrupted));
  // Nobody reads on: there is nothing left to watch for.
  process.stdout.on('error', () => session.dispatch({ type: 'interrupted' }));
  session.subscribe(follow);
  follow(session.state());
  await session.ended;
  return code;
}

/** Takes the first track for a learner who has none: there is nobody to ask. */
async function settleTrack(dojo: Dojo): Promise<News> {
  const chosen = chosenTrack(dojo);
  const track = chosen ?? dojo.catalog.tracks[0];
  if (!track) throw new UsageError('There is no track to take.');
  if (!chosen) await dojo.record({ type: 'track', track: track.slug }).written;
  const { slug, title } = track;
  const hint = chosen ? '' : ' `--track <slug>` takes another one.';
  return { facts: { event: 'track', track: slug, title }, text: `Track: ${title}.${hint}` };
}

function newsOf(before: State | undefined, state: State): readonly News[] {
  const { current, shown, screen } = state;
  const news: News[] = [];
  if (state.notice && state.notice !== before?.notice) news.push(notice(state.notice.text));
  if (state.preparing && !before?.preparing) news.push(notice(PREPARING_PYTHON));
  if (current && !isSame(current, before?.current)) news.push(opened(current));
  if (current?.kata === 'missing' && before?.current?.kata !== 'missing') {
    news.push(missing(current));
  }
  if (current?.content && shown && shown !== before?.shown) {
    const { exercise, content, edition } = current;
    const { verdict } = shown;
    news.push({
      facts: { event: 'verdict', exercise: exercise.slug, edition, verdict },
      text: `\n${verdictText(exercise, verdict, content, edition)}`,
    });
  }
  if (screen.name === 'closing' && before?.screen.name !== 'closing') {
    const { what, title } = screen;
    const text = `\nThat was the last of the ${what} "${title}".`;
    news.push({ facts: { event: 'finished', what, title }, text });
  }
  if (isAtTheEnd(state) && !(before && isAtTheEnd(before))) {
    const text = 'Every exercise of the track that is written is passed or skipped.';
    news.push({ facts: { event: 'done' }, text });
  }
  return news;
}

function isSame({ folder, edition }: Current, before: Current | undefined): boolean {
  return folder === before?.folder && edition === before.edition;
}

type Current = NonNullable<State['current']>;

function notice(text: string): News {
  return { facts: { event: 'notice', text }, text };
}

function opened({ exercise: { slug, title }, edition, folder }: Current): News {
  return {
    facts: { event: 'opened', exercise: slug, edition, title, folder },
    text: `\n${title} (${slug}): the kata is in ${folder}`,
  };
}

function missing({ exercise: { slug }, folder }: Current): News {
  return {
    facts: { event: 'kata-missing', exercise: slug, folder },
    text: `A kata file is not there any more in ${folder}. Put it back, or start again to get the starter.`,
  };
}

/** Without a key the list means that nothing is left to open. */
function isAtTheEnd({ screen }: State): boolean {
  return screen.name === 'list';
}

function hasFailedToOpen(before: State | undefined, { opening, current }: State): boolean {
  const wanted = before?.opening;
  return wanted !== undefined && opening === undefined && current?.exercise.slug !== wanted;
}

/** What a learner would press now, where nobody can. */
function nextPress(before: State | undefined, state: State): 'next' | 'back' | 'quit' | undefined {
  if (isAtTheEnd(state)) return 'quit';
  if (state.screen.name === 'closing') return 'back';
  const judged = state.shown !== before?.shown;
  return judged && state.shown?.verdict.kind === 'passed' ? 'next' : undefined;
}
