import { spawn } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';
import { vi } from 'vitest';
import { MAIN, type Clone } from './clone.ts';
import { cleanEnvironment } from './process.ts';
import { KEYS } from './terminal.ts';

/** A real terminal with a shell that runs the watch, as a person has it before them. */
export interface Screen {
  /** The shell's process id; the watch is its child. */
  readonly pid: number;
  press(...keys: readonly (keyof typeof KEYS | { readonly text: string })[]): void;
  /** What is visible now, rows joined by line breaks. */
  text(): string;
  /** Waits until the words are on the screen, line breaks and spaces counting alike. */
  sees(...words: readonly string[]): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Whether the watch has taken the screen over, and left the shell's untouched. */
  isAlternate(): boolean;
  /** Settles when the shell has ended. */
  readonly ended: Promise<void>;
  /** Ends whatever still runs. */
  close(): void;
}

/** The shell says how the watch ended, and in which state it has left the terminal. */
const SHELL = '"$NODE" "$MAIN" watch "$@"; echo "left with $?"; stty -a; read -r _';

/** Starts `dojo watch` in a clone, in a terminal of this size. */
export function openScreen(clone: Clone, { columns = 100, rows = 32 } = {}): Screen {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const pty = spawn('/bin/sh', ['-c', SHELL], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: clone.root,
    env: { ...cleanEnvironment(), NODE: process.execPath, MAIN, DOJO_HOME: clone.root },
  });
  const ended = Promise.withResolvers<void>();
  pty.onData((data) => terminal.write(data));
  pty.onExit(() => ended.resolve());

  const text = (): string => {
    const { active } = terminal.buffer;
    const lines = Array.from(
      { length: terminal.rows },
      (_row, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    );
    return lines.join('\n');
  };
  const plain = (words: string): string => words.replaceAll(/\s+/g, ' ');

  return {
    pid: pty.pid,
    text,
    async sees(...words) {
      const isThere = (): boolean => words.every((each) => plain(text()).includes(each));
      await vi.waitUntil(isThere, { timeout: 30_000, interval: 20 }).catch(() => {
        throw new Error(`"${words.join('" and "')}" did not come. The screen shows:\n${text()}`);
      });
    },
    press(...keys) {
      for (const key of keys) pty.write(typeof key === 'string' ? KEYS[key] : key.text);
    },
    resize(to, by) {
      terminal.resize(to, by);
      pty.resize(to, by);
    },
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    ended: ended.promise,
    close() {
      pty.kill('SIGKILL');
      terminal.dispose();
    },
  };
}
