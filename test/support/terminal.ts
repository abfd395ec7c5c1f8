import { PassThrough, Writable } from 'node:stream';
import { Terminal } from '@xterm/headless';

/** What a keyboard sends for the keys that are not characters. */
export const KEYS = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  home: '\u001b[H',
  end: '\u001b[F',
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  backspace: '\u007f',
  ctrlC: '\u0003',
} as const;

class Keyboard extends PassThrough {
  readonly isTTY = true;
  /** Whether single keys are being read, without echo. */
  raw = false;

  setRawMode(on: boolean): this {
    this.raw = on;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

class Display extends Writable {
  readonly isTTY = true;
  readonly terminal: Terminal;
  /** Everything that was written, escape sequences included. */
  written = '';

  constructor(columns: number, rows: number) {
    super({ decodeStrings: false });
    // A terminal's driver turns a line feed into a carriage return and a line feed.
    this.terminal = new Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true });
  }

  get columns(): number {
    return this.terminal.cols;
  }

  get rows(): number {
    return this.terminal.rows;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString();
    this.terminal.write(chunk.toString(), done);
  }
}

/** A terminal emulator, with which a test sees what a person would see and presses keys. */
export function openTerminal({ columns = 80, rows = 24 } = {}) {
  const stdin = new Keyboard();
  const stdout = new Display(columns, rows);
  return {
    stdin,
    stdout,
    press(key: keyof typeof KEYS | { readonly text: string }): void {
      stdin.write(typeof key === 'string' ? KEYS[key] : key.text);
    },
    resize(to: { readonly columns: number; readonly rows: number }): void {
      stdout.terminal.resize(to.columns, to.rows);
      stdout.emit('resize');
    },
    /** The rows that are visible now, without what is blank at their ends. */
    lines(): string[] {
      const { active } = stdout.terminal.buffer;
      return Array.from(
        { length: stdout.rows },
        (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
      );
    },
    /** Whether the alternate screen is shown, which leaves the shell's own untouched. */
    isAlternate(): boolean {
      return stdout.terminal.buffer.active.type === 'alternate';
    },
  };
}
