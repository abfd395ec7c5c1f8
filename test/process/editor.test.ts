import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findEditor, openEditor } from '../../runner/process/editor.ts';
import { project } from '../support/project.ts';

describe('the editor', () => {
  test.each<readonly [string, NodeJS.ProcessEnv, string | undefined]>([
    ['is $VISUAL before $EDITOR', { VISUAL: 'zed', EDITOR: 'vim' }, 'zed'],
    ['is $EDITOR where $VISUAL is empty', { VISUAL: ' ', EDITOR: 'vim' }, 'vim'],
    ['is VS Code inside its own terminal', { EDITOR: '', TERM_PROGRAM: 'vscode' }, 'code'],
    ['is none where none is named', { TERM_PROGRAM: 'xterm' }, undefined],
  ])('%s', (_sentence, env, command) => {
    expect(findEditor(env)?.command).toBe(command);
  });

  test('may come with options, and with a path in quotes', () => {
    expect(findEditor({ EDITOR: '"/opt/My Editor/zed" --wait  --new' })).toEqual({
      command: '/opt/My Editor/zed',
      args: ['--wait', '--new'],
      inTerminal: false,
    });
  });

  test.each([
    ['vim', true],
    ['/usr/bin/nano', true],
    ['code --wait', false],
    ['"C:\\Program Files\\VS Code\\Code.exe"', false],
  ])('%s draws in the terminal: %s', (line, inTerminal) => {
    expect(findEditor({ EDITOR: line })?.inTerminal).toBe(inTerminal);
  });
});

describe('opening an editor', () => {
  const script = `require('node:fs').writeFileSync(process.argv[1], process.argv.slice(2).join())`;

  test('hands it the files', async () => {
    const note = join(await project(), 'note');
    const editor = { command: process.execPath, args: ['-e', script, note], inTerminal: false };
    await openEditor(editor, ['kata.ts', 'list.ts']);
    expect(await readFile(note, 'utf8')).toBe('kata.ts,list.ts');
  });

  test('says what to do when it cannot be started', async () => {
    const editor = { command: 'no-such-editor', args: [], inTerminal: false };
    await expect(openEditor(editor, ['kata.ts'])).rejects.toThrow(
      'The editor "no-such-editor" could not be started. Set $EDITOR',
    );
  });

  test('minds no exit code: people leave editors in many ways', async () => {
    const editor = {
      command: process.execPath,
      args: ['-e', 'process.exit(3)'],
      inTerminal: false,
    };
    await expect(openEditor(editor, ['kata.ts'])).resolves.toBeUndefined();
  });
});
