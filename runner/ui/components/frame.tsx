import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Notice, State } from '../../session/state.ts';
import { clean } from '../text/clean.ts';
import { BLANK, clip, decoration, line, mark, span, spread, type Line } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import type { Look } from '../theme.ts';
import { footer } from './footer.ts';
import { Lines } from './lines.tsx';

interface FrameProps {
  readonly state: State;
  readonly look: Look;
  readonly head: readonly Line[];
  readonly children: ReactNode;
}

/**
 * The frame that all screens share: a head, the body, a line for a notice, the keys. It is one row
 * lower than the window: ink repaints a frame of full height from the top, which flickers.
 */
export function Frame({ state, look, head, children }: FrameProps) {
  const foot = [...noticeLines(state.notice, look), ...footer(state, look)];
  if (look.speech) {
    return (
      <Box flexDirection="column">
        <Lines lines={head} look={look} />
        {children}
        <Lines lines={foot} look={look} />
      </Box>
    );
  }
  return (
    <Box flexDirection="column" width={look.columns} height={look.rows - 1}>
      <Lines lines={head} look={look} />
      <Box flexGrow={1} flexShrink={1} flexBasis={0} overflowY="hidden" flexDirection="column">
        {children}
      </Box>
      <Lines lines={foot} look={look} />
    </Box>
  );
}

/** Rows that the frame leaves to the body. */
export function bodyRows(state: State, head: readonly Line[], look: Look): number {
  const foot = noticeLines(state.notice, look).length + footer(state, look).length;
  return Math.max(1, look.rows - 1 - head.length - foot);
}

/** The usual head: what is shown on the left, what is known of it on the right, a rule. */
export function titleHead(left: Line, right: Line, look: Look): readonly Line[] {
  return [spread(left, right, look.columns, look), rule(look)];
}

export function rule(look: Look): Line {
  return look.speech ? BLANK : line(decoration(look.symbols.rule.repeat(look.columns)));
}

/** A notice often ends with a path or with what to do: it gets the rows that it needs, up to three. */
function noticeLines(notice: Notice | undefined, look: Look): readonly Line[] {
  if (!notice) return [BLANK];
  const text = clean(notice.text).replaceAll('\n', ' ');
  const spans =
    notice.tone === 'warning'
      ? line(mark('! ', 'Warning: ', 'bad'), span(text, 'strong'))
      : line(span(text, 'here'));
  if (look.speech) return [spans];
  const most = look.rows < 18 ? 1 : 3;
  const rows = wrap(spans, look.columns);
  if (rows.length <= most) return rows;
  const rest = rows
    .slice(most - 1)
    .flatMap((row, index) => (index === 0 ? row : line(' ', ...row)));
  return [...rows.slice(0, most - 1), clip(rest, look.columns, look.symbols.ellipsis)];
}
