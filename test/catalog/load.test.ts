import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../runner/catalog/load.ts';
import type { Problem } from '../../runner/catalog/model.ts';
import { exercise, project } from '../support/project.ts';
import type { ExerciseChanges, Files } from '../support/project.ts';

const load = async (files: Files) => loadCatalog(await project(files));
const places = (problems: readonly Problem[]) =>
  problems.map(({ path, line, rule }) => `${path}:${line} ${rule}`);
const track = (...topics: string[]) =>
  `title: T\nblurb: For you. It leads on.\nphases:\n  - title: P\n    topics:\n${topics
    .map((exercises) => `      - title: X\n        exercises: [${exercises}]\n`)
    .join('')}`;
const planned = (slug: string) =>
  `${slug}: { title: Soon, area: async, kind: code, level: 3, minutes: 50 }\n`;

describe('a clone without content', () => {
  test('has an empty catalogue and no problem', async () => {
    const root = await project();
    const catalog = await loadCatalog(root);
    expect(catalog.root).toBe(root);
    expect(catalog.exercises.size + catalog.planned.size + catalog.tracks.length).toBe(0);
    expect(catalog.problems).toEqual([]);
  });
});

describe('an exercise in order', () => {
  test('is read with what its folder says and what the manifest leaves to defaults', async () => {
    const root = await project(exercise('caching/lru'));
    const catalog = await loadCatalog(root);
    expect(catalog.problems).toEqual([]);
    expect(catalog.exercises.get('lru')).toEqual({
      slug: 'lru',
      area: 'caching',
      title: 'Title of lru',
      kind: 'code',
      level: 2,
      minutes: 40,
      summary: 'Something was learnt.',
      needs: [],
      editions: [
        {
          language: 'typescript',
          kata: ['kata.ts'],
          examples: 'examples.test.ts',
          hidden: 'hidden.test.ts',
        },
      ],
      material: [],
      timeLimit: 10_000,
      capabilities: [],
      folder: join(root, 'exercises', 'caching', 'lru'),
      solutionFolder: join(root, 'solutions', 'caching', 'lru'),
    });
  });

  test('may set its time limit in seconds and bring material along', async () => {
    const { exercises } = await load(
      exercise('sql/joins', {
        manifest: 'timeLimit: 2.5\nmaterial: [schema.sql]',
        exercise: { 'schema.sql': 'create table t ();' },
      }),
    );
    expect(exercises.get('joins')).toMatchObject({ timeLimit: 2500, material: ['schema.sql'] });
  });

  test('has a Python edition beside the TypeScript one when there is a kata.py', async () => {
    const { exercises, problems } = await load(
      exercise('caching/lru', {
        exercise: { 'kata.py': '', 'examples_test.py': '' },
        solution: { 'kata.py': '', 'hidden_test.py': '', 'mistakes/off-by-one.py': '# Off.\n' },
      }),
    );
    expect(problems).toEqual([]);
    expect(exercises.get('lru')?.editions).toMatchObject([
      { language: 'typescript', kata: ['kata.ts'] },
      { language: 'python', kata: ['kata.py'], examples: 'examples_test.py' },
    ]);
  });

  test('is language-neutral when its kata is neither TypeScript nor Python', async () => {
    const kata = { Dockerfile: 'FROM scratch\n', '.dockerignore': '*\n', 'kata.ts': undefined };
    const { exercises, problems } = await load(
      exercise('deployment/image', {
        manifest: 'kata: [Dockerfile, .dockerignore]',
        exercise: kata,
        solution: { ...kata, 'mistakes/off-by-one.ts': undefined },
      }),
    );
    expect(problems).toEqual([]);
    expect(exercises.get('image')?.editions).toMatchObject([
      { language: 'neutral', kata: ['Dockerfile', '.dockerignore'], hidden: 'hidden.test.ts' },
    ]);
  });

  test('is not disturbed by what systems and interpreters leave behind', async () => {
    const { problems } = await load({
      ...exercise('caching/lru', { exercise: { '.DS_Store': '', '__pycache__/kata.pyc': '' } }),
      'exercises/.DS_Store': '',
    });
    expect(problems).toEqual([]);
  });

  test('may stand beside an empty folder', async () => {
    const root = await project(exercise('caching/lru'));
    await mkdir(join(root, 'exercises/caching/empty'));
    expect((await loadCatalog(root)).problems).toEqual([]);
  });
});

