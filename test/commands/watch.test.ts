import { access, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FIRST, makeClone, SECOND, type Clone } from '../support/clone.ts';
import { COMMAND_LINE } from '../support/documented.ts';
import { descendants, type Running } from '../support/process.ts';

let clone: Clone;
const started: Running[] = [];
beforeEach(async () => {
  clone = await makeClone();
});
afterEach(async () => {
  for (const running of started.splice(0)) {
    running.kill('SIGTERM');
    await running.finished;
  }
  await clone.remove();
});

function watch(...options: readonly string[]): Running {
  const running = clone.start(['watch', ...options]);
  started.push(running);
  return running;
}

/** Waits until these words were printed, one after the other. */
async function says(running: Running, ...words: readonly string[]): Promise<void> {
  const isSaid = (): boolean => {
    let from = 0;
    for (const each of words) {
      from = running.output().indexOf(each, from);
      if (from < 0) return false;
    }
    return true;
  };
  await vi.waitUntil(isSaid, { timeout: 30_000, interval: 20 }).catch(() => {
    throw new Error(`"${words.join('", "')}" was not printed, but:\n${running.output()}`);
  });
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('the watch without a terminal', { timeout: 90_000 }, () => {
  test('prints a verdict for each save, goes on after a pass, and leaves by a signal', async () => {
    const running = watch();
    await says(
      running,
      'Track: A tiny track.',
      '--track <slug>',
      clone.path('workspace', FIRST),
      '0 of 10 tests pass',
      'greets the orders service',
    );
    await rm(clone.kata(FIRST));
    await says(running, 'A kata file is not there any more');
    expect(await isThere(clone.kata(SECOND))).toBe(false);

    await clone.solve(FIRST);
    await says(
      running,
      'All 10 tests pass',
      'That was the last of the phase "Warm-up"',
      clone.path('workspace', SECOND),
      'not implemented yet',
    );
    expect(await isThere(clone.kata(SECOND))).toBe(true);

    const processes = await descendants(running.pid);
    running.kill('SIGTERM');
    expect((await running.finished).code).toBe(130);
    expect(await descendants(running.pid, processes)).toEqual([]);
  });

  test('prints objects for machines, and two at once do each other no harm', async () => {
    const both = [watch('--json', '--track', 'tiny'), watch('--json', '--track', 'tiny')];
    for (const running of both) await says(running, '"event":"opened"', '"kind":"failed"');
    await clone.solve(FIRST);
    for (const running of both) {
      await says(running, '"kind":"passed"', '"exercise":"lru-ttl-cache"', '"kind":"failed"');
    }
    const events = both.flatMap((running) =>
      running
        .output()
        .trim()
        .split('\n')
        .map((line): Record<string, unknown> => JSON.parse(line)),
    );
    for (const event of events) {
      expect(event).toMatchObject({ version: 1, command: 'watch' });
      expect(COMMAND_LINE).toContain(`| \`${String(event.event)}\``);
    }
    const entries = (await clone.read('.dojo', 'journal.jsonl'))
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    const passes = entries.filter(({ type, slug }) => type === 'pass' && slug === 'first-kata');
    expect(passes).toHaveLength(2);
    const { stdout } = await clone.run('progress');
    expect(stdout).toContain('1 of 3 available exercises passed');
  });

  test('ends when everything is passed or skipped', async () => {
    const at = '2026-11-20T10:00:00.000Z';
    const entries = [
      { type: 'track', at, track: 'weekend' },
      { type: 'pass', at, slug: 'generators', edition: 'typescript' },
    ];
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
    await clone.write('.dojo/journal.jsonl', lines.join(''));
    const { code, stdout } = await watch().finished;
    expect(code).toBe(0);
    expect(stdout).toContain('Every exercise of the track that is written is passed or skipped.');
  });

  test('ends with 2 and a sentence when the workspace cannot be written', async () => {
    await clone.write('notes.txt', 'a file');
    const folder = clone.path('notes.txt', 'katas');
    const entry = { type: 'workspace', at: '2026-11-20T10:00:00.000Z', folder };
    await clone.write('.dojo/journal.jsonl', `${JSON.stringify(entry)}\n`);
    const { code, stdout } = await watch().finished;
    expect(code).toBe(2);
    expect(stdout).toMatch(/cannot be written: a file stands where a folder should be/);
  });

  test('ends when nobody reads on', async () => {
    const running = watch();
    await says(running, '0 of 10 tests pass');
    running.stopReading();
    await clone.solve(FIRST);
    expect((await running.finished).code).toBe(0);
  });
});
