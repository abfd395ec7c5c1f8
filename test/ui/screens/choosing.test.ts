import { describe, expect, test } from 'vitest';
import type { Screen } from '../../../runner/session/state.ts';
import { draw, drawn, LARGE, sentences } from '../../support/draw.tsx';
import { aState, failed, passed, progressWith } from '../../support/states.ts';

const PASSED = { passedAt: '2026-01-01T10:00:00Z', attempts: 7 };

test('the welcome says what happens here, and which key begins', () => {
  const text = sentences(aState({ screen: { name: 'welcome' } }));
  expect(text).toContain('1. Read the brief: what is wanted, never how.');
  expect(text).toContain('Press enter to choose your track.');
});

describe('the tracks', () => {
  const state = aState({ screen: { name: 'tracks', cursor: 0 } });

  test('are listed, the chosen one marked, with what it is about', () => {
    expect(draw(state).slice(3, 9)).toEqual([
      `▸ From junior to a solid middle developer${' '.repeat(31)}24 weeks`,
      `  A weekend with caches${' '.repeat(45)}about 45 min`,
      '',
      '  For those who write endpoints and want to know what is below them.',
      '',
      '  2 phases, 2 topics, 4 exercises, about 2 h 40 min.',
    ]);
  });

  test('say honestly how much of them is written', () => {
    expect(sentences(state)).toContain(
      '3 of them are written so far; the others are shown, passed over, and open as they arrive.',
    );
    const short = aState({ screen: { name: 'tracks', cursor: 1 } });
    expect(sentences(short)).toContain('All of them are written.');
  });

  test('that were begun tell how far they are', () => {
    const progress = progressWith({ 'lru-ttl-cache': PASSED });
    expect(drawn({ ...state, progress })).toMatch(/A weekend with caches +1 of 1 passed/);
    expect(drawn({ ...state, progress })).toContain('This is your track now.');
  });
});

test('the editions tell how many exercises each serves', () => {
  const text = drawn(aState({ screen: { name: 'editions', cursor: 1 } }));
  expect(text).toMatch(/ {2}TypeScript +3 of 3 exercises so far/);
  expect(text).toMatch(/▸ Python +0 of 3 exercises so far/);
});

describe('the list', () => {
  const list = (over: Partial<Extract<Screen, { name: 'list' }>> = {}) =>
    aState({
      progress: progressWith({ 'lru-ttl-cache': PASSED }),
      screen: { name: 'list', filter: 'all', query: '', searching: false, cursor: 0, ...over },
    });

  test('shows all exercises of the track in order, under their phase and topic', () => {
    expect(draw(list()).slice(0, 13)).toEqual([
      'Topics  From junior to a solid middle developer                      4 exercises',
      '[all]   open    passed    planned',
      '─'.repeat(80),
      'System design and load',
      ' Cache patterns, lifetimes and stampedes',
      '▸ ✔ In-process caches: LRU and TTL                                ●●○○○   45 min',
      '  · Cache aside                                                   ●●○○○   40 min',
      '  ○ Cache stampedes                                               ●●●○○   45 min',
      '',
      'Databases in depth',
      ' Joins',
      '  ⊘ Joins  groundwork                                             ●●○○○   30 min',
      '',
    ]);
  });

  test('says of the row under the cursor what can be done with it', () => {
    const foot = (cursor: number) => draw(list({ cursor })).at(-4);
    expect(foot(0)).toBe('Passed. It can be opened again; the pass stays.');
    expect(foot(1)).toBe('Not written yet: it is passed over, and counts for nothing until it is.');
    expect(foot(2)).toBe('Open.');
    expect(foot(3)).toBe(
      'Locked. Opens after the topic "Cache patterns, lifetimes and stampedes".',
    );
  });

  test('shows the filter, and the query while it is typed', () => {
    const text = drawn(list({ filter: 'open', query: 'stamp', searching: true }));
    expect(text).toContain(' all   [open]   passed    planned    search: stamp_');
    expect(text).toContain('1 exercise\n');
    expect(text).not.toContain('LRU');
  });

  test('says when nothing is found', () => {
    expect(drawn(list({ query: 'zzz' }))).toContain('Nothing here.');
  });

  test('moves with the cursor where it does not fit', () => {
    const lines = draw(list({ cursor: 3 }), { columns: 80, rows: 14 });
    expect(lines.join('\n')).toContain('▸ ⊘ Joins');
    expect(lines.join('\n')).not.toContain('LRU');
  });
});

describe('a question', () => {
  test('says what a reset drops and keeps', () => {
    const text = sentences(aState({ screen: { name: 'confirm', question: 'reset' } }));
    expect(text).toContain('Start "In-process caches: LRU and TTL" over?');
    expect(text).toContain('a backup is made, and you are told where it lies');
  });

  test('says that a skip is no pass', () => {
    const text = sentences(aState({ screen: { name: 'confirm', question: 'skip' } }));
    expect(text).toContain('It is marked as skipped, not as passed');
  });

  test('says what opening a whole track means', () => {
    const text = sentences(aState({ screen: { name: 'confirm', question: 'unlock-track' } }));
    expect(text).toContain('Open all of "From junior to a solid middle developer"?');
    expect(text).toContain('Nothing is marked as passed.');
  });
});

describe('checking everything again', () => {
  const results = [
    { slug: 'lru-ttl-cache', verdict: passed() },
    { slug: 'cache-stampede', verdict: failed() },
  ];
  const slugs = ['lru-ttl-cache', 'cache-stampede', 'sql-joins'];

  test('shows how far it is, and what did not pass so far', () => {
    const text = drawn(
      aState({ screen: { name: 'checking', check: { slugs, results, finished: false } } }),
    );
    expect(text).toMatch(/█+░+ 2 of 3 checked/);
    expect(text).toContain('✔✘·');
    expect(text).toContain('✘ Cache stampedes  Not yet: 4 of 7 tests pass, 2 did not run.');
  });

  test('ends with what it means', () => {
    const done = (some: typeof results) =>
      sentences(
        aState({
          screen: {
            name: 'checking',
            check: { slugs: some.map(({ slug }) => slug), results: some, finished: true },
          },
        }),
      );
    expect(done(results)).toContain('1 exercise does not pass as the files are now.');
    expect(done(results.slice(0, 1))).toContain('All of it still passes.');
  });
});

test('the end of a phase adds up, and says what is known now', () => {
  const progress = progressWith({
    'lru-ttl-cache': PASSED,
    'cache-stampede': { skippedAt: '2026-01-02T10:00:00Z', attempts: 2 },
  });
  const screen: Screen = { name: 'closing', what: 'phase', title: 'System design and load' };
  const text = sentences(aState({ progress, screen }), LARGE);
  expect(text).toContain('Phase finished');
  expect(text).toContain('★ ★ ★ System design and load');
  expect(text).toContain(
    '1 exercise passed, 1 skipped, 9 attempts, about 45 min of work by our estimate.',
  );
  expect(text).toContain('• A hash map plus a linked list gives a cache');
});
