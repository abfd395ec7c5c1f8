import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewEntry } from '../../runner/progress/model.ts';
import { bindings } from '../../runner/session/keys.ts';
import { listRows } from '../../runner/session/list.ts';
import { reduce } from '../../runner/session/reduce.ts';
import type { Effect, Event, State } from '../../runner/session/state.ts';
import { aborted, pass, Play, TRACK_CHOSEN } from '../support/play.ts';
import { broken, CATALOG, failed, passed, timedOut, unrunnable } from '../support/states.ts';

// What holds in every state that a learner can reach, whatever they press and whenever things happen.

const VERDICTS = [passed, failed, unrunnable, timedOut, broken, aborted].map((make) => make());

const STARTS: readonly (readonly NewEntry[])[] = [
  [],
  [TRACK_CHOSEN],
  [TRACK_CHOSEN, pass('lru-ttl-cache')],
  [TRACK_CHOSEN, { type: 'unlock', track: 'middle' }],
  [TRACK_CHOSEN, ...[...CATALOG.exercises.keys()].map(pass)],
  [
    { type: 'track', track: 'gone' },
    { type: 'open', slug: 'gone' },
  ],
];

/** One thing that happens: a key that works, or an answer of the world. */
type Move =
  | { readonly kind: 'key' | 'letter' | 'verdict' | 'old verdict'; readonly nth: number }
  | { readonly kind: 'save' | 'missing' | 'back' | 'arrive' | 'answer' | 'fail' | 'scroll' };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('key' as const), nth: fc.nat({ max: 30 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('letter' as const, 'verdict' as const, 'old verdict' as const),
      nth: fc.nat({ max: 30 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'save' as const,
        'missing' as const,
        'back' as const,
        'arrive' as const,
        'answer' as const,
        'fail' as const,
        'scroll' as const,
      ),
    }),
  },
);

function pick<T>(values: readonly T[], nth: number): T | undefined {
  return values[nth % Math.max(1, values.length)];
}

function take(play: Play, move: Move): void {
  const { state, asked } = play;
  switch (move.kind) {
    case 'key': {
      const binding = pick(
        bindings(state).filter(({ command }) => command.do !== 'quit'),
        move.nth,
      );
      if (binding) play.send({ type: 'command', command: binding.command });
      break;
    }
    case 'letter':
      if (state.screen.name === 'list' && state.screen.searching)
        play.press(pick([...'lrux '], move.nth) ?? 'l');
      break;
    case 'verdict':
    case 'old verdict': {
      const gradings = play.all('grade');
      const grading = move.kind === 'verdict' ? gradings.at(-1) : pick(gradings, move.nth);
      const verdict = pick(VERDICTS, move.nth);
      if (grading && verdict) play.judge(verdict, grading);
      break;
    }
    case 'save':
      play.save();
      break;
    case 'missing':
      play.send({ type: 'kata-missing' });
      break;
    case 'back':
      play.send({ type: 'kata-back' });
      break;
    case 'arrive':
      play.arrive();
      break;
    case 'scroll':
      play.send({ type: 'scrolled', to: 3 });
      break;
    case 'answer': {
      const event = answerTo(asked.at(-1));
      if (event) play.send(event);
      break;
    }
    case 'fail': {
      const effect = asked.at(-1);
      if (effect && effect.type !== 'quit') play.fail(effect);
      break;
    }
  }
}

function answerTo(effect: Effect | undefined): Event | undefined {
  switch (effect?.type) {
    case 'reset':
      return { type: 'reset-done', slug: effect.slug, backup: '/backup' };
    case 'reveal': {
      const solution = { files: [], explanation: '', suite: { name: '', text: '' } };
      return { type: 'revealed', slug: effect.slug, solution };
    }
    case 'recognize':
      return { type: 'recognized', verdict: effect.verdict, sentence: 'It is too early.' };
    case 'recheck':
      return { type: 'rechecked', slug: effect.katas[0]?.slug ?? '', verdict: passed() };
    default:
      return undefined;
  }
}

const play = fc
  .record({ start: fc.constantFrom(...STARTS), moves: fc.array(move, { maxLength: 40 }) })
  .map(({ start, moves }) => {
    const played = new Play(start);
    for (const each of moves) take(played, each);
    return played;
  });

/** Holds `property` in every state that a sequence of moves leads to. */
function always(property: (played: Play) => void): void {
  fc.assert(fc.property(play, property), { numRuns: 300, seed: 20_261_120 });
}

/** Holds it after each single move too, with the play as it was before. */
function afterEachMove(property: (before: State, move: Move, played: Play) => void): void {
  const sequence = fc.tuple(fc.constantFrom(...STARTS), fc.array(move, { maxLength: 40 }));
  fc.assert(
    fc.property(sequence, ([start, moves]) => {
      const played = new Play(start);
      for (const each of moves) {
        const before = played.state;
        take(played, each);
        property(before, each, played);
      }
    }),
    { numRuns: 200, seed: 20_261_120 },
  );
}

const running = ({ state }: Play): boolean =>
  state.run.state === 'running' && state.opening === undefined && state.current !== undefined;

