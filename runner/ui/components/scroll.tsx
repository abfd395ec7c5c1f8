import type { State } from '../../session/state.ts';
import { line, span, type Line } from '../text/line.ts';
import type { Look } from '../theme.ts';
import { bodyRows, Frame, titleHead } from './frame.tsx';
import { Lines } from './lines.tsx';

/** A text that can be longer than the window. */
export interface Page {
  readonly title: Line;
  readonly lines: readonly Line[];
}

/** How far a page can be scrolled in this window. */
export interface Reach {
  /** Rows that are seen at once. */
  readonly visible: number;
  /** The last first row. */
  readonly end: number;
}

export function reachOf(state: State, page: Page, look: Look): Reach {
  const visible = bodyRows(state, titleHead(page.title, [], look), look);
  return { visible, end: Math.max(0, page.lines.length - visible) };
}

/** Shows the part of a page that the reader has scrolled to, and where that is. */
export function ScrollScreen(props: {
  readonly state: State;
  readonly look: Look;
  readonly page: Page;
  readonly scroll: number;
}) {
  const { state, look, page } = props;
  const { visible, end } = reachOf(state, page, look);
  const top = Math.min(props.scroll, end);
  const head = titleHead(page.title, position(page, top, visible, look), look);
  return (
    <Frame state={state} look={look} head={head}>
      <Lines lines={page.lines.slice(top, top + visible)} look={look} />
    </Frame>
  );
}

function position({ lines }: Page, top: number, visible: number, look: Look): Line {
  if (lines.length <= visible) return [];
  const { above, below } = look.symbols;
  const bottom = Math.min(lines.length, top + visible);
  return line(
    span(`${top + 1}-${bottom} of ${lines.length} `, 'quiet'),
    span(top > 0 ? above : ' ', 'here'),
    span(bottom < lines.length ? below : ' ', 'here'),
  );
}
