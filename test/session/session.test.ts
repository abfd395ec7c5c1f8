import { describe, expect, test, vi } from 'vitest';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { deriveProgress } from '../../runner/progress/derive.ts';
import type { Entry, NewEntry } from '../../runner/progress/model.ts';
import type { KataEvent, Ports } from '../../runner/session/ports.ts';
import { begin } from '../../runner/session/reduce.ts';
import { startSession, type Session } from '../../runner/session/session.ts';
import type { Command, State } from '../../runner/session/state.ts';
import { aborted, pass, TRACK_CHOSEN } from '../support/play.ts';
import { CATALOG, CONTENT, failed, passed } from '../support/states.ts';

/** A grading that the test ends. */
interface Grading {
  readonly slug: string;
  readonly signal: AbortSignal;
  readonly end: (verdict: Verdict) => void;
}

interface World {
  readonly session: Session;
  readonly gradings: Grading[];
  /** Slugs that were watched, and what reports an event of each. */
  readonly watched: { readonly slug: string; readonly report: (event: KataEvent) => void }[];
  readonly journal: NewEntry[];
}

/** A session on ports that do at once what they are asked for, but for gradings. */
function start(entries: readonly NewEntry[] = [TRACK_CHOSEN], over: Partial<Ports> = {}): World {
  const journal = [...entries];
  const gradings: Grading[] = [];
  const watched: World['watched'] = [];
  const progress = () =>
    deriveProgress(journal.map((entry): Entry => ({ ...entry, at: '2026-11-20T10:00:00.000Z' })));
  const ports: Ports = {
    record(entry) {
      journal.push(entry);
      return { progress: progress(), written: Promise.resolve() };
    },
    open: (slug) => Promise.resolve({ folder: `/workspace/${slug}`, content: CONTENT }),
    watch(slug, _edition, report) {
      watched.push({ slug, report });
      return Promise.resolve();
    },
    grade: (slug, _edition, signal) =>
      new Promise((end) => {
        gradings.push({ slug, signal, end });
        signal.addEventListener('abort', () => end(aborted()));
      }),
    reveal: () =>
      Promise.resolve({ files: [], explanation: 'Why', suite: { name: 's', text: '' } }),
    recognize: () => Promise.resolve(undefined),
    edit: () => Promise.resolve(),
    reset: () => Promise.resolve('/backup'),
    close: () => Promise.resolve(),
    ...over,
  };
  const session = startSession(begin(CATALOG, progress()), ports);
  return { session, gradings, watched, journal };
}

/** Waits until the state is as wanted; the time limit only guards. */
async function until(session: Session, wanted: (state: State) => boolean): Promise<State> {
  return vi.waitUntil(() => (wanted(session.state()) ? session.state() : undefined), {
    timeout: 5_000,
    interval: 1,
  });
}

const press = (session: Session, command: Command): void =>
  session.dispatch({ type: 'command', command });
const idle = ({ run }: State): boolean => run.state === 'idle';

describe('a session', () => {
  test('opens, watches and greets the exercise that it begins with', async () => {
    const { session, gradings, watched } = start();
    await until(session, ({ run }) => run.state === 'running');
    expect(watched.map(({ slug }) => slug)).toEqual(['lru-ttl-cache']);
    gradings[0]?.end(failed());
    expect((await until(session, idle)).shown?.verdict.kind).toBe('failed');
  });

  test('aborts the grading that a save made stale, and grades again', async () => {
    const { session, gradings, watched } = start();
    await until(session, ({ run }) => run.state === 'running');
    watched[0]?.report('saved');
    await until(session, ({ runs }) => runs === 2);
    expect(gradings[0]?.signal.aborted).toBe(true);
    expect(gradings[1]?.signal.aborted).toBe(false);
  });

  test('takes a pass into the progress before it goes on', async () => {
    const { session, gradings, watched, journal } = start();
    await until(session, ({ run }) => run.state === 'running');
    gradings[0]?.end(passed());
    await until(session, idle);
    press(session, { do: 'next' });
    await until(session, ({ current }) => current?.exercise.slug === 'cache-stampede');
    expect(watched.at(-1)?.slug).toBe('cache-stampede');
    expect(journal.map(({ type }) => type)).toEqual(['track', 'open', 'attempt', 'pass', 'open']);
  });

  test('tells its listeners of a pass once, with all that follows from it', async () => {
    const { session, gradings } = start();
    await until(session, ({ run }) => run.state === 'running');
    const seen: State[] = [];
    session.subscribe((state) => seen.push(state));
    gradings[0]?.end(passed());
    await until(session, idle);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.shown?.unlocked).toEqual(['Cache stampedes']);
    expect(seen[0]?.progress.exercises.get('lru-ttl-cache')?.passedAt).toBeDefined();
  });

  test('lets a listener send events, which come after what it is told', async () => {
    const { session, gradings, journal } = start();
    await until(session, ({ run }) => run.state === 'running');
    session.subscribe(({ shown, opening }) => {
      if (shown?.firstPass && opening === undefined) press(session, { do: 'next' });
    });
    gradings[0]?.end(passed());
    await until(session, ({ current }) => current?.exercise.slug === 'cache-stampede');
    expect(journal.slice(-3).map(({ type }) => type)).toEqual(['attempt', 'pass', 'open']);
  });

  test('no longer tells a listener that has left', async () => {
    const { session } = start();
    let told = 0;
    session.subscribe(() => (told += 1))();
    await until(session, ({ run }) => run.state === 'running');
    expect(told).toBe(0);
  });
});

