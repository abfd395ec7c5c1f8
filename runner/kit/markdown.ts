import { lexer, walkTokens, type Token, type Tokens } from 'marked';

/** A heading and what stands under it, up to the next heading of the same or a higher level. */
export interface Section {
  /** 1 for `#`, 2 for `##` ... */
  readonly level: number;
  /** Plain text of the heading. */
  readonly title: string;
  readonly tokens: readonly Token[];
}

/** A table's cells as plain text. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All sections of a document in order; a subsection is also part of the section around it. */
export function sections(markdown: string): Section[] {
  const tokens = lexer(markdown);
  return tokens.flatMap((token, index) => {
    if (!isHeading(token)) return [];
    const rest = tokens.slice(index + 1);
    const end = rest.findIndex((next) => isHeading(next) && next.depth <= token.depth);
    const title = plainText(token.tokens);
    return [{ level: token.depth, title, tokens: end < 0 ? rest : rest.slice(0, end) }];
  });
}

/**
 * What a reader sees as words, blocks separated by line breaks: without markup, comments,
 * and fenced code; of a link its text.
 *
 * @param content a whole document, or tokens of one.
 */
export function plainText(content: string | readonly Token[]): string {
  return (typeof content === 'string' ? lexer(content) : content)
    .map(textOf)
    .join('')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}

/** How many words a text has; marks that stand alone do not count. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** The tables among the tokens, in order. */
export function tables(tokens: readonly Token[]): Table[] {
  return ofType<Tokens.Table>(tokens, 'table').map(({ header, rows }) => ({
    header: header.map((cell) => plainText(cell.tokens)),
    rows: rows.map((row) => row.map((cell) => plainText(cell.tokens))),
  }));
}

/** The plain text of each list item among the tokens, in order. */
export function listItems(tokens: readonly Token[], kind?: 'ordered' | 'bulleted'): string[] {
  return ofType<Tokens.List>(tokens, 'list')
    .filter(({ ordered }) => kind === undefined || ordered === (kind === 'ordered'))
    .flatMap(({ items }) => items.map((item) => plainText(item.tokens)));
}

/** The text of each fenced block in a language, such as `mermaid`. */
export function fences(tokens: readonly Token[], language: string): string[] {
  return ofType<Tokens.Code>(tokens, 'code')
    .filter(({ lang }) => lang?.trim().toLowerCase() === language)
    .map(({ text }) => text);
}

/** The targets of all links in a document. */
export function linkTargets(markdown: string): string[] {
  const targets: string[] = [];
  void walkTokens(lexer(markdown), (token) => {
    if (token.type === 'link') targets.push((token as Tokens.Link).href);
  });
  return targets;
}

function textOf(token: Token): string {
  switch (token.type) {
    case 'code':
    case 'hr':
    case 'def':
      return '';
    case 'html':
      return token.raw.replaceAll(/<!--.*?-->|<[^>]*>/gs, '');
    case 'space':
    case 'br':
      return '\n';
    case 'list':
      return `\n${(token as Tokens.List).items.map((item) => `${plainText(item.tokens)}\n`).join('')}`;
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [header, ...rows]
        .map((row) => `${row.map((cell) => plainText(cell.tokens)).join(' | ')}\n`)
        .join('');
    }
    default: {
      const inner =
        'tokens' in token && token.tokens ? token.tokens.map(textOf).join('') : undefined;
      const text = inner ?? ('text' in token && typeof token.text === 'string' ? token.text : '');
      return ['paragraph', 'heading', 'blockquote'].includes(token.type) ? `${text}\n` : text;
    }
  }
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading';
}

function ofType<T extends Token>(tokens: readonly Token[], type: T['type']): T[] {
  return tokens.filter((token): token is T => token.type === type);
}
