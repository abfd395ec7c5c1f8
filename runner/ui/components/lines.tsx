import { Box, Text } from 'ink';
import type { Look } from '../theme.ts';
import type { Line, Span } from '../text/line.ts';

/** Draws lines, a row each. */
export function Lines(props: {
  readonly lines: readonly Line[];
  readonly look: Look;
  readonly width?: number;
}) {
  const { lines, look, width } = props;
  return (
    <Box flexDirection="column" flexShrink={0} {...(width === undefined ? {} : { width })}>
      {lines.map((spans, row) => (
        <Row key={row} spans={spans} look={look} />
      ))}
    </Box>
  );
}

function Row(props: { readonly spans: Line; readonly look: Look }) {
  const { spans, look } = props;
  if (spans.length === 0) return look.speech ? null : <Text> </Text>;
  return (
    <Text wrap={look.speech ? 'wrap' : 'truncate-end'}>
      {spans.map((part, column) => (
        <Piece key={column} part={part} look={look} />
      ))}
    </Text>
  );
}

function Piece(props: { readonly part: Span; readonly look: Look }) {
  const { part, look } = props;
  const style = part.style ? look.styles[part.style] : {};
  return (
    <Text
      {...style}
      {...(part.spoken ? { 'aria-label': part.spoken } : {})}
      aria-hidden={part.spoken === ''}
    >
      {look.links && part.link !== undefined ? hyperlink(part.text, part.link) : part.text}
    </Text>
  );
}

/** OSC 8: terminals that know it make the text clickable. */
function hyperlink(text: string, address: string): string {
  return `\u001b]8;;${address}\u0007${text}\u001b]8;;\u0007`;
}
