import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClone, type Clone } from '../support/clone.ts';
import { COMMAND_LINE } from '../support/documented.ts';

const COMMANDS = [
  'watch',
  'run',
  'list',
  'next',
  'hint',
  'brief',
  'solution',
  'reset',
  'tracks',
  'progress',
  'doctor',
  'new',
  'preview',
  'check',
  'grade',
];

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone();
});
afterAll(() => clone.remove());

describe('--help', () => {
  test('lists every command, as no command at all does', async () => {
    const [help, nothing] = await Promise.all([clone.run('--help'), clone.run()]);
    for (const command of COMMANDS) expect(help.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(nothing.stdout).toBe(help.stdout);
    expect([help.code, nothing.code]).toEqual([0, 0]);
  });

  test.concurrent.each(COMMANDS)(
    'after %s says what it does, its usage and its options, which the docs name too',
    async (command) => {
      const { stdout, stderr, code } = await clone.run(command, '--help');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: npm run dojo -- ${command}`);
      const options = [...stdout.matchAll(/^ {2}(--[\w-]+)(.*)$/gm)];
      expect(options.map(([, name]) => name)).toEqual(
        expect.arrayContaining(['--json', '--workspace', '--help']),
      );
      for (const [line, name] of options) {
        expect(
          line.replace(/^ {2}\S+( <value>|, -h)?/, '').trim(),
          `${name} is explained`,
        ).not.toBe('');
        expect(COMMAND_LINE).toContain(`\`${name}`);
      }
      expect(COMMAND_LINE).toMatch(new RegExp(`^\\| \`${command}[ \`]`, 'm'));
    },
  );
});
