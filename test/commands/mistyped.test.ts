import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLONE } from '../../runner/location.ts';
import { makeClone, MAIN, type Clone } from '../support/clone.ts';
import { runNode } from '../support/process.ts';

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone();
});
afterAll(() => clone.remove());

/** Runs a command that cannot be done: prints nothing on standard output, exits with 2, says why. */
async function refused(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await clone.run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
}

describe('a mistyped', { timeout: 30_000 }, () => {
  test.concurrent.each<readonly [string, readonly string[], string]>([
    ['command', ['lsit'], 'There is no command "lsit". Did you mean "list"?'],
    ['command that is near to nothing', ['constructor'], 'There is no command "constructor".'],
    ['option', ['list', '--jsn'], 'Did you mean "--json"?'],
    ['option of another command', ['hint', '--candidate', 'x'], "Unknown option '--candidate'"],
    ['option without its value', ['list', '--track'], 'argument missing'],
    ['exercise', ['brief', 'first-kate'], 'Did you mean "first-kata"?'],
    ['track', ['tracks', 'tinny'], 'Did you mean "tiny"? The tracks are: tiny, weekend.'],
    ['track of the list', ['list', '--track', 'tinny'], 'Did you mean "tiny"?'],
    ['track of the watch', ['watch', '--track', 'tinny'], 'Did you mean "tiny"?'],
    ['word too many', ['list', 'first-kata'], '`list` does not take "first-kata". Usage:'],
  ])('%s is answered in words, with the nearest that exists', async (_what, args, answer) => {
    expect(await refused(...args)).toContain(answer);
  });
});

describe('an exercise that', { timeout: 30_000 }, () => {
  test('is not written yet says so, by its title', async () => {
    expect(await refused('run', 'cache-aside')).toBe(
      '"Cache aside" (cache-aside) is not written yet.\n',
    );
  });

  test('is broken says where and what to do, and takes no other down', async () => {
    const broken = await makeClone({
      'exercises/language-core/generators/exercise.yaml': 'title: [unclosed\n',
    });
    try {
      const [named, other] = await Promise.all([
        broken.run('run', 'generators'),
        broken.run('brief', 'first-kata'),
      ]);
      expect(named.code).toBe(2);
      expect(named.stderr).toMatch(/"generators" is broken\. exercises\/.*exercise\.yaml:\d+: /);
      expect(other.code).toBe(0);
      expect(other.stdout).toContain('# Your first kata');
      // Whoever can mend it is told, beside the answer.
      expect(other.stderr).toContain('exercises/language-core/generators/exercise.yaml:');
    } finally {
      await broken.remove();
    }
  });
});

describe('a journal', { timeout: 30_000 }, () => {
  const TRACK = '{"type":"track","at":"2026-11-20T10:00:00.000Z","track":"tiny"}\n';

  test('with a damaged line is read, and the line is kept and named once', async () => {
    await clone.write('.dojo/journal.jsonl', `${TRACK}{"type":"pa`);
    const first = await clone.run('tracks', '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({ chosen: 'tiny' });
    expect(first.stderr).toMatch(/One line of your journal could not be read .* kept in .*damaged/);
    expect((await readdir(clone.path('.dojo'))).join()).toContain('journal.damaged-');
    expect((await clone.run('tracks', '--json')).stderr).toBe('');
  });

  test('of other exercises and tracks than there are now stands in the way of nothing', async () => {
    const lines = [
      '{"type":"track","at":"2026-11-20T10:00:00.000Z","track":"gone"}',
      '{"type":"open","at":"2026-11-20T10:00:00.000Z","slug":"gone-too"}',
      '{"type":"unheard-of","at":"2026-11-20T10:00:00.000Z"}',
    ];
    await clone.write('.dojo/journal.jsonl', `${lines.join('\n')}\n`);
    const [brief, list, progress] = await Promise.all([
      clone.run('brief'),
      clone.run('list'),
      clone.run('progress'),
    ]);
    expect(brief.stdout).toContain('# Your first kata');
    expect(list.stdout).toContain('A tiny track');
    expect(progress.stdout).toContain('No track is chosen yet');
    expect([brief.code, list.code, progress.code]).toEqual([0, 0, 0]);
    await clone.write('.dojo/journal.jsonl', TRACK);
  });

  test('that cannot be read is named', async () => {
    const blocked = await makeClone();
    try {
      await mkdir(blocked.path('.dojo', 'journal.jsonl'), { recursive: true });
      const { code, stderr } = await blocked.run('progress');
      expect(code).toBe(2);
      expect(stderr).toContain(
        `Your journal ${blocked.path('.dojo', 'journal.jsonl')} cannot be read`,
      );
    } finally {
      await blocked.remove();
    }
  });
});

describe('--workspace', { timeout: 30_000 }, () => {
  test('names another folder, from where the learner stands, and is remembered', async () => {
    await clone.write('.dojo/journal.jsonl', '');
    await clone.run('tracks', 'tiny');
    await mkdir(clone.path('elsewhere'));
    const next = clone.start(['next', '--workspace', 'katas'], { cwd: clone.path('elsewhere') });
    const katas = clone.path('elsewhere', 'katas');
    expect((await next.finished).stdout).toContain(`in ${katas}`);
    expect(await readdir(katas)).toEqual(
      expect.arrayContaining(['getting-started', 'tsconfig.json', 'vitest.config.mts']),
    );
    const again = JSON.parse((await clone.run('next', '--json')).stdout);
    expect(again.folder).toContain(katas);
  });

  test.each([
    ['a folder of the dojo', 'exercises', 'own files'],
    ['the clone itself', '.', 'own files'],
    ['a folder around the clone', '..', 'own files'],
    ['a file', 'tracks.txt', 'a file stands where a folder should be'],
  ])('refuses %s', async (_what, folder, answer) => {
    await clone.write('tracks.txt', 'a file');
    const refusal = await refused('next', '--workspace', clone.path(folder));
    expect(refusal).toContain(answer);
  });

  test('that cannot be written is refused, and not remembered', async () => {
    await clone.write('notes.txt', 'a file');
    const before = await clone.read('.dojo', 'journal.jsonl');
    const refusal = await refused('next', '--workspace', clone.path('notes.txt', 'katas'));
    expect(refusal).toMatch(/cannot be written: a file stands where a folder should be/);
    expect(await clone.read('.dojo', 'journal.jsonl')).toBe(before);
  });
});

describe('from elsewhere', { timeout: 30_000 }, () => {
  test('any folder of the clone will do', async () => {
    const { code, stdout } = await runNode(MAIN, ['brief', 'first-kata'], {
      cwd: join(CLONE, 'exercises', 'getting-started'),
      env: { DOJO_HOME: undefined },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('# Your first kata');
  });

  test('a DOJO_HOME without exercises is refused', async () => {
    const running = clone.start(['list'], { env: { DOJO_HOME: clone.path('tracks') } });
    const { code, stderr } = await running.finished;
    expect(code).toBe(2);
    expect(stderr).toContain('which holds no folder "exercises"');
  });
});
