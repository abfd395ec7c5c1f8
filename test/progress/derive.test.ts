import { describe, expect, test } from 'vitest';
import { deriveProgress } from '../../runner/progress/derive.ts';
import type { AttemptKind, Entry, NewEntry } from '../../runner/progress/model.ts';

const derive = (...entries: readonly NewEntry[]) =>
  deriveProgress(
    entries.map((entry, index): Entry => ({ ...entry, at: `2026-11-20T10:00:0${index}.000Z` })),
  );
const of = (slug: string, ...entries: readonly NewEntry[]) =>
  derive(...entries).exercises.get(slug);

const attempt = (verdict: AttemptKind): NewEntry => ({
  type: 'attempt',
  slug: 'a',
  edition: 'typescript',
  verdict,
  passed: 0,
  total: 3,
  duration: 30,
});
const pass: NewEntry = { type: 'pass', slug: 'a', edition: 'typescript' };

describe('a learner', () => {
  test('who has done nothing takes the TypeScript edition and no track', () => {
    expect(derive()).toEqual({
      exercises: new Map(),
      unlockedTracks: new Set(),
      edition: 'typescript',
    });
  });

  test('is where they were last', () => {
    const progress = derive(
      { type: 'track', track: 'one' },
      { type: 'edition', edition: 'python' },
      { type: 'open', slug: 'a' },
      { type: 'workspace', folder: '/katas' },
      { type: 'track', track: 'two' },
      { type: 'open', slug: 'b' },
      { type: 'unlock', track: 'one' },
    );
    expect(progress).toMatchObject({
      track: 'two',
      edition: 'python',
      current: 'b',
      workspace: '/katas',
      unlockedTracks: new Set(['one']),
    });
  });
});

describe('an exercise', () => {
  test('counts its attempts and remembers the last verdict', () => {
    expect(of('a', attempt('failed'), attempt('timed-out'))).toEqual({
      passedEditions: [],
      attempts: 2,
      hints: 0,
      revealed: false,
      lastVerdict: 'timed-out',
    });
  });

  test('stays passed since the first pass, whatever comes later', () => {
    const progress = of('a', pass, attempt('failed'), pass);
    expect(progress).toMatchObject({
      passedAt: '2026-11-20T10:00:00.000Z',
      passedEditions: ['typescript'],
      lastVerdict: 'failed',
    });
  });

  test('is passed by an attempt that passed, even when the pass itself was never written', () => {
    expect(of('a', attempt('passed'))?.passedAt).toBe('2026-11-20T10:00:00.000Z');
  });

  test('lists the editions in which it was passed', () => {
    const progress = of('a', pass, { ...pass, edition: 'python' });
    expect(progress?.passedEditions).toEqual(['typescript', 'python']);
  });

  test('keeps the highest hint until a reset, and the pass beyond it', () => {
    const hint = (number: number): NewEntry => ({ type: 'hint', slug: 'a', hint: number });
    const reset: NewEntry = { type: 'reset', slug: 'a', edition: 'typescript', backup: '/b' };
    expect(of('a', hint(1), hint(3), hint(2))?.hints).toBe(3);
    expect(of('a', pass, hint(3), reset)).toMatchObject({ hints: 0, attempts: 0 });
    expect(of('a', pass, hint(3), reset)?.passedAt).toBeDefined();
    expect(of('a', hint(3), reset, hint(1))?.hints).toBe(1);
  });

  test('remembers that it was skipped and that its solution was revealed', () => {
    const progress = of('a', { type: 'skip', slug: 'a' }, { type: 'reveal', slug: 'a' });
    expect(progress).toMatchObject({ skippedAt: '2026-11-20T10:00:00.000Z', revealed: true });
  });

  test('is kept when the catalogue no longer knows it', () => {
    expect(of('long-gone', { ...pass, slug: 'long-gone' })?.passedAt).toBeDefined();
  });
});
