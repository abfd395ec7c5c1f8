import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { setTimeout as delay } from 'node:timers/promises';

const COLUMNS = 100;
const ROWS = 30;
/** Milliseconds, where nobody says otherwise. */
const PATIENCE = 30_000;
/** Milliseconds that a program gets to leave. */
const FAREWELL = 5_000;
const CTRL_C = '\u0003';

/** A program in a real pseudo-terminal, and what a person would see of it. */
export interface Screen extends AsyncDisposable {
  readonly pid: number;
  /** When it was started, on the clock of `performance.now()`. */
  readonly started: number;
  /**
   * Waits until the screen shows a text.
   *
   * @param patience milliseconds after which it is not going to come any more.
   * @returns when the bytes arrived that painted it, on the clock of `performance.now()`.
   * @throws Error with the screen as it is, when the text does not come.
   */
  shows(text: string, patience?: number): Promise<number>;
  /** What it shows now. */
  text(): string;
}

/** Starts a program; disposing of it presses Ctrl-C, and kills what does not leave then. */
export function openScreen(
  command: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Screen {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  const waiting = new Map<string, (at: number) => void>();
  const started = performance.now();
  const program = spawn(command, [...args], {
    name: 'xterm-256color',
    cols: COLUMNS,
    rows: ROWS,
    cwd,
    env: { ...env },
  });
  const ended = new Promise<void>((resolve) => program.onExit(() => resolve()));

  function text(): string {
    const { active } = terminal.buffer;
    return Array.from(
      { length: ROWS },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  }

  function look(at: number): void {
    if (waiting.size === 0) return;
    const shown = text();
    for (const [wanted, found] of waiting) {
      if (!shown.includes(wanted)) continue;
      waiting.delete(wanted);
      found(at);
    }
  }

  program.onData((data) => {
    const at = performance.now();
    terminal.write(data, () => look(at));
  });

  return {
    pid: program.pid,
    started,
    text,
    async shows(wanted, patience = PATIENCE) {
      const found = Promise.withResolvers<number>();
      const late = setTimeout(() => {
        const message = `The screen does not show "${wanted}" after ${patience / 1000} s, but:`;
        found.reject(new Error(`${message}\n${text()}`));
      }, patience);
      waiting.set(wanted, found.resolve);
      look(performance.now());
      try {
        return await found.promise;
      } finally {
        clearTimeout(late);
        waiting.delete(wanted);
      }
    },
    async [Symbol.asyncDispose]() {
      program.write(CTRL_C);
      const left = await Promise.race([ended.then(() => true), delay(FAREWELL, false)]);
      // Windows knows no signals.
      if (!left) program.kill(process.platform === 'win32' ? undefined : 'SIGKILL');
      terminal.dispose();
    },
  };
}
