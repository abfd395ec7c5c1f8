import type { State } from '../../session/state.ts';
import { keyFor } from '../components/footer.ts';
import { Frame, rule } from '../components/frame.tsx';
import { Lines } from '../components/lines.tsx';
import { indent, line, span, type Line } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrap, wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

const MARGIN = '   ';

const LOOP = [
  ['Read', 'the brief: what is wanted, never how.'],
  ['Edit', 'the kata in your own editor, and save.'],
  ['Look', 'here: the verdict is there before you are, with the line it is about.'],
  ['Go on', 'when everything passes and you are ready. Nothing rushes you.'],
] as const;

/** The first thing a newcomer sees. */
export function WelcomeScreen({ state, look }: { readonly state: State; readonly look: Look }) {
  const head = [[], line(MARGIN, span('Backend Dojo', 'here')), rule(look)];
  return (
    <Frame state={state} look={look} head={head}>
      <Lines lines={indent(welcome(state, look), MARGIN)} look={look} />
    </Frame>
  );
}

function welcome(state: State, look: Look): readonly Line[] {
  const width = Math.min(look.columns, 84) - MARGIN.length * 2;
  const begin = keyFor(state, 'choose', look) ?? '';
  return stack(
    [],
    [
      ...wrapText('Welcome.', width, 'title'),
      ...wrapText(
        'Backend engineering is learned by doing it. Here you do it in small steps: real problems from real services, each with tests that tell you at once how far you are.',
        width,
      ),
    ],
    LOOP.flatMap(([verb, rest], index) =>
      wrap(
        line(span(`${index + 1}. `, 'quiet'), span(verb.padEnd(6), 'here'), ` ${rest}`),
        width,
        10,
      ),
    ),
    wrapText(
      'Stuck? Ask for a hint, as many as there are. Wrong turns cost nothing, nothing you write is lost, and what you pass stays passed.',
      width,
    ),
    wrap(line('Press ', span(begin, 'key'), ' to choose your track.'), width),
  );
}
