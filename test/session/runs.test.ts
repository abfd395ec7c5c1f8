import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { aborted, atWork, pass, Play, TRACK_CHOSEN } from '../support/play.ts';
import { broken, crashed, failed, passed, timedOut, unrunnable } from '../support/states.ts';

const opened = (): Play => new Play([TRACK_CHOSEN]).arrive();

describe('a run', () => {
  test('greets an exercise that has been opened', () => {
    const play = opened();
    expect(play.all('grade')).toMatchObject([{ id: 1, slug: 'lru-ttl-cache' }]);
    expect(play.state.run).toMatchObject({ state: 'running', cause: 'opened' });
  });

  test('starts with a save, and its verdict is shown', () => {
    const play = atWork(failed()).save();
    expect(play.all('grade')).toHaveLength(2);
    expect(play.state.run).toMatchObject({ state: 'running', cause: 'saved' });
    const verdict = unrunnable();
    play.judge(verdict);
    expect(play.state.shown?.verdict).toBe(verdict);
    expect(play.state.run.state).toBe('idle');
  });

  test('starts when the learner asks for it', () => {
    const play = atWork(failed()).press('r');
    expect(play.state.run).toMatchObject({ state: 'running', cause: 'asked' });
  });

  test('leaves the last verdict on the screen while it goes on', () => {
    const before = failed();
    const play = atWork(before).save();
    expect(play.state.shown?.verdict).toBe(before);
  });
});

describe('a save during a run', () => {
  test('cuts the run short, and exactly one more follows', () => {
    const play = atWork(failed()).save().save();
    expect(play.all('abort')).toMatchObject([{ id: 2 }]);
    expect(play.all('grade')).toHaveLength(2);
    play.judge(aborted());
    expect(play.all('grade')).toHaveLength(3);
    play.judge(failed());
    expect(play.all('grade')).toHaveLength(3);
    expect(play.state.run.state).toBe('idle');
  });

  test('leads to one more run however often it is repeated', () => {
    const play = atWork(failed()).save().save().save().save();
    expect(play.all('abort')).toHaveLength(1);
    play.judge(aborted());
    expect(play.all('grade')).toHaveLength(3);
  });

  test('makes the verdict stale, even one that came through before the abort', () => {
    const before = failed();
    const play = atWork(before).save().save().judge(passed());
    expect(play.state.shown?.verdict).toBe(before);
    expect(play.journal).not.toContain('pass lru-ttl-cache');
  });

  test('turns the greeting of an opened exercise into an attempt', () => {
    const play = opened().save().judge(aborted()).judge(failed());
    expect(play.journal).toContain('attempt lru-ttl-cache failed');
  });
});

describe('a stale verdict', () => {
  test('of an earlier run is dropped', () => {
    const play = atWork(failed()).save();
    const [first] = play.all('grade');
    const { shown } = play.state;
    play.judge(passed(), first);
    expect(play.state.shown).toBe(shown);
    expect(play.state.run.state).toBe('running');
  });

  test('of an exercise that was left is dropped', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache'), open('lru-ttl-cache')]);
    play.arrive().judge(passed()).save();
    const grading = play.all('grade').at(-1);
    play.press('n').judge(passed(), grading);
    play.arrive().judge(passed(), grading);
    expect(play.all('abort')).toMatchObject([{ id: grading?.id }]);
    expect(play.journal.filter((line) => line.startsWith('attempt'))).toEqual([]);
    expect(play.state.shown).toBeUndefined();
  });

  test('that comes in after leaving changes nothing', () => {
    const play = atWork(failed()).save();
    play.send({ type: 'interrupted' }).judge(passed());
    expect(play.journal).not.toContain('attempt lru-ttl-cache passed');
  });
});

