import { describe, expect, test } from 'vitest';
import type { Catalog, Exercise, Track } from '../../runner/catalog/model.ts';
import { aboutTime } from '../../runner/progress/duration.ts';
import { deriveProgress } from '../../runner/progress/derive.ts';
import type { Entry } from '../../runner/progress/model.ts';
import { nextExercise, standExercise, standTrack } from '../../runner/progress/standing.ts';

const exercise = (slug: string, needs: readonly string[] = []): Exercise => ({
  slug,
  area: 'x',
  title: `Title ${slug}`,
  kind: 'code',
  level: 2,
  minutes: 40,
  summary: 'S.',
  needs,
  editions: [],
  material: [],
  timeLimit: 10_000,
  capabilities: [],
  folder: `/exercises/x/${slug}`,
  solutionFolder: `/solutions/x/${slug}`,
});

/** A catalogue of the exercises given, and of the planned ones `p` and `q`. */
const catalogOf = (...exercises: readonly Exercise[]): Catalog => ({
  root: '/',
  exercises: new Map(exercises.map((one) => [one.slug, one])),
  planned: new Map(
    ['p', 'q'].map((slug) => [
      slug,
      { slug, area: 'x', title: `Title ${slug}`, kind: 'code', level: 3, minutes: 30 },
    ]),
  ),
  tracks: [],
  problems: [],
});

/** A track with one phase; each text is a topic: `first: a b`. */
const trackOf = (...topics: readonly string[]): Track => ({
  slug: 'my-track',
  title: 'My track',
  blurb: 'For you. It leads on.',
  phases: [
    {
      title: 'Phase',
      topics: topics.map((topic) => {
        const [title = '', slugs = ''] = topic.split(': ');
        return { title, exercises: slugs.split(' '), groundwork: [] };
      }),
    },
  ],
});

const at = '2026-11-20T10:00:00.000Z';
const passed = (...slugs: readonly string[]) =>
  slugs.map((slug): Entry => ({ type: 'pass', at, slug, edition: 'typescript' }));
const skipped = (slug: string): Entry => ({ type: 'skip', at, slug });
const unlock: Entry = { type: 'unlock', at, track: 'my-track' };

const abc = catalogOf(exercise('a'), exercise('b'), exercise('c'));

function stand(catalog: Catalog, track: Track, entries: readonly Entry[] = []) {
  return standTrack(catalog, track, deriveProgress(entries));
}

/** `a:open b:locked | c:locked`, topic by topic. */
function states(...args: Parameters<typeof stand>): string {
  const topics = stand(...args).phases.flatMap((phase) => phase.topics);
  return topics
    .map(({ exercises }) =>
      exercises.map(({ slug, standing }) => `${slug}:${standing.state}`).join(' '),
    )
    .join(' | ');
}

function topicStates(...args: Parameters<typeof stand>): string {
  const topics = stand(...args).phases.flatMap((phase) => phase.topics);
  return topics.map(({ state }) => state).join(' ');
}

describe('topics', () => {
  const track = trackOf('first: a b', 'second: c');

  test('open one after the other; within an open one the order is free', () => {
    expect(states(abc, track)).toBe('a:open b:open | c:locked');
    expect(topicStates(abc, track)).toBe('open locked');
    expect(states(abc, track, passed('b'))).toBe('a:open b:passed | c:locked');
  });

  test('open when everything before them is passed or skipped', () => {
    const entries = [...passed('b'), skipped('a')];
    expect(states(abc, track, entries)).toBe('a:skipped b:passed | c:open');
    expect(topicStates(abc, track, entries)).toBe('done open');
  });

  test('stay locked while an earlier one is open, also when those between are done', () => {
    const three = trackOf('first: a', 'second: b', 'third: c');
    expect(states(abc, three, passed('b'))).toBe('a:open | b:passed | c:locked');
  });

  test('say what opens them', () => {
    const standing = standExercise(abc, track, deriveProgress([]), 'c');
    expect(standing).toEqual({ state: 'locked', because: 'Opens after the topic "first".' });
  });

  test('of which nothing is written are planned and let the next one open', () => {
    const gap = trackOf('first: a', 'second: p q', 'third: c');
    expect(topicStates(abc, gap)).toBe('open planned locked');
    expect(topicStates(abc, gap, passed('a'))).toBe('done planned open');
  });

  test('that are written in part are done with that part', () => {
    const part = trackOf('first: a p', 'second: c');
    expect(topicStates(abc, part, passed('a'))).toBe('done open');
    expect(states(abc, part, passed('a'))).toBe('a:passed p:planned | c:open');
  });

  test('count a repeated exercise where it is listed first', () => {
    const repeated = trackOf('first: a', 'second: b a');
    expect(states(abc, repeated)).toBe('a:open | b:locked a:open');
  });
});

