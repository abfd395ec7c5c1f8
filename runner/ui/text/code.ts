import type { Look } from '../theme.ts';
import { clean } from './clean.ts';
import { indent, line, span, type Line, type Span } from './line.ts';
import { wrapHard } from './wrap.ts';

const KEYWORDS = {
  script:
    'abstract accessor as async await break case catch class const continue declare default delete do else enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let new null of override private protected public readonly return satisfies set static super switch this throw true try type typeof undefined unique unknown using var void while yield',
  python:
    'and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return self True try type while with yield',
  sql: 'all and as asc begin between by case check commit constraint create cross default delete desc distinct drop else end except exists false from full group having in index inner insert intersect into is join lateral left like limit not null offset on or order outer over partition primary references returning right rollback row rows select set table then true union unique update using values view when where window with',
  shell:
    'case do done elif else esac exit export fi for function if in local return set then while',
  data: 'true false null yes no',
} as const;

type Family = keyof typeof KEYWORDS;

const FAMILIES: Readonly<Record<string, Family>> = {
  ts: 'script',
  tsx: 'script',
  typescript: 'script',
  js: 'script',
  mjs: 'script',
  javascript: 'script',
  py: 'python',
  python: 'python',
  sql: 'sql',
  sh: 'shell',
  bash: 'shell',
  yaml: 'data',
  yml: 'data',
  json: 'data',
};

const COMMENTS: Readonly<Record<Family, string>> = {
  script: String.raw`\/\/.*$|\/\*.*?(?:\*\/|$)`,
  python: '#.*$',
  sql: '--.*$',
  shell: '(?<=^|\\s)#.*$',
  data: '(?<=^|\\s)#.*$',
};

const TOKENS: Readonly<Record<Family, RegExp>> = {
  script: tokensOf('script'),
  python: tokensOf('python'),
  sql: tokensOf('sql'),
  shell: tokensOf('shell'),
  data: tokensOf('data'),
};

function tokensOf(family: Family): RegExp {
  const strings = `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|\`(?:[^\`\\\\]|\\\\.)*\``;
  const keywords = `(?<![\\w.$])(?:${KEYWORDS[family].replaceAll(' ', '|')})(?![\\w$])`;
  return new RegExp(
    `(?<comment>${COMMENTS[family]})|(?<string>${strings})|(?<keyword>${keywords})`,
    family === 'sql' ? 'gi' : 'g',
  );
}

/** The name by which `tint` knows a file's language: its ending. */
export function languageOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1).toLowerCase();
}

/**
 * Colours the comments, strings and keywords of one line of code. It reads each line by itself, which is
 * cheap and right for nearly all code; a text that spans lines is coloured as code.
 */
export function tint(code: string, language: string): Line {
  const family = FAMILIES[language];
  if (!family) return line(code);
  if (family === 'script' && /^\s*\*(?:\s|\/|$)/.test(code)) return [span(code, 'comment')];
  const spans: Span[] = [];
  let end = 0;
  for (const match of code.matchAll(TOKENS[family])) {
    const { comment, string } = match.groups ?? {};
    if (match.index > end) spans.push({ text: code.slice(end, match.index) });
    spans.push(span(match[0], comment ? 'comment' : string ? 'string' : 'keyword'));
    end = match.index + match[0].length;
  }
  return end < code.length ? [...spans, { text: code.slice(end) }] : spans;
}

/** Code with line numbers; rows that are too wide go on in the next one. */
export function numbered(
  code: string,
  language: string,
  width: number,
  { symbols }: Look,
): readonly Line[] {
  const rows = clean(code).replace(/\n$/, '').split('\n');
  const digits = String(rows.length).length;
  const margin = span(`${' '.repeat(digits)} ${symbols.gutter} `, 'quiet');
  return rows.flatMap((row, index) =>
    indent(
      wrapHard(tint(row, language), width - digits - 3),
      margin,
      span(`${String(index + 1).padStart(digits)} ${symbols.gutter} `, 'quiet'),
    ),
  );
}