describe('from every state', () => {
  test('Ctrl-C leaves, with exactly one quit, and nothing happens afterwards', () => {
    always((played) => {
      played.send({ type: 'interrupted' });
      expect(played.state.phase).toBe('quitting');
      expect(played.all('quit')).toHaveLength(1);
      const { state, asked, entries } = played;
      const left = [asked.length, entries.length];
      played.save().send({ type: 'interrupted' }, { type: 'command', command: { do: 'quit' } });
      if (played.all('grade').length > 0) played.judge(passed());
      expect(played.state).toBe(state);
      expect([asked.length, entries.length]).toEqual(left);
    });
  });

  test('q leaves: at once where it is bound to that, after a few times elsewhere', () => {
    always((played) => {
      const { screen } = played.state;
      if (screen.name === 'list' && screen.searching) played.press('escape');
      for (let presses = 0; presses < 4 && played.state.phase === 'live'; presses += 1)
        played.press('q');
      expect(played.state.phase).toBe('quitting');
      expect(played.all('quit')).toHaveLength(1);
    });
  });

  test('leaving calls off the grading that is under way', () => {
    always((played) => {
      const { run } = played.state;
      played.send({ type: 'interrupted' });
      if (run.state === 'running')
        expect(played.all('abort').some(({ id }) => id === run.id)).toBe(true);
    });
  });

  test('no key has two meanings', () => {
    always(({ state }) => {
      const keys = bindings(state).flatMap((binding) => binding.keys);
      expect(keys).toEqual([...new Set(keys)]);
    });
  });

  test('every key does something', () => {
    always(({ state }) => {
      for (const { keys, command } of bindings(state)) {
        if (isAtItsEnd(state, command.do)) continue;
        const step = reduce(state, { type: 'command', command });
        const changed = step.effects.length > 0 || differs(state, step.state);
        expect(changed, `${keys.join(' ')} on "${state.screen.name}"`).toBe(true);
      }
    });
  });

  test('the cursor is on a row', () => {
    always(({ state }) => {
      if (state.screen.name !== 'list') return;
      const rows = listRows(state).length;
      expect(state.screen.cursor).toBeGreaterThanOrEqual(0);
      expect(state.screen.cursor).toBeLessThan(Math.max(1, rows));
    });
  });
});

/** Keys that are bound as a matter of course, and that have nothing to do here. */
function isAtItsEnd(state: State, command: string): boolean {
  const { screen, run } = state;
  if (command === 'move' || command === 'move-to') return true;
  if (command === 'erase') return screen.name === 'list' && screen.query === '';
  return command === 'run' && run.state === 'running' && run.again;
}

function differs(before: State, after: State): boolean {
  const { notice: _, ...rest } = before;
  return Object.entries(after).some(
    ([name, value]) =>
      value !== undefined &&
      JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(rest)).get(name)),
  );
}

describe('whatever happens', () => {
  test('one grading at most is under way that was not called off', () => {
    afterEachMove((_before, _move, played) => {
      const calledOff = new Set(played.all('abort').map(({ id }) => id));
      const live = played
        .all('grade')
        .filter(({ id }) => !played.judged.has(id) && !calledOff.has(id));
      expect(live.length).toBeLessThanOrEqual(1);
    });
  });

  test('a verdict is written down only when it is the one that is waited for, and real', () => {
    afterEachMove((before, move, played) => {
      const attempts = (entries: Play['entries']): number =>
        entries.filter(({ type }) => type === 'attempt').length;
      const progress = [...before.progress.exercises.values()];
      const counted = progress.reduce((sum, each) => sum + each.attempts, 0);
      if (attempts(played.entries) === counted) return;
      expect(['verdict', 'old verdict']).toContain(move.kind);
      const run = before.run.state === 'running' ? before.run : undefined;
      const { verdict, firstPass } = played.state.shown ?? {};
      expect(run?.again).toBe(false);
      expect(['aborted', 'broken']).not.toContain(verdict?.kind);
      expect(run?.cause !== 'opened' || firstPass).toBe(true);
    });
  });

  test('what is shown belongs to the exercise that is open', () => {
    afterEachMove((before, _move, { state }) => {
      const changed = state.current?.exercise.slug !== before.current?.exercise.slug;
      if (changed) expect(state.shown).toBeUndefined();
    });
  });

  test('saves during a run lead to exactly one more run, and its stale verdict to nothing', () => {
    const ends = fc.constantFrom(...VERDICTS);
    fc.assert(
      fc.property(play, fc.integer({ min: 1, max: 5 }), ends, (played, saves, verdict) => {
        fc.pre(running(played) && played.state.phase === 'live');
        const { shown, run } = played.state;
        const gradings = played.all('grade').length;
        const { journal } = played;
        for (let save = 0; save < saves; save += 1) played.save();
        expect(played.all('grade')).toHaveLength(gradings);
        expect(
          played.all('abort').filter(({ id }) => run.state === 'running' && id === run.id),
        ).toHaveLength(1);
        played.judge(verdict);
        expect(played.all('grade')).toHaveLength(gradings + 1);
        expect(played.state.run).toMatchObject({ cause: 'saved', again: false });
        expect(played.state.shown).toBe(shown);
        expect(played.journal).toEqual(journal);
      }),
      { numRuns: 150, seed: 20_261_120 },
    );
  });
});
