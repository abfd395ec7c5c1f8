import { describe, expect, test } from 'vitest';
import { atWork, pass, Play, TRACK_CHOSEN } from '../support/play.ts';
import { failed, passed } from '../support/states.ts';

const passedFirst = (): Play => atWork(failed()).save().judge(passed());

describe('a pass and the way on', () => {
  test('are two events: nothing moves until n is pressed', () => {
    const play = passedFirst();
    expect(play.state.current?.exercise.slug).toBe('lru-ttl-cache');
    expect(play.state.opening).toBeUndefined();
    play.press('n');
    expect(play.state.opening).toBe('cache-stampede');
  });

  test('n is no key before the pass', () => {
    const play = atWork(failed());
    expect(play.binding('n')).toBeUndefined();
    play.send({ type: 'command', command: { do: 'next' } });
    expect(play.state.opening).toBeUndefined();
  });

  test('n stays a key when a later save fails again: a pass is permanent', () => {
    const play = passedFirst().save().judge(failed());
    expect(play.press('n').state.opening).toBe('cache-stampede');
  });

  test('the next exercise passes over those that are not written yet', () => {
    expect(passedFirst().press('n').all('open').at(-1)?.slug).toBe('cache-stampede');
  });

  test('opening is written down, so that the next start resumes there', () => {
    const play = passedFirst().press('n');
    expect(play.journal.at(-1)).toBe('open cache-stampede');
    const { screen, opening } = new Play(play.entries).state;
    expect({ screen, opening }).toEqual({ screen: { name: 'kata' }, opening: 'cache-stampede' });
  });
});

describe('the end of a phase', () => {
  const lastOfPhase = (): Play =>
    new Play([TRACK_CHOSEN, pass('lru-ttl-cache')]).arrive().judge(failed()).save().judge(passed());

  test('has a screen of its own before the next phase', () => {
    const play = lastOfPhase().press('n');
    expect(play.state.screen).toEqual({
      name: 'closing',
      what: 'phase',
      title: 'System design and load',
    });
    expect(play.state.opening).toBeUndefined();
    play.press('return');
    expect(play.state.opening).toBe('sql-joins');
  });

  test('leads on from the current exercise, past open ones before it', () => {
    const play = new Play([TRACK_CHOSEN, { type: 'unlock', track: 'middle' }, pass('sql-joins')]);
    play.press('l', 'end', 'return').arrive().judge(passed()).press('n');
    expect(play.state.opening).toBe('lru-ttl-cache');
  });

  test('comes when the learner goes on, however often they save before that', () => {
    const play = lastOfPhase().save().judge(failed()).save().judge(passed()).press('n');
    expect(play.state.screen).toMatchObject({ name: 'closing', what: 'phase' });
  });

  test('comes too when the kata was copied again after the pass', () => {
    const play = lastOfPhase().send({ type: 'kata-missing' }).press('return').arrive();
    expect(play.judge(failed()).press('n').state.screen).toMatchObject({ name: 'closing' });
  });

  test('is not celebrated again when the learner comes back later', () => {
    const passes = [pass('lru-ttl-cache'), pass('cache-stampede')];
    const play = new Play([TRACK_CHOSEN, ...passes, { type: 'open', slug: 'cache-stampede' }]);
    expect(play.arrive().judge(passed()).press('n').state.opening).toBe('sql-joins');
  });

  test('a save leads back from it to the verdict', () => {
    const play = lastOfPhase().press('n').save();
    expect(play.state.screen).toEqual({ name: 'kata' });
    expect(play.state.run.state).toBe('running');
  });
});