describe('a broken manifest', () => {
  const manifest = (text: string): ExerciseChanges => ({ exercise: { 'exercise.yaml': text } });
  const good = 'title: A\nkind: code\nlevel: 2\nminutes: 40\nsummary: S.\n';

  test.each([
    ['a field is missing', good.replace('level: 2\n', ''), 1, '`level` is missing.'],
    ['a number is a text', good.replace('40', 'forty'), 4, '`minutes` must be a number.'],
    ['a number is not whole', good.replace('40', '4.5'), 4, '`minutes` must be a whole number.'],
    [
      'a number is too large',
      good.replace('level: 2', 'level: 6'),
      3,
      '`level` must be at most 5.',
    ],
    ['a text is empty', good.replace(': A', ": ''"), 1, '`title` must not be empty.'],
    ['a list is a text', `${good}needs: lru\n`, 6, '`needs` must be a list.'],
    [
      'a slug has capitals',
      `${good}needs: [a, LRU]\n`,
      6,
      '`needs[1]` must be lower-case words joined',
    ],
    ['a file lies outside', `${good}kata: [../kata.ts]\n`, 6, '`kata[0]` must be a path inside'],
    ['the file is a list', '- a\n', 1, 'The file must be a set of fields.'],
    ['the file is empty', '', 1, 'The file must be a set of fields.'],
  ])('is named with its line when %s', async (_, text, line, message) => {
    const { exercises, problems } = await load(exercise('caching/lru', manifest(text)));
    expect(exercises.size).toBe(0);
    expect(places(problems)).toEqual([`exercises/caching/lru/exercise.yaml:${line} schema`]);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.remedy).not.toBe('');
  });

  test('offers the nearest kind for a mistyped one', async () => {
    const { problems } = await load(exercise('caching/lru', manifest(good.replace('code', 'cod'))));
    expect(problems[0]?.message).toContain('`kind` is "cod", which is none of code, tests');
    expect(problems[0]?.remedy).toContain('Did you mean "code"?');
  });

  test('offers the nearest field for a mistyped one', async () => {
    const { problems } = await load(
      exercise('caching/lru', manifest(good.replace('summary', 'sumary'))),
    );
    expect(places(problems)).toEqual([
      'exercises/caching/lru/exercise.yaml:1 schema',
      'exercises/caching/lru/exercise.yaml:5 schema',
    ]);
    expect(problems[1]?.message).toBe('There is no field `sumary` here. Did you mean "summary"?');
  });

  test('is named with its line when it is not YAML', async () => {
    const { problems } = await load(
      exercise('caching/lru', manifest(good.replace(': A', ': In-process: caches'))),
    );
    expect(places(problems)).toContain('exercises/caching/lru/exercise.yaml:1 yaml');
  });

  test('takes down neither the other exercises, nor what needs it, nor what lists it', async () => {
    const { exercises, tracks, problems } = await load({
      ...exercise('caching/broken', manifest('title: 1\n')),
      ...exercise('caching/good', { manifest: 'needs: [broken]' }),
      'tracks/t.yaml': track('broken, good'),
    });
    expect([...exercises.keys()]).toEqual(['good']);
    expect(tracks[0]?.phases[0]?.topics[0]?.exercises).toEqual(['broken', 'good']);
    expect(new Set(problems.map(({ path }) => path))).toEqual(
      new Set(['exercises/caching/broken/exercise.yaml']),
    );
  });
});

describe('missing files', () => {
  test('are all named at once', async () => {
    const { exercises, problems } = await load(
      exercise('caching/lru', {
        exercise: { 'README.md': undefined, 'examples.test.ts': undefined },
        solution: { 'kata.ts': undefined, 'explanation.md': undefined },
      }),
    );
    expect(exercises.size).toBe(0);
    expect(places(problems)).toEqual([
      'exercises/caching/lru/examples.test.ts:1 missing-file',
      'exercises/caching/lru/README.md:1 missing-file',
      'solutions/caching/lru/explanation.md:1 missing-file',
      'solutions/caching/lru/kata.ts:1 missing-file',
    ]);
  });

  test('are named at the line that lists them, with the nearest file', async () => {
    const { problems } = await load(
      exercise('caching/lru', {
        manifest: 'material:\n  - schema.sql\n  - sead.sql',
        exercise: { 'schema.sql': '', 'seed.sql': '' },
      }),
    );
    expect(places(problems)).toEqual(['exercises/caching/lru/exercise.yaml:8 missing-file']);
    expect(problems[0]?.message).toBe(
      '`material` lists sead.sql, which is not in the folder. Did you mean "seed.sql"?',
    );
  });

  test('are one problem when the whole solution is missing', async () => {
    const files = Object.entries(exercise('caching/lru'));
    const { problems } = await load(
      Object.fromEntries(files.filter(([path]) => path.startsWith('exercises/'))),
    );
    expect(places(problems)).toEqual(['solutions/caching/lru:1 missing-file']);
  });

  test('are a problem when the folder has no manifest or no starter', async () => {
    const { problems } = await load({
      ...exercise('caching/a', { exercise: { 'exercise.yaml': undefined } }),
      ...exercise('caching/b', { exercise: { 'kata.ts': undefined } }),
    });
    expect(places(problems)).toContain('exercises/caching/a/exercise.yaml:1 missing-file');
    expect(places(problems)).toContain('exercises/caching/b/exercise.yaml:1 kata-files');
  });
});

