import { execa } from 'execa';
import { basename } from 'node:path';

/** How a learner's editor is started. */
export interface Editor {
  readonly command: string;
  readonly args: readonly string[];
  /** It draws in this terminal, which must be handed over to it. */
  readonly inTerminal: boolean;
}

const WINDOWED = new Set([
  'code',
  'codium',
  'cursor',
  'subl',
  'zed',
  'webstorm',
  'idea',
  'gedit',
  'kate',
  'atom',
  'windsurf',
]);

/**
 * The editor that the environment names: `$VISUAL`, `$EDITOR`, or VS Code inside its own terminal.
 *
 * @returns undefined when none is named.
 */
export function findEditor(env: NodeJS.ProcessEnv): Editor | undefined {
  const named = env.VISUAL?.trim() || env.EDITOR?.trim();
  const line = named ?? (env.TERM_PROGRAM === 'vscode' ? 'code --reuse-window' : undefined);
  if (!line) return undefined;
  const [command = line, ...args] = line.split(/\s+/);
  const name = basename(command).replace(/\.(exe|cmd)$/i, '');
  return { command, args, inTerminal: !WINDOWED.has(name) };
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
