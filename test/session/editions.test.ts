import { describe, expect, test } from 'vitest';
import type { Catalog, ExerciseEdition } from '../../runner/catalog/model.ts';
import type { NewEntry } from '../../runner/progress/model.ts';
import { pass, Play, TRACK_CHOSEN } from '../support/play.ts';
import { CATALOG, failed, passed } from '../support/states.ts';

const PYTHON: ExerciseEdition = {
  language: 'python',
  kata: ['kata.py'],
  examples: 'examples_test.py',
  hidden: 'hidden_test.py',
};

/** The caches are there in both languages, stampedes and joins in TypeScript only. */
const BILINGUAL: Catalog = {
  ...CATALOG,
  exercises: new Map(
    [...CATALOG.exercises].map(([slug, one]) => [
      slug,
      slug === 'lru-ttl-cache' ? { ...one, editions: [...one.editions, PYTHON] } : one,
    ]),
  ),
};
const IN_PYTHON: readonly NewEntry[] = [TRACK_CHOSEN, { type: 'edition', edition: 'python' }];

const play = (entries: readonly NewEntry[]): Play => new Play(entries, BILINGUAL);

describe('a newcomer', () => {
  test('chooses Python, and the first kata opens in it', () => {
    const played = play([]).press('return', 'return', 'down', 'return').arrive();
    expect(played.journal).toContain('edition python');
    expect(played.state.current).toMatchObject({
      exercise: { slug: 'lru-ttl-cache' },
      edition: 'python',
    });
    expect(played.all('grade')).toMatchObject([{ edition: 'python' }]);
  });
});

describe('the edition', () => {
  test('is changed from the tracks, and the same exercise opens in it', () => {
    const played = play([TRACK_CHOSEN]).arrive().judge(failed());
    played.press('t', 'e', 'down', 'return');
    expect(played.all('open').at(-1)).toMatchObject({ slug: 'lru-ttl-cache', edition: 'python' });
    played.arrive().judge(passed());
    expect(played.entries.filter(({ type }) => type === 'pass')).toMatchObject([
      { slug: 'lru-ttl-cache', edition: 'python' },
    ]);
  });

  test('that is changed twice while a kata is being opened is the last one chosen', () => {
    const played = play([TRACK_CHOSEN]).press('e', 'down', 'return');
    const [first] = played.all('open');
    const folder = '/workspace';
    const content = { brief: '', tasks: [], hints: [] };
    if (first) played.send({ ...first, type: 'opened', folder, content });
    expect(played.state.current).toBeUndefined();
    expect(played.arrive().state.current?.edition).toBe('python');
  });

  test('has its own passes: what is passed in the other one is open, and its pass is a first one', () => {
    const played = play([...IN_PYTHON, pass('lru-ttl-cache')]).arrive('lru-ttl-cache');
    expect(played.state.opening).toBeUndefined();
    expect(played.binding('n')).toBeUndefined();
    played.judge(passed());
    expect(played.state.shown?.firstPass).toBe(true);
  });
});

describe('an exercise that is not written in Python yet', () => {
  test('says so when the edition is changed on it, and leads on to one that is', () => {
    const entries = [TRACK_CHOSEN, pass('lru-ttl-cache'), { type: 'open', slug: 'cache-stampede' }];
    const played = play(entries as readonly NewEntry[])
      .arrive('cache-stampede')
      .judge(failed());
    played.press('e', 'down', 'return');
    expect(played.state.notice?.text).toBe(
      '"Cache stampedes" is not written in Python yet; the list opens it in TypeScript.',
    );
    expect(played.state.opening).toBe('lru-ttl-cache');
  });

  test('opens in TypeScript from the list, says so, and its pass counts there', () => {
    const played = play(IN_PYTHON).arrive().judge(failed()).press('l', 'down', 'down', 'return');
    expect(played.state.notice?.text).toContain('this is its TypeScript edition');
    expect(played.all('open').at(-1)).toMatchObject({
      slug: 'cache-stampede',
      edition: 'typescript',
    });
    played.arrive().judge(passed());
    expect(played.entries.at(-1)).toMatchObject({ type: 'pass', edition: 'typescript' });
    expect(played.state.progress.edition).toBe('python');
  });

  test('is passed over by next', () => {
    const played = play(IN_PYTHON).arrive().judge(passed()).press('n');
    expect(played.state.screen).toMatchObject({ name: 'closing', what: 'track' });
  });
});