describe('files that nothing names', () => {
  test('are reported, and the exercise stays', async () => {
    const { exercises, problems } = await load({
      ...exercise('caching/lru', {
        exercise: { 'notes.txt': '' },
        solution: { 'data.json': '', 'also/other.ts': '/** Another. */' },
      }),
      'exercises/caching/todo.md': '',
      'solutions/stray.ts': '',
      'tracks/notes.md': '',
    });
    expect(exercises.size).toBe(1);
    expect(places(problems)).toEqual([
      'exercises/caching/lru/notes.txt:1 unknown-file',
      'exercises/caching/todo.md:1 unknown-file',
      'solutions/caching/lru/data.json:1 unknown-file',
      'solutions/stray.ts:1 unknown-file',
      'tracks/notes.md:1 unknown-file',
    ]);
  });

  test('include a solution whose exercise is gone', async () => {
    const { problems } = await load({ 'solutions/caching/old/kata.ts': '' });
    expect(places(problems)).toEqual(['solutions/caching/old:1 orphan-solution']);
  });
});

describe('slugs', () => {
  test('are unique over all areas; the first one stays', async () => {
    const { exercises, problems } = await load({
      ...exercise('async/locks'),
      ...exercise('sql/locks'),
    });
    expect(exercises.get('locks')?.area).toBe('async');
    expect(places(problems)).toEqual(['exercises/sql/locks/exercise.yaml:1 duplicate-slug']);
  });

  test('are lower-case words joined by hyphens', async () => {
    const { exercises, problems } = await load(exercise('caching/Lru_Cache'));
    expect(exercises.size).toBe(0);
    expect(places(problems)).toEqual(['exercises/caching/Lru_Cache/exercise.yaml:1 slug-shape']);
  });
});

describe('needs', () => {
  test('may name written and planned exercises', async () => {
    const { problems } = await load({
      ...exercise('caching/lru'),
      ...exercise('caching/stampede', { manifest: 'needs: [lru, later]' }),
      'exercises/planned.yaml': planned('later'),
      'tracks/t.yaml': track('later'),
    });
    expect(problems).toEqual([]);
  });

  test('that nobody knows are named with their line and the nearest slug', async () => {
    const { exercises, problems } = await load({
      ...exercise('caching/lru-cache'),
      ...exercise('caching/stampede', { manifest: 'needs:\n  - lru-cahce' }),
    });
    expect(exercises.size).toBe(2);
    expect(places(problems)).toEqual(['exercises/caching/stampede/exercise.yaml:7 unknown-need']);
    expect(problems[0]?.message).toContain('Did you mean "lru-cache"?');
  });

  test('that lead in a circle are reported once, with the whole circle', async () => {
    const { problems } = await load({
      ...exercise('x/a', { manifest: 'needs: [b]' }),
      ...exercise('x/b', { manifest: 'needs: [c]' }),
      ...exercise('x/c', { manifest: 'needs: [a]' }),
      ...exercise('x/d', { manifest: 'needs: [a]' }),
    });
    expect(places(problems)).toEqual(['exercises/x/a/exercise.yaml:6 cycle']);
    expect(problems[0]?.message).toContain('a -> b -> c -> a');
  });

  test('on itself are a circle', async () => {
    const { problems } = await load(exercise('x/a', { manifest: 'needs: [a]' }));
    expect(problems[0]?.message).toContain('a -> a');
  });
});

