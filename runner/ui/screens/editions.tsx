import { editionOf } from '../../catalog/content.ts';
import { EDITION_NAMES, EDITIONS, type Edition } from '../../catalog/model.ts';
import type { State } from '../../session/state.ts';
import { Frame, titleHead } from '../components/frame.tsx';
import { Lines } from '../components/lines.tsx';
import { optionRow } from '../components/options.ts';
import { BLANK, line, span, type Line } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

/** The language in which a learner solves the katas. */
export function EditionsScreen(props: {
  readonly state: State;
  readonly cursor: number;
  readonly look: Look;
}) {
  const { state, cursor, look } = props;
  const head = [...titleHead(line(span('Choose your language', 'here')), [], look), BLANK];
  const rows = EDITIONS.map((edition, index) => editionRow(edition, index === cursor, state, look));
  const about = wrapText(
    'SQL, shell, configuration, review and writing are the same in each, and count in both. What is not written in your language yet can be solved in the other one. You can change the language at any time: what you passed stays passed in its own language, and what it opened stays open.',
    Math.min(look.columns, 92),
    'quiet',
  );
  return (
    <Frame state={state} look={look} head={head}>
      <Lines lines={stack(rows, about)} look={look} />
    </Frame>
  );
}

function editionRow(edition: Edition, chosen: boolean, { catalog }: State, look: Look): Line {
  const exercises = [...catalog.exercises.values()];
  const served = exercises.filter((exercise) => editionOf(exercise, edition) !== undefined);
  const facts = `${served.length} of ${exercises.length} exercises so far`;
  return optionRow(EDITION_NAMES[edition], line(span(facts, 'quiet')), chosen, look);
}
