import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame } from '../../grade/verdict.ts';
import { clean } from '../text/clean.ts';
import { languageOf, tint } from '../text/code.ts';
import { clip, decoration, line, mark, span, type Line } from '../text/line.ts';
import { textWidth } from '../text/width.ts';
import type { Look } from '../theme.ts';

interface Extent {
  readonly width: number;
  /** Marks the column as well. */
  readonly caret: boolean;
  /** Lines of code on either side. */
  readonly around: number;
}

/** Where it happened, and the lines of code around it, the one that is meant marked. */
export function placeLines(
  frame: Frame,
  { width, caret, around }: Extent,
  look: Look,
): readonly Line[] {
  const rows = frame.excerpt.filter(({ number }) => Math.abs(number - frame.line) <= around);
  const digits = String(rows.at(-1)?.number ?? frame.line).length;
  const { symbols } = look;
  const code = rows.flatMap(({ number, text }) => {
    const here = number === frame.line;
    const row = clip(
      line(
        here ? mark(`${symbols.current} `, 'here: ', 'here') : '  ',
        span(`${String(number).padStart(digits)} `, here ? 'here' : 'quiet'),
        decoration(`${symbols.gutter} `),
        ...tint(clean(text), languageOf(frame.file)),
      ),
      width,
      symbols.ellipsis,
    );
    return here && caret && !look.speech ? [row, caretLine(frame, text, digits, look)] : [row];
  });
  return [placeLine(frame, width, look), ...code];
}

/** Where it happened; as a path that editors' terminals find by themselves, where we make no link. */
function placeLine(frame: Frame, width: number, look: Look): Line {
  const path = relative(look.cwd, frame.path).replaceAll('\\', '/');
  const at = `:${frame.line}:${frame.column}`;
  if (look.links) {
    const link = pathToFileURL(frame.path).href;
    return line(span('at ', 'quiet'), { text: `${frame.file}${at}`, style: 'link', link });
  }
  return line(span('at ', 'quiet'), `${textWidth(path) + 12 <= width ? path : frame.file}${at}`);
}

function caretLine(frame: Frame, text: string, digits: number, { symbols }: Look): Line {
  const before = textWidth(clean(text.slice(0, frame.column - 1)));
  return line(
    ' '.repeat(digits + 3),
    decoration(`${symbols.gutter} `),
    ' '.repeat(before),
    span(symbols.caret, 'bad'),
  );
}