describe('a track', () => {
  test('keeps the wording and the order of its file', async () => {
    const { tracks, problems } = await load({
      ...exercise('x/a'),
      ...exercise('x/b'),
      'tracks/my-track.yaml': `title: My track
blurb: For you. It leads on.
duration: 2 weeks
phases:
  - title: First
    duration: week 1
    topics:
      - title: Basics
        time: 2 days
        exercises: [b, a]
        groundwork: [b]
`,
    });
    expect(problems).toEqual([]);
    expect(tracks).toEqual([
      {
        slug: 'my-track',
        title: 'My track',
        blurb: 'For you. It leads on.',
        duration: '2 weeks',
        phases: [
          {
            title: 'First',
            duration: 'week 1',
            topics: [{ title: 'Basics', time: '2 days', exercises: ['b', 'a'], groundwork: ['b'] }],
          },
        ],
      },
    ]);
  });

  test('stands where its position says, and after those that have one otherwise', async () => {
    const { tracks } = await load({
      ...exercise('x/a'),
      'tracks/a.yaml': track('a'),
      'tracks/b.yaml': `${track('a')}position: 2\n`,
      'tracks/c.yaml': `${track('a')}position: 1\n`,
    });
    expect(tracks.map(({ slug }) => slug)).toEqual(['c', 'b', 'a']);
  });

  test('that breaks its schema is left out, and the others stay', async () => {
    const { tracks, problems } = await load({
      ...exercise('x/a'),
      'exercises/planned.yaml': planned('later'),
      'tracks/bad.yaml': track('a').replace('exercises:', 'exercices:'),
      'tracks/good.yaml': track('a'),
    });
    expect(tracks.map(({ slug }) => slug)).toEqual(['good']);
    expect(places(problems)).toEqual(['tracks/bad.yaml:6 schema', 'tracks/bad.yaml:7 schema']);
    expect(problems[1]?.message).toContain('Did you mean "exercises"?');
  });

  test('that lists an unknown exercise stays, and says where and which is nearest', async () => {
    const { tracks, problems } = await load({
      ...exercise('x/generators'),
      'tracks/t.yaml': track('generators', 'generator', 'generator'),
    });
    expect(tracks).toHaveLength(1);
    expect(places(problems)).toEqual(['tracks/t.yaml:9 unknown-exercise']);
    expect(problems[0]?.message).toContain('Did you mean "generators"?');
  });

  test('lists an exercise after what it needs; the first listing counts', async () => {
    const both = { ...exercise('x/a'), ...exercise('x/b', { manifest: 'needs: [a]' }) };
    const right = await load({ ...both, 'tracks/t.yaml': track('a', 'b', 'a') });
    expect(right.problems).toEqual([]);
    const wrong = await load({ ...both, 'tracks/t.yaml': track('b', 'a', 'b') });
    expect(places(wrong.problems)).toEqual(['tracks/t.yaml:7 track-order']);
    expect(wrong.problems[0]?.message).toContain('"b" needs "a", which comes later (line 9)');
  });

  test('may leave out what an exercise needs', async () => {
    const { problems } = await load({
      ...exercise('x/a'),
      ...exercise('x/b', { manifest: 'needs: [a]' }),
      'tracks/t.yaml': track('b'),
    });
    expect(problems).toEqual([]);
  });

  test('marks as groundwork only what the topic lists', async () => {
    const { problems } = await load({
      ...exercise('x/a'),
      'tracks/t.yaml': `${track('a')}        groundwork: [b]\n`,
    });
    expect(places(problems)).toEqual(['tracks/t.yaml:8 groundwork']);
  });
});

describe('the planned exercises', () => {
  test('are read by slug', async () => {
    const { planned: soon, problems } = await load({
      'exercises/planned.yaml': planned('later'),
      'tracks/t.yaml': track('later'),
    });
    expect(problems).toEqual([]);
    expect(soon.get('later')).toEqual({
      slug: 'later',
      title: 'Soon',
      area: 'async',
      kind: 'code',
      level: 3,
      minutes: 50,
    });
  });

  test('are to be deleted once they are written', async () => {
    const { planned: soon, problems } = await load({
      ...exercise('x/a'),
      'exercises/planned.yaml': planned('b') + planned('a'),
      'tracks/t.yaml': track('a, b'),
    });
    expect([...soon.keys()]).toEqual(['b']);
    expect(places(problems)).toEqual(['exercises/planned.yaml:2 planned-but-written']);
    expect(problems[0]?.remedy).toContain('Delete its entry');
  });

  test('must be listed by a track', async () => {
    const { problems } = await load({ 'exercises/planned.yaml': planned('a') });
    expect(places(problems)).toEqual(['exercises/planned.yaml:1 planned-unlisted']);
  });

  test('lose only the entry that is broken', async () => {
    const { planned: soon, problems } = await load({
      'exercises/planned.yaml': planned('a') + planned('b').replace('code', 'cod') + planned('c'),
      'tracks/t.yaml': track('a, b, c'),
    });
    expect([...soon.keys()]).toEqual(['a', 'c']);
    expect(places(problems)).toEqual(['exercises/planned.yaml:2 schema']);
  });

  test('cause no further problem when the file cannot be read', async () => {
    const { problems } = await load({
      ...exercise('x/a', { manifest: 'needs: [later]' }),
      'exercises/planned.yaml': 'later: { title: Soon\nb: [',
      'tracks/t.yaml': track('later, a'),
    });
    expect(new Set(problems.map(({ path, rule }) => `${path} ${rule}`))).toEqual(
      new Set(['exercises/planned.yaml yaml']),
    );
  });
});
