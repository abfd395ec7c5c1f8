import { expect, test } from 'vitest';
import { clean } from '../../../runner/ui/text/clean.ts';
import { clip, lineText, lineWidth, span, spread } from '../../../runner/ui/text/line.ts';
import { textWidth } from '../../../runner/ui/text/width.ts';
import { wrap, wrapHard, wrapText } from '../../../runner/ui/text/wrap.ts';
import { look } from '../../../runner/ui/theme.ts';

const LOOK = look({ columns: 80, rows: 24, cwd: '/' });
const texts = (lines: readonly Parameters<typeof lineText>[0][]) => lines.map(lineText);

test('widths count cells: wide characters take two, combining marks none', () => {
  expect(textWidth('plain')).toBe(5);
  expect(textWidth('✔ ▸ ●●○ ↷ ⊘ …')).toBe(13);
  expect(textWidth('日本')).toBe(4);
  expect(textWidth('🚀')).toBe(2);
  expect(textWidth('e\u0301')).toBe(1);
});

test('text wraps at spaces, and hangs where it is told to', () => {
  expect(texts(wrapText('one two three four', 9))).toEqual(['one two', 'three', 'four']);
  expect(texts(wrap([{ text: '1. one two three' }], 9, 3))).toEqual([
    '1. one',
    '   two',
    '   three',
  ]);
});

test('a word of several styles stays in one piece', () => {
  const spans = [{ text: 'say ' }, span('hello', 'strong'), { text: ', you' }];
  expect(texts(wrap(spans, 9))).toEqual(['say', 'hello,', 'you']);
});

test('a word that is longer than a row is broken', () => {
  expect(texts(wrapText('abcdefgh ij', 5))).toEqual(['abcde', 'fgh', 'ij']);
});

test('code and output break where the row ends, and keep their spaces', () => {
  expect(texts(wrapHard([{ text: 'a  b' }, span('cd e', 'string')], 3))).toEqual([
    'a  ',
    'bcd',
    ' e',
  ]);
});

test('a wide character never stands half outside of a row', () => {
  expect(texts(wrapHard([{ text: 'a日本' }], 4))).toEqual(['a日', '本']);
});

test('a line that is cut says so', () => {
  expect(lineText(clip([{ text: 'abcdef' }], 4, '…'))).toBe('abc…');
  expect(lineText(clip([{ text: 'abcd' }], 4, '…'))).toBe('abcd');
});

test('left gives way to right', () => {
  const row = spread([{ text: 'a long title of something' }], [{ text: '34 ms' }], 20, LOOK);
  expect(lineText(row)).toBe('a long title…  34 ms');
  expect(lineWidth(row)).toBe(20);
});

test('nothing from outside can steer the terminal', () => {
  expect(clean('\u001b[2J\u001b]0;title\u0007a\rb\u0000c\u009b1md')).toBe('abcd');
  expect(clean('a\tb\r\nc')).toBe('a    b\nc');
  expect(clean('user\u202egnp.exe')).toBe('usergnp.exe');
});
