import { appendFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FIRST, makeClone, SECOND, UNGRADABLE, type Clone } from '../support/clone.ts';
import { descendants } from '../support/process.ts';
import { exercise } from '../support/project.ts';

let clone: Clone;
beforeAll(async () => {
  const manifest = 'boundary: { together: It watches the garbage collector. }';
  clone = await makeClone({ ...UNGRADABLE, ...exercise('odd/collected', { manifest }) });
});
afterAll(() => clone.remove());

const journal = (): Promise<string> => clone.read('.dojo', 'journal.jsonl').catch(() => '');

describe('dojo run', { timeout: 60_000 }, () => {
  test('exits with 2 when an exercise cannot be graded, and blames nobody for it', async () => {
    const { code, stdout } = await clone.run('run', 'no-tests');
    expect(code).toBe(2);
    expect(stdout).toContain('our fault, not yours');
    expect(await journal()).not.toContain('no-tests');
  });

  test('grades another file or folder, and records nothing', async () => {
    const solution = clone.path('solutions', FIRST);
    const [file, folder, nowhere] = await Promise.all([
      clone.run('run', 'first-kata', '--candidate', `${solution}/mistakes/always-healthy.ts`),
      clone.run('run', 'first-kata', '--candidate', solution),
      clone.run('run', 'first-kata', '--candidate', `${solution}/nowhere.ts`),
    ]);
    expect([file.code, folder.code, nowhere.code]).toEqual([1, 0, 2]);
    expect(nowhere.stderr).toContain('is not there');
    expect(await journal()).toBe('');
  });

  test('judges apart what can be, and says of the rest that it is not', async () => {
    const grade = (folder: string, option: string): ReturnType<Clone['run']> => {
      const [, slug = ''] = folder.split('/');
      return clone.run(
        'run',
        slug,
        option,
        '--json',
        '--candidate',
        clone.path('solutions', folder),
      );
    };
    const [apart, odd, refused] = await Promise.all([
      grade(FIRST, '--apart'),
      grade('odd/collected', '--apart'),
      grade('odd/collected', '--require-sandbox'),
    ]);
    expect(JSON.parse(apart.stdout)).toMatchObject({
      boundary: 'apart',
      verdict: { kind: 'passed' },
    });
    expect(JSON.parse(odd.stdout)).toMatchObject({ boundary: 'together' });
    expect(odd.stderr).toContain('judged in one process with its suite all the same. It watches');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('It watches');
  });

  test('exits with 130 when it is interrupted, and leaves no process behind', async () => {
    await clone.run('tracks', 'tiny');
    await clone.run('next');
    await appendFile(clone.kata(FIRST), 'for (;;);\n');
    const running = clone.start(['run', 'first-kata']);
    // The grading's own process is the grandchild: the host's.
    const grading = await vi.waitUntil(
      async () => {
        const found = await descendants(running.pid);
        return found.length >= 2 ? found : undefined;
      },
      { timeout: 30_000, interval: 50 },
    );
    running.kill('SIGINT');
    expect((await running.finished).code).toBe(130);
    const left = await descendants(running.pid, grading);
    expect(left).toEqual([]);
    expect(await journal()).not.toContain('"type":"attempt"');
  });

  test('is about an exercise by its name, wherever it stands in the track', async () => {
    const { code, stdout } = await clone.run('run', 'lru-ttl-cache');
    expect(code).toBe(1);
    expect(stdout).toContain('In-process caches');
    expect(await clone.read('workspace', SECOND, 'README.md')).toContain('# ');
  });

  test('is done for all that nobody reads what it prints', async () => {
    const running = clone.start(['run', 'lru-ttl-cache', '--json']);
    running.stopReading();
    expect((await running.finished).code).toBe(1);
    expect(await journal()).toContain('"slug":"lru-ttl-cache"');
  });
});
