import { expect, test } from 'vitest';
import { leadingComment } from '../../runner/catalog/comment.ts';

test.each([
  ['a doc comment', 'kata.ts', '/** One. */\nconst a = 1;', 'One.'],
  ['a doc comment over lines', 'kata.ts', '\n/**\n * One\n * two.\n */\nconst a = 1;', 'One two.'],
  ['a doc comment with a list', 'kata.ts', '/** Uses `a * b`. */', 'Uses `a * b`.'],
  ['line comments', 'kata.ts', '// One\n// two.\n\n// Not this.', 'One two.'],
  ['a comment below a word to the compiler', 'kata.ts', '// @ts-nocheck\n// One.\n', 'One.'],
  ['hashes', 'kata.py', '# One\n# two.\nanswer = 1', 'One two.'],
  ['a docstring', 'kata.py', '"""One."""\n\nanswer = 1', 'One.'],
  ['a docstring over lines', 'kata.py', "\n'''One\ntwo.\n'''\n", 'One two.'],
  ['a raw docstring', 'kata.py', 'r"""Splits at \\s."""\n', 'Splits at \\s.'],
  ['hashes above a docstring', 'kata.py', '# One.\n"""Not this."""\n', 'One.'],
  ['hashes after a shebang', 'kata.sh', '#!/bin/sh\n\n# One.\nls', 'One.'],
  [
    'hashes after a parser directive',
    'Dockerfile',
    '# syntax=docker/dockerfile:1\n# One.\nFROM a',
    'One.',
  ],
  ['dashes', 'kata.sql', '-- One\n-- two.\nselect 1;', 'One two.'],
  ['an HTML comment in Markdown', 'kata.md', '<!-- One\ntwo. -->\n# Title', 'One two.'],
])('%s is the sentence', (_, name, text, sentence) => {
  expect(leadingComment(name, text)).toBe(sentence);
});

test.each([
  ['code', 'kata.ts', 'const a = 1; // not this'],
  ['an empty comment', 'kata.ts', '/** */\nconst a = 1;'],
  ['an empty docstring', 'kata.py', '""""""\n'],
  ['a string that begins an expression', 'kata.py', '"One.".lower()\n'],
  ['a Markdown title', 'kata.md', '# Title'],
  ['the start of a YAML document', 'kata.yaml', '---\na: 1'],
  ['nothing', 'kata.ts', ''],
])('%s is no sentence', (_, name, text) => {
  expect(leadingComment(name, text)).toBeUndefined();
});
