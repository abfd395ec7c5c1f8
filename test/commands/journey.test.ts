import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIRST, makeClone, SECOND, type Clone } from '../support/clone.ts';
import { expectDocumented } from '../support/documented.ts';

// One learner's way along the command line: each test goes on where the one before it ended.

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone();
});
afterAll(() => clone.remove());

const LONG = { timeout: 60_000 };

describe('a newcomer', LONG, () => {
  test('sees the tracks with their hours and what is written of them', async () => {
    const [text, json] = await Promise.all([clone.run('tracks'), clone.run('tracks', '--json')]);
    expect(text.stdout).toContain('A tiny track');
    expect(text.stdout).toContain('0 passed of 3 exercises that are written; 4 in all');
    const printed = expectDocumented('tracks', json);
    expect(printed.chosen).toBeNull();
    expect(printed.tracks).toMatchObject([{ slug: 'tiny' }, { slug: 'weekend' }]);
  });

  test('sees the first track before one is chosen', async () => {
    const [list, progress] = await Promise.all([clone.run('list'), clone.run('progress')]);
    expect(list.stdout).toContain('A tiny track');
    expect(progress.stdout).toContain('No track is chosen yet');
  });

  test('is asked to choose a track before going on', async () => {
    const { code, stdout, stderr } = await clone.run('next');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Choose a track first');
  });

  test('chooses one, and it is remembered', async () => {
    const { code, stdout } = await clone.run('tracks', 'tiny');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Your track is now: A tiny track\n' });
    const progress = await clone.run('progress', '--json');
    expect(JSON.parse(progress.stdout)).toMatchObject({
      track: { slug: 'tiny', exercises: { done: 0, available: 3, total: 4 } },
      current: null,
    });
  });

  test('opens the first exercise, which lies in the workspace then', async () => {
    const json = expectDocumented('next', await clone.run('next', '--json'));
    expect(json).toMatchObject({ exercise: 'first-kata', kata: ['kata.ts'] });
    expect(json.folder).toBe(clone.path('workspace', FIRST));
    expect((await stat(clone.kata(FIRST))).isFile()).toBe(true);
  });
});

describe('at work', LONG, () => {
  test('the brief is printed as it is written, or with its tasks', async () => {
    const [text, json] = await Promise.all([clone.run('brief'), clone.run('brief', '--json')]);
    expect(text.stdout.trimEnd()).toBe(
      (await clone.read('exercises', FIRST, 'README.md')).trimEnd(),
    );
    expect(expectDocumented('brief', json)).toMatchObject({
      exercise: 'first-kata',
      tasks: [{ number: 1 }, { number: 2 }, { number: 3 }],
    });
  });

  test('hints come one after the other', async () => {
    const first = await clone.run('hint');
    expect(first.stdout).toContain('Hint 1 of 3');
    expect(first.stdout).not.toContain('Hint 2');
    const second = expectDocumented('hint', await clone.run('hint', '--json'));
    expect(second.hints).toHaveLength(2);
    expect(second.remaining).toBe(1);
  });

  test('the solution is closed before the pass', async () => {
    const { code, stdout, stderr } = await clone.run('solution');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('not passed yet');
  });

  test('run says what failed, and exits with 1', async () => {
    const { code, stdout } = await clone.run('run');
    expect(code).toBe(1);
    expect(stdout).toContain('0 of 10 tests pass');
    expect(stdout).toContain('greets the orders service');
    expect(stdout).toContain('expected: Hello from orders!');
  });

  test('run --json has every test of a failure', async () => {
    const finished = await clone.run('run', '--json');
    expect(finished.code).toBe(1);
    expect(expectDocumented('run', finished)).toMatchObject({
      exercise: 'first-kata',
      edition: 'typescript',
      verdict: { kind: 'failed', tests: { length: 10 } },
    });
  });

  test('run exits with 0 when everything passes', async () => {
    await clone.solve(FIRST);
    const { code, stdout } = await clone.run('run', 'first-kata');
    expect(code).toBe(0);
    expect(stdout).toContain('All 10 tests pass');
    expect(stdout).toContain('What you learned');
  });
});

describe('after the pass', LONG, () => {
  test('the solution is open', async () => {
    const [text, json] = await Promise.all([
      clone.run('solution'),
      clone.run('solution', '--json'),
    ]);
    expect(text.stdout).toContain('# Why it works');
    expect(text.stdout).toContain('--- hidden.test.ts');
    expect(expectDocumented('solution', json)).toMatchObject({ files: [{ name: 'kata.ts' }] });
  });

  test('the progress counts it', async () => {
    const [text, json] = await Promise.all([
      clone.run('progress'),
      clone.run('progress', '--json'),
    ]);
    expect(text.stdout).toContain('1 of 3 available exercises passed');
    expect(expectDocumented('progress', json)).toMatchObject({
      track: { exercises: { done: 1 } },
      exercises: { 'first-kata': { attempts: 3, hints: 2, revealed: true, lastVerdict: 'passed' } },
    });
  });

  test('the list shows what it opened, and what is not written yet', async () => {
    const [text, json] = await Promise.all([clone.run('list'), clone.run('list', '--json')]);
    expect(text.stdout).toContain('[x] Your first kata');
    expect(text.stdout).toMatch(/\[ \] In-process caches/);
    expect(text.stdout).toContain('[not yet available] Cache aside');
    expect(text.stdout).toMatch(/\[locked\].*\(generators\).*Opens after/);
    expectDocumented('list', json);
  });

  test('another track is listed without being chosen', async () => {
    const { stdout } = await clone.run('list', '--track', 'weekend', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ track: { slug: 'weekend' } });
    const tracks = await clone.run('tracks', '--json');
    expect(JSON.parse(tracks.stdout)).toMatchObject({ chosen: 'tiny' });
  });

  test('next opens the next exercise', async () => {
    const { code, stdout } = await clone.run('next');
    expect(code).toBe(0);
    expect(stdout).toContain('(lru-ttl-cache): edit kata.ts in');
    expect(stdout).toContain(clone.path('workspace', SECOND));
  });

  test('reset puts the starter back and keeps the files', async () => {
    const solved = await readFile(clone.kata(FIRST), 'utf8');
    const { backup } = expectDocumented('reset', await clone.run('reset', 'first-kata', '--json'));
    expect(await readFile(join(String(backup), 'kata.ts'), 'utf8')).toBe(solved);
    expect(await readFile(clone.kata(FIRST), 'utf8')).toBe(
      await clone.read('exercises', FIRST, 'kata.ts'),
    );
    const { stdout } = await clone.run('reset');
    expect(stdout).toContain('Your files are kept in');
  });

  test('a pass stays a pass', async () => {
    const { stdout } = await clone.run('list');
    expect(stdout).toContain('[x] Your first kata');
  });
});
