import { describe, expect, test } from 'vitest';
import { listRows } from '../../runner/session/list.ts';
import { atWork, pass, Play, TRACK_CHOSEN } from '../support/play.ts';
import { CATALOG, failed, passed } from '../support/states.ts';

const inList = (): Play => atWork(failed()).press('l');
const slugs = ({ state }: Play): string[] => listRows(state).map(({ exercise }) => exercise.slug);
const cursor = ({ state: { screen } }: Play): number => ('cursor' in screen ? screen.cursor : -1);

describe('the list', () => {
  test('shows every exercise of the track in its order, the planned ones too', () => {
    expect(slugs(inList())).toEqual([
      'lru-ttl-cache',
      'cache-aside',
      'cache-stampede',
      'sql-joins',
    ]);
  });

  test('has its cursor on the open exercise', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache')]).arrive();
    expect(cursor(play.press('l'))).toBe(2);
  });

  test('keeps the cursor on its rows', () => {
    const play = inList();
    expect(cursor(play.press('up'))).toBe(0);
    expect(cursor(play.press('pageDown'))).toBe(3);
    expect(cursor(play.press('down'))).toBe(3);
    expect(cursor(play.press('home'))).toBe(0);
    expect(cursor(play.press('end', 'up'))).toBe(2);
  });

  test('filters: all, open, passed, planned, and all again', () => {
    const play = inList();
    expect(slugs(play.press('f'))).toEqual(['lru-ttl-cache']);
    expect(slugs(play.press('f'))).toEqual([]);
    expect(slugs(play.press('f'))).toEqual(['cache-aside']);
    expect(slugs(play.press('f'))).toHaveLength(4);
  });

  test('moves the cursor to the first row with each filter', () => {
    expect(cursor(inList().press('end', 'f'))).toBe(0);
  });

  test('offers neither to open nor to move where no row is left', () => {
    const play = inList().press('f', 'f');
    expect([play.binding('return'), play.binding('down')]).toEqual([undefined, undefined]);
  });

  test('is searched by title, slug, topic and phase, whatever the case', () => {
    const search = (text: string): string[] => slugs(inList().press('/', ...text, 'return'));
    expect(search('STAMPEDES')).toHaveLength(3);
    expect(search('ttl')).toEqual(['lru-ttl-cache']);
    expect(search('databases')).toEqual(['sql-joins']);
    expect(search('no such thing')).toEqual([]);
  });

  test('takes letters that are keys elsewhere into the search, q too', () => {
    const play = inList().press('/', 's', 'q', 'l');
    expect(play.state).toMatchObject({ phase: 'live', screen: { query: 'sql', searching: true } });
  });

  test('drops the last letter with backspace and the whole search with escape', () => {
    const play = inList().press('/', 'l', 'r', 'x', 'backspace');
    expect(slugs(play)).toEqual(['lru-ttl-cache']);
    expect(slugs(play.press('escape'))).toHaveLength(4);
    expect(play.state.screen).toMatchObject({ name: 'list', searching: false });
  });

  test('stays within its rows when a pass makes them fewer', () => {
    const play = atWork(failed()).save().press('l', 'f').judge(passed());
    expect(slugs(play)).toEqual(['cache-stampede']);
    expect(cursor(play)).toBe(0);
  });

  test('opens an exercise that is open or passed', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache')]).arrive().judge(failed());
    expect(play.press('l', 'home', 'return').state.opening).toBe('lru-ttl-cache');
  });

  test('leads back to the kata from the row of the open exercise', () => {
    const play = inList().press('return');
    expect(play.state.screen).toEqual({ name: 'kata' });
    expect(play.all('open')).toHaveLength(1);
  });

  test('leads back to the kata that is open while another one is being opened', () => {
    const play = new Play([TRACK_CHOSEN, pass('lru-ttl-cache')]).arrive().judge(failed());
    play.press('l', 'home', 'return', 'l', 'end', 'up', 'return');
    expect(play.state.opening).toBe('cache-stampede');
    expect(play.arrive('lru-ttl-cache').state.current?.exercise.slug).toBe('cache-stampede');
  });

  test('says what opens a locked exercise', () => {
    const play = inList().press('end', 'return');
    expect(play.state.notice?.text).toContain('Opens after');
    expect(play.state.opening).toBeUndefined();
  });

  test('says that an exercise is not written yet', () => {
    expect(inList().press('down', 'return').state.notice?.text).toContain('not written yet');
  });

  test('stays where it is when a save comes in', () => {
    const play = inList().save();
    expect(play.state.screen.name).toBe('list');
    expect(play.state.run.state).toBe('running');
  });

  test('without an open kata leads to the tracks and out, not back to nothing', () => {
    const play = new Play([TRACK_CHOSEN, ...[...CATALOG.exercises.keys()].map(pass)]);
    expect(play.binding('escape')).toBeUndefined();
    expect(play.press('t').state.screen.name).toBe('tracks');
    expect(play.press('escape').state.screen.name).toBe('list');
    expect(play.press('q').state.phase).toBe('quitting');
  });
});

