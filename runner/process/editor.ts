import { execa } from 'execa';
import { win32 } from 'node:path';

/** How a learner's editor is started. */
export interface Editor {
  readonly command: string;
  readonly args: readonly string[];
  /** It draws in this terminal, which must be handed over to it. */
  readonly inTerminal: boolean;
}

/** Editors with a window of their own; all others are taken to draw in the terminal. */
const WINDOWED = new Set([
  ...['code', 'code-insiders', 'codium', 'cursor', 'windsurf', 'zed', 'subl', 'atom'],
  ...['idea', 'webstorm', 'pycharm', 'fleet', 'nova', 'mate', 'bbedit', 'xed'],
  ...['gedit', 'gnome-text-editor', 'kate', 'gvim', 'mvim', 'notepad', 'notepad++', 'open'],
]);

/**
 * The editor that the environment names: `$VISUAL`, `$EDITOR`, or VS Code inside its own terminal.
 * A path with spaces stands in quotes.
 *
 * @returns undefined when none is named.
 */
export function findEditor(env: NodeJS.ProcessEnv): Editor | undefined {
  const inVsCode = env.TERM_PROGRAM === 'vscode' ? 'code --reuse-window' : '';
  const line = [env.VISUAL, env.EDITOR, inVsCode].find((named) => named?.trim()) ?? '';
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)];
  const [command, ...args] = words.map(([word, double, single]) => double ?? single ?? word);
  if (command === undefined) return undefined;
  // It takes both kinds of slashes.
  const name = win32.basename(command).replace(/\.(exe|cmd)$/i, '');
  return { command, args, inTerminal: !WINDOWED.has(name.toLowerCase()) };
}

/**
 * Opens files in an editor; waits for one that draws in the terminal.
 *
 * @throws Error with a sentence for the learner when it cannot be started.
 */
export async function openEditor(editor: Editor, paths: readonly string[]): Promise<void> {
  const result = editor.inTerminal
    ? await execa(editor.command, [...editor.args, ...paths], { stdio: 'inherit', reject: false })
    : await execa(editor.command, [...editor.args, ...paths], { stdio: 'ignore', reject: false });
  if (result.failed && result.exitCode === undefined) {
    throw new Error(
      `The editor "${editor.command}" could not be started. Set $EDITOR to one that is installed.`,
    );
  }
}