describe('needs', () => {
  const catalog = catalogOf(
    exercise('a'),
    exercise('b'),
    exercise('c', ['a', 'b']),
    exercise('d', ['p', 'c']),
  );

  test('lock an exercise of an open topic until they are passed or skipped', () => {
    const track = trackOf('only: a b c');
    expect(states(catalog, track)).toBe('a:open b:open c:locked');
    expect(states(catalog, track, [...passed('a'), skipped('b')])).toBe(
      'a:passed b:skipped c:open',
    );
  });

  test('are named by title', () => {
    const track = trackOf('only: a b c');
    const because = (entries: readonly Entry[]) =>
      standExercise(catalog, track, deriveProgress(entries), 'c');
    expect(because([])).toMatchObject({ because: 'Opens after "Title a" and "Title b".' });
    expect(because(passed('a'))).toMatchObject({ because: 'Opens after "Title b".' });
  });

  test('that are planned are passed over', () => {
    expect(states(catalog, trackOf('only: p d c'), passed('c'))).toBe('p:planned d:open c:passed');
  });

  test('that the track does not list, or lists in a later topic, lock nothing for good', () => {
    expect(states(catalog, trackOf('only: c'))).toBe('c:open');
    expect(states(catalog, trackOf('first: a c', 'second: b'), passed('a'))).toBe(
      'a:passed c:open | b:locked',
    );
  });

  test('count by themselves outside of a track', () => {
    const progress = deriveProgress(passed('a'));
    expect(standExercise(catalog, undefined, progress, 'c')).toEqual({
      state: 'locked',
      because: 'Opens after "Title b".',
    });
    expect(standExercise(catalog, trackOf('only: a'), progress, 'b')).toEqual({ state: 'open' });
    expect(standExercise(catalog, undefined, progress, 'nobody-knows')).toBeUndefined();
  });
});

describe('a track', () => {
  test('that is unlocked has everything open, needs or not', () => {
    const catalog = catalogOf(exercise('a'), exercise('b', ['a']), exercise('c'));
    expect(states(catalog, trackOf('first: a b', 'second: p c'), [unlock])).toBe(
      'a:open b:open | p:planned c:open',
    );
    expect(topicStates(catalog, trackOf('first: a', 'second: c'), [unlock])).toBe('open open');
  });

  test('leaves out what is neither written nor planned', () => {
    expect(states(abc, trackOf('first: a broken', 'second: broken', 'third: b'))).toBe(
      'a:open |  | b:locked',
    );
    expect(topicStates(abc, trackOf('first: broken', 'second: b'))).toBe('planned open');
  });

  test('counts every exercise once, and planned ones never as done or available', () => {
    const track = trackOf('first: a b p', 'second: a c', 'third: q');
    const { exercises, topics } = stand(abc, track, [...passed('a', 'c'), skipped('b')]);
    expect(exercises).toEqual({ done: 2, skipped: 1, available: 3, total: 5, otherEdition: 0 });
    expect(topics).toEqual({ done: 1, skipped: 1, available: 2, total: 3 });
  });

  test('counts an exercise that was skipped and passed later as passed', () => {
    const { exercises } = stand(abc, trackOf('only: a'), [skipped('a'), ...passed('a')]);
    expect(exercises).toMatchObject({ done: 1, skipped: 0 });
  });

  test('sums up times where its file gives none, each exercise once', () => {
    const standing = stand(abc, trackOf('first: a b p', 'second: a c'));
    expect(standing.phases[0]?.topics.map(({ time }) => time)).toEqual([
      'about 1 h 50 min',
      'about 1 h 20 min',
    ]);
    expect(standing.phases[0]?.duration).toBe('about 2 h 30 min');
    expect(standing.duration).toBe('about 2 h 30 min');
  });

  test('keeps the times of its file', () => {
    const [topic] = trackOf('first: a').phases[0]?.topics ?? [];
    if (!topic) throw new Error('The track has a topic.');
    const standing = stand(abc, {
      ...trackOf(),
      duration: '24 weeks',
      phases: [{ title: 'P', duration: 'weeks 1-4', topics: [{ ...topic, time: '2 days' }] }],
    });
    expect(standing.duration).toBe('24 weeks');
    expect(standing.phases[0]?.duration).toBe('weeks 1-4');
    expect(standing.phases[0]?.topics[0]?.time).toBe('2 days');
  });
});

test.each([
  [5, 'about 5 min'],
  [60, 'about 1 h'],
  [130, 'about 2 h 10 min'],
  [599, 'about 9 h 59 min'],
  [6510, 'about 109 h'],
])('%i minutes are "%s"', (minutes, words) => {
  expect(aboutTime(minutes)).toBe(words);
});

describe('the next exercise', () => {
  const track = trackOf('first: a b c', 'second: p');
  const next = (entries: readonly Entry[], after?: string) =>
    nextExercise(stand(abc, track, entries), after)?.slug;

  test('is the first open one', () => {
    expect(next([])).toBe('a');
    expect(next([...passed('a'), skipped('b')])).toBe('c');
  });

  test('is the one after the given one, in solving order', () => {
    expect(next([], 'a')).toBe('b');
    expect(next(passed('b'), 'a')).toBe('c');
  });

  test('is one from the start when none is left behind the given one', () => {
    expect(next(passed('c'), 'b')).toBe('a');
    expect(next(passed('b', 'c'), 'a')).toBe('a');
  });

  test('is searched from the start for an exercise of another track', () => {
    expect(next([], 'elsewhere')).toBe('a');
  });

  test('is none when everything written is passed or skipped', () => {
    expect(next([...passed('a', 'b'), skipped('c')], 'a')).toBeUndefined();
  });
});
