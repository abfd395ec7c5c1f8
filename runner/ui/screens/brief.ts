import type { State } from '../../session/state.ts';
import { shownHints } from '../components/hints.ts';
import type { Page } from '../components/scroll.tsx';
import { clean } from '../text/clean.ts';
import { line, span } from '../text/line.ts';
import { markdown } from '../text/markdown.ts';
import type { Look } from '../theme.ts';

/** The brief, and below it the hints that are shown. */
export function briefPage({ current }: State, look: Look): Page {
  const title = current ? clean(current.exercise.title) : '';
  return {
    title: line(span('Brief', 'here'), '  ', span(title, 'title')),
    lines: current?.content
      ? [
          ...markdown(withoutTitle(current.content.brief), look.columns, look),
          ...shownHints(current, look.columns, look),
        ]
      : [],
  };
}

/** The frame names the exercise already. */
function withoutTitle(brief: string): string {
  return brief.replace(/^\s*# .*\n/, '');
}
