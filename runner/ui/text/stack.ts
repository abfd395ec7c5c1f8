import { BLANK, type Line } from './line.ts';

/** Stacks parts with a blank line between them; empty parts do not count. */
export function stack(...parts: readonly (readonly Line[])[]): readonly Line[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [BLANK, ...part]));
}

/** A line that matters less than others, as quiet as the look allows. */
export function fade(spans: Line): Line {
  return spans.map((part) => ({ ...part, style: 'quiet' }));
}
