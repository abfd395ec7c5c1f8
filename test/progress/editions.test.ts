import { describe, expect, test } from 'vitest';
import type {
  Catalog,
  Edition,
  Exercise,
  ExerciseEdition,
  Track,
} from '../../runner/catalog/model.ts';
import { deriveProgress } from '../../runner/progress/derive.ts';
import type { Entry } from '../../runner/progress/model.ts';
import { nextExercise, standTrack } from '../../runner/progress/standing.ts';

const edition = (language: ExerciseEdition['language']): ExerciseEdition => ({
  language,
  kata: ['kata'],
  examples: 'examples',
  hidden: 'hidden',
});

const exercise = (
  slug: string,
  languages: readonly ExerciseEdition['language'][],
  needs: readonly string[] = [],
): Exercise => ({
  slug,
  area: 'x',
  title: `Title ${slug}`,
  kind: 'code',
  level: 2,
  minutes: 40,
  summary: 'S.',
  needs,
  editions: languages.map(edition),
  material: [],
  timeLimit: 10_000,
  capabilities: [],
  folder: `/exercises/x/${slug}`,
  solutionFolder: `/solutions/x/${slug}`,
});

const BOTH = ['typescript', 'python'] as const;
const exercises = [
  exercise('both', BOTH),
  exercise('script', ['typescript']),
  exercise('sql', ['neutral']),
  exercise('later', BOTH, ['script']),
];
const catalog: Catalog = {
  root: '/',
  exercises: new Map(exercises.map((one) => [one.slug, one])),
  planned: new Map(),
  tracks: [],
  problems: [],
};
const track: Track = {
  slug: 'track',
  title: 'Track',
  blurb: 'For you. It leads on.',
  phases: [
    {
      title: 'Phase',
      topics: [
        { title: 'first', exercises: ['both', 'script', 'sql'], groundwork: [] },
        { title: 'second', exercises: ['later'], groundwork: [] },
      ],
    },
  ],
};

const at = '2026-11-20T10:00:00.000Z';
const passed = (language: Edition, ...slugs: readonly string[]) =>
  slugs.map((slug): Entry => ({ type: 'pass', at, slug, edition: language }));
const taking = (language: Edition): Entry => ({ type: 'edition', at, edition: language });

function stand(...entries: readonly Entry[]) {
  return standTrack(catalog, track, deriveProgress(entries));
}

function states(...entries: readonly Entry[]): string {
  const topics = stand(...entries).phases.flatMap((phase) => phase.topics);
  return topics
    .flatMap((topic) => topic.exercises.map((row) => `${row.slug}:${row.standing.state}`))
    .join(' ');
}

describe('who takes the Python edition', () => {
  test('sees which exercises are written in another language only; they are in the way of nothing', () => {
    expect(states(taking('python'))).toBe('both:open script:other-edition sql:open later:locked');
    expect(states(taking('python'), ...passed('python', 'both', 'sql'))).toBe(
      'both:passed script:other-edition sql:passed later:open',
    );
    expect(stand(taking('python')).exercises).toEqual({
      done: 0,
      skipped: 0,
      available: 3,
      total: 4,
      otherEdition: 1,
    });
  });

  test('goes on past them', () => {
    const entries = [taking('python'), ...passed('python', 'both')];
    expect(nextExercise(stand(...entries), 'both')?.slug).toBe('sql');
  });

  test('may pass them in the other language all the same', () => {
    const entries = [taking('python'), ...passed('typescript', 'script')];
    expect(states(...entries)).toContain('script:passed');
    expect(stand(...entries).exercises).toMatchObject({ done: 1, available: 4, otherEdition: 0 });
  });
});

describe('a pass', () => {
  const all = passed('typescript', 'both', 'script', 'sql');

  test('counts in its own edition; of a language-neutral exercise in both', () => {
    expect(states(...all)).toBe('both:passed script:passed sql:passed later:open');
    expect(states(...all, taking('python'))).toContain('both:open script:passed sql:passed');
  });

  test('keeps open in the other edition what it opened', () => {
    expect(states(...all, taking('python'))).toContain('later:open');
    expect(nextExercise(stand(...all, taking('python')))?.slug).toBe('both');
  });
});
