import type { Current } from '../../session/state.ts';
import { clean } from '../text/clean.ts';
import { BLANK, indent, line, span, type Line } from '../text/line.ts';
import { markdown } from '../text/markdown.ts';
import { wrap } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

/** The hint that was asked for last. */
export function lastHint(current: Current, width: number, look: Look): readonly Line[] {
  return current.hints === 0 ? [] : hintLines(current, current.hints, width, look);
}

/** All hints that are shown now, the smallest first. */
export function shownHints(current: Current, width: number, look: Look): readonly Line[] {
  return Array.from({ length: current.hints }, (_, index) => [
    BLANK,
    ...hintLines(current, index + 1, width, look),
  ]).flat();
}

function hintLines(current: Current, number: number, width: number, look: Look): readonly Line[] {
  const hints = current.content?.hints ?? [];
  const hint = hints[number - 1];
  if (!hint) return [];
  const title = line(
    span(`Hint ${number} of ${hints.length}: `, 'here'),
    span(clean(hint.title), 'title'),
  );
  return [...wrap(title, width), ...indent(markdown(hint.text, width - 2, look), '  ')];
}
