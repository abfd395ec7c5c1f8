import type { IBufferCell, Terminal } from '@xterm/headless';

const CELL = { width: 8.4, height: 19 };
const MARGIN = 16;
const BAR = 28;
const BACKGROUND = '#16181d';
const FOREGROUND = '#d7dae0';
/** The sixteen colours of a terminal, in their order. */
const PALETTE = [
  '#2b2f37',
  '#e06c75',
  '#7bc275',
  '#d9b36c',
  '#6ca8e0',
  '#c586d6',
  '#5cb8c4',
  '#c8ccd4',
  '#6b7280',
  '#ef8a92',
  '#98d693',
  '#e8c987',
  '#8fc1f0',
  '#d8a3e6',
  '#7fd0da',
  '#f2f4f8',
];

/** What a terminal shows now, as an SVG picture. */
export function svgOf(terminal: Terminal): string {
  const width = terminal.cols * CELL.width + 2 * MARGIN;
  const height = terminal.rows * CELL.height + 2 * MARGIN + BAR;
  const rows = Array.from({ length: terminal.rows }, (_, row) => rowOf(terminal, row)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
<rect width="100%" height="100%" rx="10" fill="${BACKGROUND}"/>
<circle cx="20" cy="18" r="6" fill="#e06c75"/><circle cx="40" cy="18" r="6" fill="#d9b36c"/><circle cx="60" cy="18" r="6" fill="#7bc275"/>
<g fill="${FOREGROUND}" xml:space="preserve">
${rows}
</g>
</svg>
`;
}

function rowOf(terminal: Terminal, row: number): string {
  const line = terminal.buffer.active.getLine(row);
  const y = MARGIN + BAR + (row + 0.75) * CELL.height;
  const spans: string[] = [];
  let start = 0;
  let text = '';
  let style = '';
  const flush = (): void => {
    if (text.trim() === '') return;
    const x = MARGIN + start * CELL.width;
    const length = text.length * CELL.width;
    spans.push(
      `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" textLength="${length.toFixed(1)}"${style}>${escape(text)}</text>`,
    );
  };
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = line?.getCell(column);
    const next = cell ? styleOf(cell) : '';
    if (next !== style) {
      flush();
      [start, text, style] = [column, '', next];
    }
    text += cell?.getChars() || ' ';
  }
  flush();
  return spans.join('');
}

function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgPalette() ? PALETTE[cell.getFgColor()] : undefined;
  return [
    colour ? ` fill="${colour}"` : '',
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
    cell.isUnderline() ? ' text-decoration="underline"' : '',
  ].join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