describe('what is written down', () => {
  const real: readonly Verdict[] = [failed(), unrunnable(), timedOut(), crashed()];

  test.each(real.map((verdict) => [verdict.kind, verdict] as const))(
    'is an attempt when a save ends as %s',
    (kind, verdict) => {
      const play = atWork(failed()).save().judge(verdict);
      expect(play.journal.at(-1)).toBe(`attempt lru-ttl-cache ${kind}`);
    },
  );

  test('is an attempt and a pass when a save passes', () => {
    const play = atWork(failed()).save().judge(passed());
    expect(play.journal.slice(-2)).toEqual(['attempt lru-ttl-cache passed', 'pass lru-ttl-cache']);
  });

  test.each([
    ['aborted', aborted()],
    ['broken', broken()],
  ])('is nothing when a save ends as %s', (_kind, verdict) => {
    const play = atWork(failed());
    const before = play.journal;
    expect(play.save().judge(verdict).journal).toEqual(before);
  });

  test('is nothing when an opened exercise is greeted', () => {
    const play = opened();
    const before = play.journal;
    expect(play.judge(failed()).journal).toEqual(before);
  });

  test('is a pass when an opened exercise passes for the first time', () => {
    expect(opened().judge(passed()).journal).toContain('pass lru-ttl-cache');
  });

  test('is nothing when an exercise that was passed before is greeted', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache'), open('lru-ttl-cache')]).arrive();
    const before = play.journal;
    expect(play.judge(passed()).journal).toEqual(before);
    expect(play.state.shown?.firstPass).toBe(false);
  });

  test('counts passed and expected tests, and whole milliseconds', () => {
    const play = atWork(failed()).save().judge(failed());
    expect(play.entries.at(-1)).toMatchObject({ passed: 4, total: 7, duration: 34 });
  });
});

describe('a verdict on the screen', () => {
  test('is the first pass once only', () => {
    const play = atWork(failed()).save().judge(passed());
    expect(play.state.shown?.firstPass).toBe(true);
    play.save().judge(passed());
    expect(play.state.shown?.firstPass).toBe(false);
  });

  test('names what the first pass opened', () => {
    const play = atWork(failed()).save().judge(passed());
    expect(play.state.shown?.unlocked).toEqual(['Cache stampedes']);
  });

  test('knows the tasks that were done before it', () => {
    const play = atWork(failed()).save().judge(passed());
    expect(play.state.shown?.tasksBefore).toEqual([1]);
  });

  test('keeps the tasks that were done before a run without tests', () => {
    const play = atWork(failed()).save().judge(unrunnable()).save().judge(failed());
    expect(play.state.shown?.tasksBefore).toEqual([1]);
  });
});

describe('a run that cannot be made', () => {
  test('is told, and waited for no longer', () => {
    const play = atWork(failed()).save();
    play.fail(play.all('grade').at(-1), 'No edition.');
    expect(play.state.run.state).toBe('idle');
    expect(play.state.notice).toEqual({ tone: 'warning', text: 'No edition.' });
  });

  test('is followed by another one when a save came in', () => {
    const play = atWork(failed()).save().save();
    play.fail(play.all('grade').at(-1), 'No edition.');
    expect(play.all('grade')).toHaveLength(3);
  });
});

describe('a kata that is gone', () => {
  test('is noticed, and a run that is under way is called off', () => {
    const play = atWork(failed()).save().send({ type: 'kata-missing' });
    expect(play.state.current?.kata).toBe('missing');
    expect(play.all('abort')).toHaveLength(1);
    expect(play.judge(failed()).journal).not.toContain('attempt lru-ttl-cache failed');
  });

  test('is offered again: enter copies it, and the copy is greeted', () => {
    const play = atWork(failed()).send({ type: 'kata-missing' }).press('return');
    expect(play.all('open').at(-1)).toMatchObject({ slug: 'lru-ttl-cache' });
    // The watcher that still runs sees the copy.
    play.send({ type: 'kata-back' });
    expect(play.all('grade')).toHaveLength(1);
    play.arrive();
    expect(play.state.current?.kata).toBe('present');
    expect(play.state.run).toMatchObject({ state: 'running', cause: 'opened' });
  });

  test('is graded when the learner puts it back', () => {
    const play = atWork(failed()).send({ type: 'kata-missing' }, { type: 'kata-back' });
    expect(play.state.current?.kata).toBe('present');
    expect(play.state.run.state).toBe('running');
  });
});

function open(slug: string) {
  return { type: 'open', slug } as const;
}
