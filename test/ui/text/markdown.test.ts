import { expect, test } from 'vitest';
import { tint } from '../../../runner/ui/text/code.ts';
import { lineText } from '../../../runner/ui/text/line.ts';
import { lead, markdown } from '../../../runner/ui/text/markdown.ts';
import { look, type LookOptions } from '../../../runner/ui/theme.ts';

function rendered(text: string, width = 40, options: Partial<LookOptions> = {}) {
  const all = look({ columns: width, rows: 24, cwd: '/', ...options });
  return markdown(text, width, all).map((spans) => lineText(spans).trimEnd());
}

test('headings and paragraphs stand apart, paragraphs wrap', () => {
  expect(rendered('# Title\n\nSome words\nthat belong together and wrap.\n\n## Next')).toEqual([
    'Title',
    '',
    'Some words that belong together and wrap.'.slice(0, 35),
    'wrap.',
    '',
    'Next',
  ]);
});

test('lists hang, nest and count', () => {
  expect(
    rendered('- one item that is too long for its row\n  - inner\n- two\n\n3. three\n4. four', 30),
  ).toEqual([
    '• one item that is too long',
    '  for its row',
    '  • inner',
    '• two',
    '',
    '3. three',
    '4. four',
  ]);
});

test('code keeps its spaces behind a gutter', () => {
  expect(rendered('```ts\nif (a) {\n  b();\n}\n```')).toEqual([
    '  │ if (a) {',
    '  │   b();',
    '  │ }',
  ]);
});

test('tables line up, and wrap in their cells where they must', () => {
  expect(
    rendered('| code | meaning |\n|---|--:|\n| `logic` | does not do what it says |', 24),
  ).toEqual([
    'code             meaning',
    '─────  ─────────────────',
    'logic   does not do what',
    '                 it says',
  ]);
});

test('inline code keeps its backticks only where no colour marks it', () => {
  expect(rendered('Call `get(key)` **now**.')).toEqual(['Call get(key) now.']);
  expect(rendered('Call `get(key)` **now**.', 40, { colour: false })).toEqual([
    'Call `get(key)` now.',
  ]);
});

test('addresses are written out unless the terminal makes links', () => {
  const text = 'See [the manual](https://example.org/a).';
  expect(rendered(text, 60)).toEqual(['See the manual (https://example.org/a).']);
  expect(rendered(text, 60, { links: true })).toEqual(['See the manual.']);
  expect(rendered('See [the code](./code.md).', 60)).toEqual(['See the code.']);
});

test('comments for authors are not shown', () => {
  expect(rendered('a\n\n<!-- note -->\n\nb')).toEqual(['a', '', 'b']);
});

test('the lead is the first paragraph', () => {
  expect(lead('# Title\n\nOne *and*\ntwo.\n\nThree.')).toBe('One *and*\ntwo.');
});

test('code is tinted by its language, line by line', () => {
  const styles = (code: string, language: string) =>
    tint(code, language).map(({ text, style }) => `${style ?? ''}:${text}`);
  expect(styles("return 'x'; // why", 'ts')).toEqual([
    'keyword:return',
    ': ',
    "string:'x'",
    ':; ',
    'comment:// why',
  ]);
  expect(styles('SELECT 1 -- one', 'sql')).toEqual(['keyword:SELECT', ': 1 ', 'comment:-- one']);
  expect(styles('anything', 'unknown')).toEqual([':anything']);
});