describe('opening', () => {
  const twoOpen = [TRACK_CHOSEN, { type: 'unlock', track: 'middle' }] as const;

  test('watches only the exercise that the learner went to last, however slow the others are', async () => {
    const slow = Promise.withResolvers<void>();
    const open: Ports['open'] = async (slug) => {
      if (slug === 'lru-ttl-cache') await slow.promise;
      return { folder: `/workspace/${slug}`, content: CONTENT };
    };
    const { session, watched } = start(twoOpen, { open });
    press(session, { do: 'list' });
    press(session, { do: 'move-to', end: 'last' });
    press(session, { do: 'choose' });
    await until(session, ({ current }) => current?.exercise.slug === 'sql-joins');
    slow.resolve();
    await slow.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(watched.map(({ slug }) => slug)).toEqual(['sql-joins']);
    expect(session.state().current?.exercise.slug).toBe('sql-joins');
  });

  test('holds back what happens to the kata until the learner is there', async () => {
    const { session } = start([TRACK_CHOSEN], {
      watch: (_slug, _edition, report) => {
        report('missing');
        return Promise.resolve();
      },
    });
    const state = await until(session, ({ current }) => current?.kata === 'missing');
    expect(state.current?.exercise.slug).toBe('lru-ttl-cache');
  });

  test('that fails is told, and the session goes on', async () => {
    const { session, watched } = start([TRACK_CHOSEN], {
      open: () => Promise.reject(new Error('The workspace cannot be written.')),
    });
    const state = await until(session, ({ notice }) => notice !== undefined);
    expect(state.notice?.text).toBe('The workspace cannot be written.');
    expect(state.opening).toBeUndefined();
    expect(watched).toEqual([]);
  });
});

describe('what a port cannot do', () => {
  test('is told when a grading throws, and the next save is graded', async () => {
    let calls = 0;
    const { session, watched } = start([TRACK_CHOSEN], {
      grade: () => {
        calls += 1;
        if (calls === 1) throw new Error('It is not written in this edition.');
        return Promise.resolve(failed());
      },
    });
    await until(session, ({ notice }) => notice?.text.includes('edition') === true);
    watched[0]?.report('saved');
    const state = await until(session, ({ shown }) => shown !== undefined);
    expect(state.notice).toBeUndefined();
  });

  test('is told when the journal cannot be written, and the progress counts all the same', async () => {
    const { session } = start([TRACK_CHOSEN], {
      record: (entry) => ({
        progress: deriveProgress([
          { ...TRACK_CHOSEN, at: '2026-11-20T10:00:00.000Z' },
          { ...entry, at: '2026-11-20T10:00:00.000Z' },
        ]),
        written: Promise.reject(new Error('Your progress could not be written.')),
      }),
    });
    const state = await until(session, ({ notice }) => notice !== undefined);
    expect(state.notice).toMatchObject({ tone: 'warning' });
    expect(state.progress.current).toBe('lru-ttl-cache');
  });
});

describe('leaving', () => {
  test('calls off the grading, then closes the ports, then ends', async () => {
    const order: string[] = [];
    const { session, gradings } = start([TRACK_CHOSEN], {
      close: () => {
        order.push('close');
        return Promise.resolve();
      },
    });
    await until(session, ({ run }) => run.state === 'running');
    gradings[0]?.signal.addEventListener('abort', () => order.push('abort'));
    session.dispatch({ type: 'interrupted' });
    await session.ended;
    expect(order).toEqual(['abort', 'close']);
  });

  test('ends once, however often it is asked for', async () => {
    const close = vi.fn(() => Promise.resolve());
    const { session } = start([TRACK_CHOSEN], { close });
    session.dispatch({ type: 'interrupted' });
    press(session, { do: 'quit' });
    await session.ended;
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('says so when something could not be closed', async () => {
    const { session } = start([TRACK_CHOSEN], {
      close: () => Promise.reject(new Error('The grader does not end.')),
    });
    session.dispatch({ type: 'interrupted' });
    await expect(session.ended).rejects.toThrow('The grader does not end.');
  });

  test('ends a check of everything that is passed', async () => {
    const { session, gradings } = start([TRACK_CHOSEN, pass('lru-ttl-cache')]);
    await until(session, ({ run }) => run.state === 'running');
    press(session, { do: 'check' });
    await vi.waitUntil(() => gradings.length === 2);
    session.dispatch({ type: 'interrupted' });
    expect(gradings.every(({ signal }) => signal.aborted)).toBe(true);
    await session.ended;
  });
});

describe('checking everything that is passed', () => {
  test('goes through one after the other, and stops when the learner leaves', async () => {
    const passes = [TRACK_CHOSEN, pass('lru-ttl-cache'), pass('cache-stampede')];
    const { session, gradings } = start(passes);
    await until(session, ({ run }) => run.state === 'running');
    gradings[0]?.end(failed());
    await until(session, idle);
    press(session, { do: 'check' });
    await vi.waitUntil(() => gradings.length === 2);
    gradings[1]?.end(passed());
    await vi.waitUntil(() => gradings.length === 3);
    expect(gradings.slice(1).map(({ slug }) => slug)).toEqual(['lru-ttl-cache', 'cache-stampede']);
    press(session, { do: 'back' });
    expect(gradings[2]?.signal.aborted).toBe(true);
    expect(session.state().screen.name).toBe('kata');
  });
});
