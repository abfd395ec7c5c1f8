import { line, mark, span, type Line } from '../text/line.ts';
import type { Look } from '../theme.ts';

/** Names beside each other, the chosen one in brackets. */
export function tabs(names: readonly string[], chosen: string, { speech }: Look): Line {
  return names.flatMap((name, index) => {
    const gap = index === 0 ? '' : speech ? ', ' : '  ';
    return name === chosen
      ? line(gap, mark(`[${name}]`, `${name}, chosen`, 'here'))
      : line(gap, speech ? name : ' ', speech ? '' : span(name, 'quiet'), speech ? '' : ' ');
  });
}
