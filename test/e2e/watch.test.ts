import { access, appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { FIRST, makeClone, SECOND, type Clone } from '../support/clone.ts';
import { descendants } from '../support/process.ts';
import { openScreen, type Screen } from '../support/pty.ts';

// The whole program in a real terminal, played by one learner: each test goes on where the one before
// it ended. Words are matched, never layout.

let clone: Clone;
let screen: Screen;

beforeAll(async () => {
  clone = await makeClone();
  const manifest = clone.path('exercises', FIRST, 'exercise.yaml');
  await appendFile(manifest, 'timeLimit: 3\n');
});
afterAll(async () => {
  screen.close();
  await clone.remove();
});

const starter = (): Promise<string> => clone.read('exercises', FIRST, 'kata.ts');
const save = (text: string): Promise<void> => writeFile(clone.kata(FIRST), text);

/** The watch has ended well: the terminal is as it was before, and no process is left. */
async function expectLeft(known: readonly number[]): Promise<void> {
  await screen.sees('left with 0', 'icanon');
  expect(screen.isAlternate()).toBe(false);
  expect(screen.text()).toMatch(/(^|[\s;])icanon/m);
  expect(screen.text()).toMatch(/(^|[\s;])echo[\s;]/m);
  expect(await descendants(screen.pid, known)).toEqual([]);
}

describe('a newcomer', { timeout: 60_000 }, () => {
  test('is welcomed, chooses a track and an edition, and gets the first kata', async () => {
    screen = openScreen(clone);
    await screen.sees('Welcome');
    expect(screen.isAlternate()).toBe(true);
    screen.press('enter');
    await screen.sees('A tiny track', 'A weekend');
    screen.press('enter');
    await screen.sees('TypeScript');
    screen.press('enter');
    await screen.sees('Your first kata', 'greets the orders service');
    expect(await readFile(clone.kata(FIRST), 'utf8')).toBe(await starter());
  });
});

describe('a save', { timeout: 60_000 }, () => {
  test('with a syntax error is answered with the place', async () => {
    await save('export function greeting( {\n');
    await screen.sees('does not run yet', 'kata.ts:');
  });

  test('with an infinite loop is stopped, and the next save is graded', async () => {
    await save(`${await starter()}\nfor (;;);\n`);
    await screen.sees('Stopped after 3 s');
    await save(await starter());
    await screen.sees('greets the orders service');
  });

  test('that ends the process is told what it did', async () => {
    await save(`${await starter()}\nprocess.exit(0);\n`);
    await screen.sees('process.exit(0)');
    expect(screen.text()).not.toContain('All 10 tests pass');
  });

  test('that looks like a known mistake is told so, when the learner wants to know', async () => {
    await save(await clone.read('solutions', FIRST, 'mistakes', 'always-healthy.ts'));
    await screen.sees('m looks like');
    screen.press({ text: 'm' });
    await screen.sees('This looks like:', 'may be something else');
  });

  test('that passes is celebrated, and nothing moves before n is pressed', async () => {
    await clone.solve(FIRST);
    await screen.sees('All 10 tests pass', 'What you learned');
    await expect(access(clone.kata(SECOND))).rejects.toThrow();
  });
});

describe('a kata that is deleted', { timeout: 60_000 }, () => {
  test('is noticed, and copied again when the learner wants it', async () => {
    await rm(clone.path('workspace', FIRST), { recursive: true });
    await screen.sees('not there any more');
    screen.press('enter');
    await screen.sees('greets the orders service');
    expect(await readFile(clone.kata(FIRST), 'utf8')).toBe(await starter());
    await clone.solve(FIRST);
    await screen.sees('All 10 tests pass');
  });
});

describe('the window', { timeout: 60_000 }, () => {
  test('may change its size at any time', async () => {
    screen.resize(60, 20);
    await screen.sees('Your first kata', 'All 10 tests pass');
    screen.resize(120, 40);
    await screen.sees('Your first kata', 'All 10 tests pass', 'What you learned');
  });
});

describe('going on', { timeout: 60_000 }, () => {
  test('leads past the end of the phase to the next kata, which appears in the workspace', async () => {
    screen.press({ text: 'n' });
    await screen.sees('Phase finished', 'Warm-up');
    screen.press('enter');
    await screen.sees('In-process caches', 'not implemented yet');
    await expect(access(clone.kata(SECOND))).resolves.toBeUndefined();
  });

  test('and a reset brings the starter back without counting an attempt', async () => {
    await writeFile(clone.kata(SECOND), '// nothing left\n');
    await screen.sees('does not run yet');
    screen.press({ text: 'x' });
    await screen.sees('y yes');
    screen.press({ text: 'y' });
    await screen.sees('The starter is back');
    await screen.sees('not implemented yet');
    const journal = await clone.read('.dojo', 'journal.jsonl');
    const attempts = journal.match(/"type":"attempt","slug":"lru-ttl-cache"/g);
    expect(attempts).toHaveLength(1);
  });
});

describe('leaving', { timeout: 60_000 }, () => {
  let running: number[] = [];
  afterEach(() => screen.close());

  test('with q restores the terminal and ends every process', async () => {
    running = await descendants(screen.pid);
    expect(running.length).toBeGreaterThan(1);
    screen.press({ text: 'q' });
    await expectLeft(running);
  });

  test('is remembered: the next start goes on there; Ctrl-C leaves in the middle of a run', async () => {
    screen = openScreen(clone);
    await screen.sees('In-process caches', 'not implemented yet');
    await appendFile(clone.kata(SECOND), '\nfor (;;);\n');
    await screen.sees('checking');
    running = await descendants(screen.pid);
    screen.press('ctrlC');
    await expectLeft(running);
    await writeFile(clone.kata(SECOND), '// nothing left\n');
  });

  test('by a signal is leaving too', async () => {
    screen = openScreen(clone, { columns: 80, rows: 24 });
    await screen.sees('In-process caches');
    running = await descendants(screen.pid);
    process.kill(running[0] ?? 0, 'SIGTERM');
    await expectLeft(running);
  });

  test('by closing the window ends every process', async () => {
    screen = openScreen(clone);
    await screen.sees('In-process caches', 'does not run yet');
    running = await descendants(screen.pid);
    expect(running.length).toBeGreaterThan(1);
    screen.close();
    await vi.waitUntil(async () => (await descendants(screen.pid, running)).length === 0, {
      timeout: 30_000,
      interval: 50,
    });
  });
});

test(
  'a workspace that cannot be written is told, and the keys still work',
  { timeout: 60_000 },
  async () => {
    const entries = [
      { type: 'track', track: 'tiny' },
      { type: 'workspace', folder: clone.path('notes.txt', 'katas') },
    ].map((entry) => `${JSON.stringify({ ...entry, at: '2026-11-20T10:00:00.000Z' })}\n`);
    await clone.write('notes.txt', 'a file');
    await clone.write('.dojo/journal.jsonl', entries.join(''));
    screen = openScreen(clone);
    await screen.sees('cannot be written: a file stands where a folder should be');
    screen.press({ text: 'l' });
    await screen.sees('In-process caches: LRU and TTL');
    screen.press({ text: 'q' });
    await expectLeft([]);
  },
);
