import { runScript, type ShellRun } from '#kit/shell';
import { describe, expect, test } from 'vitest';
import kata from './kata.sh?raw';

const run = (log: string): Promise<ShellRun> =>
  runScript(kata, { args: ['/my log'], files: { '/my log': log } });

/** What a failure shows next to what was expected. */
const told = ({ status, stdout, stderr }: ShellRun): string =>
  `status ${status}; output: ${stdout.trim()}; errors: ${stderr.trim()}`;

// TODO: Replace this sample by tests of your own, the easiest first, under the titles of the brief's tasks.
describe('1. TODO: What the first task achieves', () => {
  test('counts lines, not words', async () => {
    const result = await run('ERROR after ERROR\nINFO\nERROR\n');
    expect(result.stdout, told(result)).toBe('2\n');
  });
});

describe('2. TODO: What the second task achieves', () => {
  test('finds no error in a calm log, and succeeds', async () => {
    const result = await run('INFO\n');
    expect([result.stdout, result.status], told(result)).toEqual(['0\n', 0]);
  });
});

describe('3. TODO: What the third task achieves', () => {
  test('calls a missing file wrong usage', async () => {
    const result = await runScript(kata, { args: ['/nowhere.log'] });
    expect([result.stdout, result.status], told(result)).toEqual(['', 2]);
  });
});
