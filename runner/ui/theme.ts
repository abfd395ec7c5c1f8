/** Every mark on the screen that is not a word; each is one cell wide, the bar's and rule's repeat. */
export interface Symbols {
  readonly passed: string;
  readonly failed: string;
  readonly notRun: string;
  readonly current: string;
  readonly toCome: string;
  readonly skipped: string;
  readonly open: string;
  readonly locked: string;
  readonly planned: string;
  readonly otherEdition: string;
  readonly levelOn: string;
  readonly levelOff: string;
  readonly barOn: string;
  readonly barOff: string;
  readonly rule: string;
  readonly gutter: string;
  readonly bullet: string;
  readonly dot: string;
  readonly into: string;
  readonly ellipsis: string;
  readonly star: string;
  readonly caret: string;
  readonly above: string;
  readonly below: string;
}

const UNICODE: Symbols = {
  passed: '✔',
  failed: '✘',
  notRun: '·',
  current: '▸',
  toCome: '·',
  skipped: '↷',
  open: '○',
  locked: '⊘',
  planned: '·',
  otherEdition: '◇',
  levelOn: '●',
  levelOff: '○',
  barOn: '█',
  barOff: '░',
  rule: '─',
  gutter: '│',
  bullet: '•',
  dot: '·',
  into: '›',
  ellipsis: '…',
  star: '★',
  caret: '^',
  above: '↑',
  below: '↓',
};

const ASCII: Symbols = {
  passed: '+',
  failed: 'x',
  notRun: '.',
  current: '>',
  toCome: '.',
  skipped: '~',
  open: 'o',
  locked: '#',
  planned: '.',
  otherEdition: '%',
  levelOn: '*',
  levelOff: '-',
  barOn: '#',
  barOff: '.',
  rule: '-',
  gutter: '|',
  bullet: '-',
  dot: '-',
  into: '>',
  ellipsis: '...',
  star: '*',
  caret: '^',
  above: '^',
  below: 'v',
};

/** What a piece of text is; only this file knows how that looks. */
export type StyleName =
  | 'title'
  | 'quiet'
  | 'good'
  | 'bad'
  | 'here'
  | 'key'
  | 'strong'
  | 'emphasis'
  | 'link'
  | 'code'
  | 'keyword'
  | 'string'
  | 'comment';

export interface Style {
  readonly color?: 'green' | 'red' | 'magenta' | 'cyan';
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
}

export type Styles = Readonly<Record<StyleName, Style>>;

/**
 * Four colours that both dark and light backgrounds carry, beside the terminal's own text colour.
 * They repeat what a symbol or a word says already, so that nothing is lost without them.
 */
const COLOURED: Styles = {
  title: { bold: true },
  quiet: { dimColor: true },
  good: { color: 'green' },
  bad: { color: 'red' },
  here: { color: 'magenta', bold: true },
  key: { bold: true },
  strong: { bold: true },
  emphasis: { italic: true },
  link: { underline: true },
  code: { color: 'cyan' },
  keyword: { color: 'magenta' },
  string: { color: 'green' },
  comment: { dimColor: true },
};

const COLOURLESS: Styles = {
  ...COLOURED,
  good: { bold: true },
  bad: { bold: true },
  here: { bold: true },
  code: {},
  keyword: {},
  string: {},
};

const UNSTYLED: Styles = {
  ...COLOURLESS,
  title: {},
  quiet: {},
  good: {},
  bad: {},
  here: {},
  key: {},
  strong: {},
  emphasis: {},
  link: {},
  comment: {},
};

/** How and where the screen is drawn: what every drawing function needs beside the state. */
export interface Look {
  readonly symbols: Symbols;
  readonly styles: Styles;
  /** Cells; infinite for a screen reader, which gets whole lines and nothing cut. */
  readonly columns: number;
  readonly rows: number;
  /** A screen reader listens: one thing a line, nothing that is only for the eye. */
  readonly speech: boolean;
  /** The terminal turns OSC 8 sequences into links. */
  readonly links: boolean;
  /** No symbols beyond ASCII, and words instead of arrows. */
  readonly ascii: boolean;
  /** No colour tells inline code from text, or a heading from a paragraph: their Markdown marks stay. */
  readonly marks: boolean;
  /** Absolute path that shown paths are relative to. */
  readonly cwd: string;
}

export interface LookOptions {
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  /** ASCII, no styles, no links. */
  readonly plain?: boolean;
  /** False: as `NO_COLOR` asks. */
  readonly colour?: boolean;
  readonly speech?: boolean;
  readonly links?: boolean;
}

/** Chooses symbols and styles. */
export function look(options: LookOptions): Look {
  const { plain = false, colour = true, speech = false, links = false, cwd } = options;
  return {
    symbols: plain || speech ? ASCII : UNICODE,
    styles: plain || speech ? UNSTYLED : colour ? COLOURED : COLOURLESS,
    columns: speech ? Infinity : options.columns,
    rows: speech ? Infinity : options.rows,
    speech,
    links: links && !plain && !speech,
    ascii: plain || speech,
    marks: plain || speech || !colour,
    cwd,
  };
}
