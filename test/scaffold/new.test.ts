import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { makeClone, type Clone } from '../support/clone.ts';
import { expectDocumented } from '../support/documented.ts';

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone();
});
afterAll(() => clone.remove());

describe('dojo new', () => {
  test('makes both folders and prints the next three steps', async () => {
    const { code, stdout } = await clone.run('new', 'caching/rate-limiter');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ {2}1\. .*reference.*\n {2}2\. .*preview.*\n {2}3\. .*check/);
    expect(await clone.read('exercises/caching/rate-limiter/README.md')).toMatch(/^# Rate limiter/);
    const { exercises, problems } = await loadCatalog(clone.root);
    expect(exercises.get('rate-limiter')?.kind).toBe('code');
    expect(problems).toEqual([]);
  });

  test('takes title, kind, level and minutes from the plan, and the exercise off it', async () => {
    const before = await clone.read('exercises/planned.yaml');
    await clone.write(
      'exercises/planned.yaml',
      `# Planned.\nlock-waits: { title: 'Locks: who waits?', area: sql, kind: sql, level: 4, minutes: 70 }\n${before}`,
    );
    const { stdout } = await clone.run('new', 'sql/lock-waits');
    expect(stdout).toContain('"Locks: who waits?" is taken off the plan');
    const { exercises, planned } = await loadCatalog(clone.root);
    expect(exercises.get('lock-waits')).toMatchObject({
      title: 'Locks: who waits?',
      kind: 'sql',
      level: 4,
      minutes: 70,
    });
    expect([...planned.keys()]).toEqual(['cache-aside']);
    expect(await clone.read('exercises/planned.yaml')).toBe(`# Planned.\n${before}`);
  });

  test('tells machines what it made', async () => {
    const { files } = expectDocumented(
      'new',
      await clone.run('new', 'caching/stale-reads', '--json'),
    );
    expect(files).toContain('solutions/caching/stale-reads/hidden.test.ts');
  });

  test('begins the Python edition of an exercise, under the tasks of its brief', async () => {
    await clone.run('new', 'caching/read-through');
    const { code, stdout } = await clone.run('new', 'read-through', '--edition', 'python');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ {2}3\. `npm run check -- read-through --edition python`/);
    const suite = await clone.read('solutions/caching/read-through/hidden_test.py');
    expect(suite).toContain('2. TODO: What the second task achieves');
    const { exercises, problems } = await loadCatalog(clone.root);
    const languages = exercises.get('read-through')?.editions.map(({ language }) => language);
    expect(languages).toEqual(['typescript', 'python']);
    expect(problems).toEqual([]);
  });

  test('replaces no file that a Python edition would consist of', async () => {
    await clone.run('new', 'caching/write-behind');
    await clone.write('solutions/caching/write-behind/hidden_test.py', '# Mine.\n');
    const { code, stderr } = await clone.run('new', 'write-behind', '--edition', 'python');
    expect(code).toBe(2);
    expect(stderr).toContain('solutions/caching/write-behind/hidden_test.py is there already');
    expect(await clone.read('solutions/caching/write-behind/hidden_test.py')).toBe('# Mine.\n');
    await expect(clone.read('exercises/caching/write-behind/kata.py')).rejects.toThrow('ENOENT');
  });

  test('refuses the Python edition of what has no language', async () => {
    await clone.run('new', 'caching/eviction-policy', '--kind', 'config');
    const { code, stderr } = await clone.run('new', 'eviction-policy', '--edition', 'python');
    expect(code).toBe(2);
    expect(stderr).toContain('of kind config');
  });

  test('refuses a slug of which only a solution is there', async () => {
    await clone.write('solutions/caching/half-written/kata.ts', 'export {};\n');
    const { code, stderr } = await clone.run('new', 'caching/half-written');
    expect(code).toBe(2);
    expect(stderr).toContain('taken by solutions/caching/half-written');
  });

  test.each([
    ['no slug', ['new', 'rate-limiter-two'], 'Take caching/rate-limiter-two'],
    ['a planned slug without its area', ['new', 'cache-aside'], 'Take caching/cache-aside'],
    ['capitals and blanks', ['new', 'caching/Hot Keys'], 'Take caching/hot-keys'],
    ['a path that leads away', ['new', '../x'], 'lower-case words joined by hyphens'],
    ['a taken slug', ['new', 'caching/generators'], 'exercises/language-core/generators'],
    [
      'a taken slug, and proposes one',
      ['new', 'caching/generators'],
      'Take caching/generators-in-caching',
    ],
    [
      'a slug that is planned in another area',
      ['new', 'sql/cache-aside'],
      'Take caching/cache-aside',
    ],
    ['an area that looks mistyped', ['new', 'cachng/x'], 'Take caching/x'],
    ['an unknown kind', ['new', 'caching/x', '--kind', 'cod'], 'Did you mean "code"?'],
    ['an unknown edition', ['new', 'caching/x', '--edition', 'pyton'], 'Did you mean "python"?'],
    [
      'the Python edition of nothing',
      ['new', 'caching/x', '--edition', 'python'],
      'An exercise begins in TypeScript',
    ],
    [
      'a Python edition that is there',
      ['new', 'generators', '--edition', 'python'],
      'exercises/language-core/generators/kata.py',
    ],
  ])('refuses %s', async (_what, args, says) => {
    const { code, stderr } = await clone.run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    await expect(clone.read('exercises/caching/x/exercise.yaml')).rejects.toThrow('ENOENT');
  });
});