describe('the end of a track', () => {
  test('has a screen of its own, and leads to the list', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache'), pass('cache-stampede')]);
    play.arrive().judge(failed()).save().judge(passed()).press('n');
    expect(play.state.screen).toMatchObject({
      name: 'closing',
      what: 'track',
      title: 'From junior to a solid middle developer',
    });
    expect(play.press('return').state.screen.name).toBe('list');
  });

  test('comes after a skip too', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache'), pass('cache-stampede')]);
    play.arrive().judge(failed()).press('u', 'y');
    expect(play.state.screen).toMatchObject({ name: 'closing', what: 'track' });
  });
});

describe('a skip', () => {
  test('is asked about first', () => {
    const play = atWork(failed());
    const { journal } = play;
    play.press('u');
    expect(play.state.screen).toEqual({ name: 'confirm', question: 'skip' });
    play.press('n');
    expect(play.state.screen).toEqual({ name: 'kata' });
    expect(play.journal).toEqual(journal);
  });

  test('is written down and leads on', () => {
    const play = atWork(failed()).press('u', 'y');
    expect(play.journal.slice(-2)).toEqual(['skip lru-ttl-cache', 'open cache-stampede']);
    expect(play.state.progress.exercises.get('lru-ttl-cache')?.passedAt).toBeUndefined();
  });

  test('is not offered after the pass', () => {
    expect(passedFirst().binding('u')).toBeUndefined();
  });
});

describe('unlocking a track', () => {
  test('is asked about first, and opens everything that is written', () => {
    const play = atWork(failed()).press('l', 'u');
    expect(play.state.screen).toEqual({ name: 'confirm', question: 'unlock-track' });
    play.press('y');
    expect(play.journal.at(-1)).toBe('unlock middle');
    expect(play.state.screen.name).toBe('list');
    expect(play.press('end', 'return').state.opening).toBe('sql-joins');
  });

  test('leads back to the list when it is declined', () => {
    expect(atWork(failed()).press('l', 'u', 'escape').state.screen.name).toBe('list');
  });

  test('is offered once', () => {
    expect(atWork(failed()).press('l', 'u', 'y').binding('u')).toBeUndefined();
  });
});

describe('a reset', () => {
  const reset = (): Play => atWork(failed()).press('h', 'x', 'y');
  const done = { type: 'reset-done', slug: 'lru-ttl-cache', backup: '/backups/one' } as const;

  test('is asked about first', () => {
    const play = atWork(failed()).press('x');
    expect(play.state.screen).toEqual({ name: 'confirm', question: 'reset' });
    expect(play.press('escape').all('reset')).toEqual([]);
  });

  test('says where the files are kept, and begins the hints anew', () => {
    const play = reset().send(done);
    expect(play.journal.at(-1)).toBe('reset lru-ttl-cache');
    expect(play.state.notice?.text).toContain('/backups/one');
    expect(play.state.current?.hints).toBe(0);
  });

  test('greets the starter, which is no attempt', () => {
    const play = reset().send(done);
    expect(play.state.run).toMatchObject({ state: 'running', cause: 'opened' });
    expect(play.state.shown).toBeUndefined();
    play.judge(failed());
    expect(play.journal.filter((line) => line.startsWith('attempt'))).toEqual([]);
  });

  test('calls off a run that is under way', () => {
    const play = reset().save().send(done).judge(failed()).judge(failed());
    expect(play.journal.filter((line) => line.startsWith('attempt'))).toEqual([]);
    expect(play.all('grade')).toHaveLength(3);
  });

  test('of an exercise that was left meanwhile leaves the open one as it is', () => {
    const play = passedFirst().press('x', 'y', 'n').arrive().judge(failed());
    const { shown } = play.state;
    play.send(done);
    expect(play.state.shown).toBe(shown);
    expect(play.state.run.state).toBe('idle');
    expect(play.journal.at(-1)).toBe('reset lru-ttl-cache');
  });

  test('that fails is told', () => {
    const play = reset();
    play.fail(play.all('reset').at(-1), 'The disk is full.');
    expect(play.state.notice?.text).toBe('The disk is full.');
    expect(play.state.shown).toBeDefined();
  });
});
