import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { Look, StyleName } from '../theme.ts';
import { clean } from './clean.ts';
import { tint } from './code.ts';
import { BLANK, decoration, indent, line, lineText, span, type Line, type Span } from './line.ts';
import { tableLines } from './table.ts';
import { wrap, wrapHard } from './wrap.ts';

/** Longer lines are hard to read, however wide the window is. */
const MEASURE = 92;

/** Draws Markdown in lines of at most `width` cells, without a blank line at either end. */
export function markdown(text: string, width: number, look: Look): readonly Line[] {
  const measure = look.speech ? width : Math.min(width, MEASURE);
  return blocks(lexer(clean(text)), measure, look);
}

function blocks(tokens: readonly Token[], width: number, look: Look): readonly Line[] {
  return tokens
    .map((token) => block(known(token), width, look))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : [BLANK, ...lines]));
}

function block(token: MarkedToken, width: number, look: Look): readonly Line[] {
  switch (token.type) {
    case 'heading':
      return heading(token, width, look);
    case 'paragraph':
    case 'text':
      return paragraph(token.tokens ?? [token], width, look);
    case 'code':
      return codeBlock(token, width, look);
    case 'list':
      return list(token, width, look);
    case 'table':
      return tableLines(
        [token.header, ...token.rows].map((row) => row.map((cell) => inline(cell.tokens, look))),
        token.align,
        width,
        look,
      );
    case 'blockquote':
      return indent(blocks(token.tokens, width - 2, look), decoration(`${look.symbols.gutter} `));
    case 'hr':
      return look.speech ? [] : [line(decoration(look.symbols.rule.repeat(width)))];
    case 'html':
      return token.text.startsWith('<!--') ? [] : wrap(line(token.text.trim()), width);
    default:
      return [];
  }
}

function heading({ depth, tokens }: Tokens.Heading, width: number, look: Look): readonly Line[] {
  const level = look.marks ? `${'#'.repeat(depth)} ` : '';
  const style = depth === 2 ? 'here' : 'title';
  return wrap(line(level === '' ? '' : span(level, style), ...inline(tokens, look, style)), width);
}

function paragraph(tokens: readonly Token[], width: number, look: Look): readonly Line[] {
  return rowsOf(inline(tokens, look)).flatMap((row) => wrap(row, width));
}

function codeBlock(token: Tokens.Code, width: number, look: Look): readonly Line[] {
  const language = (token.lang ?? '').split(' ')[0] ?? '';
  const rows = token.text.split('\n').flatMap((row) => wrapHard(tint(row, language), width - 4));
  return indent(rows, decoration(`  ${look.symbols.gutter} `));
}

function list(token: Tokens.List, width: number, look: Look): readonly Line[] {
  const first = typeof token.start === 'number' ? token.start : 1;
  const labels = token.items.map((_, index) =>
    token.ordered ? `${first + index}.` : look.symbols.bullet,
  );
  const margin = Math.max(...labels.map((label) => label.length)) + 1;
  return token.items.flatMap((item, index) => {
    const lines = item.tokens.flatMap((inner, position) => {
      const drawn = block(known(inner), width - margin, look);
      const apart = position > 0 && drawn.length > 0 && (token.loose || inner.type !== 'list');
      return apart ? [BLANK, ...drawn] : drawn;
    });
    const label = span((labels[index] ?? '').padEnd(margin), 'quiet');
    const rows = indent(lines, ' '.repeat(margin), label);
    return token.loose && index > 0 ? [BLANK, ...rows] : rows;
  });
}

function inline(tokens: readonly Token[], look: Look, style?: StyleName): Line {
  return tokens.flatMap((token) => inlineSpans(known(token), look, style));
}

function inlineSpans(token: MarkedToken, look: Look, style?: StyleName): Line {
  switch (token.type) {
    case 'strong':
      return inline(token.tokens, look, 'strong');
    case 'em':
      return inline(token.tokens, look, style ?? 'emphasis');
    case 'codespan':
      return [span(look.marks ? `\`${token.text}\`` : token.text, style ?? 'code')];
    case 'link':
      return linkSpans(token, look);
    case 'image':
      return [text(token.text, style)];
    case 'br':
      return [{ text: '\n' }];
    case 'checkbox':
      return [text(token.checked ? '[x] ' : '[ ] ', style)];
    case 'text':
      if (token.tokens) return inline(token.tokens, look, style);
      return [text(token.text.replaceAll('\n', ' '), style)];
    case 'escape':
      return [text(token.text, style)];
    default:
      return 'tokens' in token && token.tokens
        ? inline(token.tokens, look, style)
        : [text(token.raw, style)];
  }
}

/** An address outside is written out where the terminal would not open it. */
function linkSpans({ href, tokens }: Tokens.Link, look: Look): Line {
  const label = inline(tokens, look, 'link');
  if (!/^https?:/.test(href) || lineText(label) === href) return label;
  if (look.links) return label.map((part) => ({ ...part, link: href }));
  return [...label, span(` (${href})`, 'quiet')];
}

function text(content: string, style?: StyleName): Span {
  return style ? span(content, style) : { text: content };
}

/** Splits at hard line breaks. */
function rowsOf(spans: Line): readonly Line[] {
  const rows: Span[][] = [[]];
  for (const part of spans) {
    if (part.text === '\n') rows.push([]);
    else rows.at(-1)?.push(part);
  }
  return rows;
}

/** The lexer runs without extensions, so that every token is one of marked's own. */
function known(token: Token): MarkedToken {
  return token as MarkedToken;
}

/** The first paragraph of a text, as Markdown; empty where there is none. */
export function lead(source: string): string {
  return lexer(clean(source)).find(({ type }) => type === 'paragraph')?.raw ?? '';
}