describe('pages above the kata', () => {
  test.each(['b', '?'])('%s opens one and escape closes it', (key) => {
    const play = atWork(failed()).press(key);
    expect(play.state.screen.name).not.toBe('kata');
    expect(play.press('escape').state.screen).toEqual({ name: 'kata' });
  });

  test.each(['b', '?'])('a save leads from the page of %s to the verdict', (key) => {
    expect(atWork(failed()).press(key).save().state.screen).toEqual({ name: 'kata' });
  });

  test('remember where the reader is', () => {
    const play = atWork(failed()).press('b').send({ type: 'scrolled', to: 7 });
    expect(play.state.screen).toEqual({ name: 'brief', scroll: 7 });
    play.press('escape').send({ type: 'scrolled', to: 3 });
    expect(play.state.screen).toEqual({ name: 'kata' });
  });

  test('the details of a verdict are a page where it has any', () => {
    expect(atWork(passed()).binding('p')).toBeUndefined();
    expect(atWork(failed()).press('p').state.screen.name).toBe('output');
    expect(atWork(passed({ output: 'hello' })).press('p').state.screen.name).toBe('output');
  });
});

describe('hints', () => {
  test('come one after the other, and each is written down', () => {
    const play = atWork(failed()).press('h');
    expect(play.state.current?.hints).toBe(1);
    expect(play.entries.at(-1)).toMatchObject({ type: 'hint', hint: 1 });
    expect(play.press('h').state.current?.hints).toBe(2);
  });

  test('end with the last one', () => {
    expect(atWork(failed()).press('h', 'h').binding('h')).toBeUndefined();
  });

  test('are there again when the exercise is opened again', () => {
    const play = atWork(failed()).press('h');
    expect(new Play(play.entries).arrive().state.current?.hints).toBe(1);
  });

  test('asked for in the brief show themselves on the kata screen', () => {
    expect(atWork(failed()).press('b', 'h').state.screen).toEqual({ name: 'kata' });
  });
});

describe('the solution', () => {
  const solution = { files: [], explanation: 'Why', suite: { name: 's', text: '' } };

  test('is closed before the pass', () => {
    const play = atWork(failed());
    expect(play.binding('s')).toBeUndefined();
    play.send({ type: 'command', command: { do: 'solution' } });
    expect(play.state.screen.name).toBe('kata');
  });

  test('opens after the pass with the explanation, and turns its pages in a circle', () => {
    const play = atWork(failed()).save().judge(passed()).press('s');
    expect(play.journal.at(-1)).toBe('reveal lru-ttl-cache');
    play.send({ type: 'revealed', slug: 'lru-ttl-cache', solution });
    expect(play.state.current?.solution).toBe(solution);
    const pages = ['explanation', 'solution', 'suite', 'explanation'];
    for (const page of pages) {
      expect(play.state.screen).toMatchObject({ name: 'solution', page, scroll: 0 });
      play.press('tab');
    }
  });

  test('of an exercise that was left is not shown', () => {
    const play = atWork(failed()).save().judge(passed()).press('s', 'escape', 'n').arrive();
    play.send({ type: 'revealed', slug: 'lru-ttl-cache', solution });
    expect(play.state.current?.solution).toBeUndefined();
  });
});

describe('checking everything that is passed', () => {
  const passes = [TRACK_CHOSEN, pass('lru-ttl-cache'), pass('cache-stampede'), pass('gone-since')];
  const checking = (): Play => new Play(passes).arrive().judge(failed()).press('c');
  const result = (slug: string) => ({ type: 'rechecked', slug, verdict: passed() }) as const;

  test('says so when nothing is passed yet', () => {
    const play = atWork(failed()).press('c');
    expect(play.state.screen).toEqual({ name: 'kata' });
    expect(play.state.notice?.text).toContain('Nothing is passed yet');
  });

  test('goes through the exercises that still exist', () => {
    const play = checking();
    expect(play.all('recheck')).toMatchObject([
      { katas: [{ slug: 'lru-ttl-cache' }, { slug: 'cache-stampede' }] },
    ]);
    play.send(result('lru-ttl-cache'));
    expect(play.state.screen).toMatchObject({ check: { finished: false } });
    play.send(result('cache-stampede'));
    expect(play.state.screen).toMatchObject({ check: { finished: true } });
  });

  test('is no attempt', () => {
    const play = checking().send(result('lru-ttl-cache'));
    expect(play.journal.filter((line) => line.startsWith('attempt'))).toEqual([]);
  });

  test('stops when the learner leaves it', () => {
    const play = checking().press('escape');
    expect(play.all('stop-recheck')).toHaveLength(1);
    expect(play.state.screen).toEqual({ name: 'kata' });
    play.send(result('lru-ttl-cache'));
    expect(play.state.screen).toEqual({ name: 'kata' });
  });
});

describe('a notice', () => {
  test('stays until the next key', () => {
    const play = atWork(failed()).send({
      type: 'noticed',
      notice: { tone: 'info', text: 'Look here.' },
    });
    expect(play.state.notice?.text).toBe('Look here.');
    expect(play.press('b').state.notice).toBeUndefined();
  });

  test('stays until the next save', () => {
    const play = atWork(failed()).send({
      type: 'noticed',
      notice: { tone: 'info', text: 'Look here.' },
    });
    expect(play.save().state.notice).toBeUndefined();
  });
});

describe('the editor', () => {
  test('is asked for the kata, and a failure is told', () => {
    const play = atWork(failed()).press('o');
    expect(play.all('edit')).toMatchObject([{ slug: 'lru-ttl-cache' }]);
    play.fail(play.all('edit').at(-1), 'Set $EDITOR.');
    expect(play.state.notice).toEqual({ tone: 'warning', text: 'Set $EDITOR.' });
  });
});
