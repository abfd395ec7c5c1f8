import type { Question, State } from '../../session/state.ts';
import { Frame, titleHead } from '../components/frame.tsx';
import { Lines } from '../components/lines.tsx';
import { clean } from '../text/clean.ts';
import { BLANK, indent, line, span } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

/** Asks before something that is not a matter of course, and says what it does. */
export function ConfirmScreen(props: {
  readonly state: State;
  readonly question: Question;
  readonly look: Look;
}) {
  const { state, question, look } = props;
  const width = Math.min(look.columns, 84) - 4;
  const { title, consequences } = WORDS[question](named(state));
  const head = [...titleHead(line(span('Are you sure?', 'here')), [], look), BLANK];
  return (
    <Frame state={state} look={look} head={head}>
      <Lines
        lines={indent(
          stack(
            wrapText(clean(title), width, 'title'),
            ...consequences.map((text) => wrapText(clean(text), width)),
          ),
          '  ',
        )}
        look={look}
      />
    </Frame>
  );
}

interface Names {
  readonly exercise: string;
  readonly track: string;
}

function named({ current, standing }: State): Names {
  return {
    exercise: current?.exercise.title ?? 'this exercise',
    track: standing?.title ?? 'this track',
  };
}

interface Words {
  readonly title: string;
  readonly consequences: readonly string[];
}

const WORDS: Readonly<Record<Question, (names: Names) => Words>> = {
  reset: ({ exercise }) => ({
    title: `Start "${exercise}" over?`,
    consequences: [
      'Your kata becomes the starter again, and the hints start from the first.',
      'What you have written is kept: a backup is made, and you are told where it lies. A pass stays a pass.',
    ],
  }),
  skip: ({ exercise }) => ({
    title: `Skip "${exercise}"?`,
    consequences: [
      'It is marked as skipped, not as passed, and what waits for it opens.',
      'Your file stays where it is. Come back from the list and pass it whenever you like.',
    ],
  }),
  'unlock-track': ({ track }) => ({
    title: `Open all of "${track}"?`,
    consequences: [
      'Every exercise of the track that is written opens, in any order you like.',
      'Nothing is marked as passed. Later exercises build on earlier ones, so expect some to be hard without them.',
    ],
  }),
};
