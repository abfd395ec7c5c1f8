import { describe, expect, test } from 'vitest';
import { pass, Play, TRACK_CHOSEN } from '../support/play.ts';
import { CATALOG, failed } from '../support/states.ts';

const everything = [...CATALOG.exercises.keys()].map(pass);

describe('a session begins', () => {
  test('with the welcome when no track is chosen', () => {
    const play = new Play();
    expect(play.state.screen).toEqual({ name: 'welcome' });
    expect(play.asked).toEqual([]);
  });

  test('with the exercise that was opened last', () => {
    const play = new Play([
      TRACK_CHOSEN,
      pass('lru-ttl-cache'),
      { type: 'open', slug: 'lru-ttl-cache' },
    ]);
    expect(play.all('open')).toMatchObject([{ slug: 'lru-ttl-cache', edition: 'typescript' }]);
    expect(play.state.screen).toEqual({ name: 'kata' });
    expect(play.journal.filter((line) => line.startsWith('open'))).toHaveLength(1);
  });

  test('with the first open exercise when none was opened yet', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache')]);
    expect(play.state.opening).toBe('cache-stampede');
    expect(play.journal.at(-1)).toBe('open cache-stampede');
  });

  test.each(['gone-since', 'sql-joins'])(
    'with the first open exercise when the last one is not open here: %s',
    (slug) => {
      expect(new Play([TRACK_CHOSEN, { type: 'open', slug }]).state.opening).toBe('lru-ttl-cache');
    },
  );

  test('with the list when everything is passed', () => {
    const play = new Play([TRACK_CHOSEN, ...everything]);
    expect(play.state.screen.name).toBe('list');
    expect(play.state.opening).toBeUndefined();
  });

  test('with the welcome when the chosen track does not exist any more', () => {
    const play = new Play([{ type: 'track', track: 'gone' }]);
    expect(play.state.screen.name).toBe('welcome');
    play.press('return', 'return');
    expect(play.state.opening).toBe('lru-ttl-cache');
  });
});

describe('a newcomer', () => {
  test('chooses a track, then the edition, then the first kata is opened', () => {
    const play = new Play().press('return');
    expect(play.state.screen).toEqual({ name: 'tracks', cursor: 0 });
    play.press('down', 'return');
    expect(play.state.screen).toEqual({ name: 'editions', cursor: 0 });
    expect(play.all('open')).toEqual([]);
    play.press('return');
    expect(play.journal).toEqual(['track short', 'edition typescript', 'open lru-ttl-cache']);
    expect(play.state.screen).toEqual({ name: 'kata' });
    play.arrive();
    expect(play.state.current?.exercise.slug).toBe('lru-ttl-cache');
    expect(play.state.opening).toBeUndefined();
  });

  test('is told when no exercise is written in the edition', () => {
    const play = new Play().press('return', 'return', 'down', 'return');
    expect(play.state.screen.name).toBe('editions');
    expect(play.state.notice?.text).toContain('No exercise is written');
    expect(play.state.progress.edition).toBe('typescript');
  });

  test('may go back from the editions and take another track', () => {
    const play = new Play().press('return', 'return', 'escape', 't', 'down', 'return');
    expect(play.state.progress.track).toBe('short');
    expect(play.state.opening).toBe('lru-ttl-cache');
  });

  test('may leave at once, from the welcome as from the tracks', () => {
    expect(new Play().press('q').state.phase).toBe('quitting');
    expect(new Play().press('return', 'q').state.phase).toBe('quitting');
  });
});

describe('later', () => {
  const playing = (): Play => new Play([TRACK_CHOSEN]).arrive().judge(failed());

  test('t shows the tracks, the cursor on the chosen one', () => {
    const play = new Play([{ type: 'track', track: 'short' }]).arrive().judge(failed());
    expect(play.press('t').state.screen).toEqual({ name: 'tracks', cursor: 1 });
  });

  test('another track is taken without a question, and its first open exercise is opened', () => {
    const play = playing().press('t', 'down', 'return');
    expect(play.journal.at(-1)).toBe('track short');
    expect(play.state.standing?.slug).toBe('short');
    expect(play.state.opening).toBe('lru-ttl-cache');
  });

  test('choosing the same track again leads back to the kata', () => {
    const play = playing();
    const { journal } = play;
    play.press('t', 'return');
    expect(play.state.screen).toEqual({ name: 'kata' });
    expect(play.journal).toEqual(journal);
  });

  test('choosing the same edition again leads back to the kata', () => {
    const play = playing();
    const { journal } = play;
    play.press('e', 'return');
    expect(play.state.screen).toEqual({ name: 'kata' });
    expect(play.journal).toEqual(journal);
  });

  test('escape leads back from the tracks to the kata', () => {
    expect(playing().press('t', 'escape').state.screen).toEqual({ name: 'kata' });
  });
});

describe('an exercise that cannot be opened', () => {
  const reason = 'The workspace cannot be written.';

  test('is told, and the learner may choose another one', () => {
    const play = new Play([TRACK_CHOSEN]);
    play.fail(play.all('open').at(-1), reason);
    expect(play.state.opening).toBeUndefined();
    expect(play.state.notice).toEqual({ tone: 'warning', text: reason });
    expect(play.press('l').state.screen.name).toBe('list');
  });

  test('leaves the one before it open and graded', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache')]).arrive().judge(failed());
    play.press('l', 'up', 'up', 'return');
    expect(play.state.opening).toBe('lru-ttl-cache');
    play.fail(play.all('open').at(-1), reason);
    play.save();
    expect(play.all('grade').at(-1)?.slug).toBe('cache-stampede');
  });

  test('that the learner has left meanwhile says nothing about the one that is opening', () => {
    const play = new Play([TRACK_CHOSEN, { type: 'unlock', track: 'middle' }]);
    const [first] = play.all('open');
    play.press('l', 'end', 'return');
    play.fail(first, reason);
    expect(play.state.opening).toBe('sql-joins');
    play.arrive('lru-ttl-cache');
    expect(play.state.current).toBeUndefined();
    expect(play.arrive('sql-joins').state.current?.exercise.slug).toBe('sql-joins');
  });
});
