import { extname } from 'node:path';

/** Lines at the top of a file that speak to a tool, not to a reader. */
const DIRECTIVE =
  /^(#!.*|#\s*(syntax|escape|check)\s*=.*|#\s*shellcheck\s.*|#.*coding[:=].*|\/\/\s*@ts-.*)\n/;

/** The comments of Markdown; a `#` opens a heading there. */
const IN_MARKUP = [/^<!--([\s\S]*?)-->/];
const IN_CODE = [
  /^\/\*+([\s\S]*?)\*\//,
  /^((?:[ \t]*\/\/.*(?:\n|$))+)/,
  /^((?:[ \t]*#.*(?:\n|$))+)/,
  /^((?:[ \t]*--(?!-).*(?:\n|$))+)/,
  // The docstring of a Python module.
  /^r?"""([\s\S]*?)"""/i,
  /^r?'''([\s\S]*?)'''/i,
  ...IN_MARKUP,
];

/**
 * The comment that a file opens with (of a Python module also its docstring), on one line and without its
 * marks; undefined where it opens with anything else. `name` is the file's name, which tells Markdown from code.
 */
export function leadingComment(name: string, text: string): string | undefined {
  let rest = text.trimStart();
  while (DIRECTIVE.test(rest)) rest = rest.replace(DIRECTIVE, '').trimStart();
  const syntaxes = ['.md', '.html', '.xml'].includes(extname(name)) ? IN_MARKUP : IN_CODE;
  for (const syntax of syntaxes) {
    const [, body] = syntax.exec(rest) ?? [];
    if (body !== undefined) return onOneLine(body) || undefined;
  }
  return undefined;
}

function onOneLine(body: string): string {
  return body
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\/+|#+|--|\*(?!\*))?/, '').trim())
    .filter((line) => line !== '')
    .join(' ');
}
