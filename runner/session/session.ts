import type { Edition } from '../catalog/model.ts';
import type { KataEvent, Ports } from './ports.ts';
import { reduce } from './reduce.ts';
import type { Effect, Event, State, Step } from './state.ts';
import { isAwaited } from './steps.ts';

/** A running session: a state that changes by events, and whoever listens. */
export interface Session {
  readonly state: () => State;
  readonly dispatch: (event: Event) => void;
  /** The listener is told of each change; @returns what ends that. */
  readonly subscribe: (listener: (state: State) => void) => () => void;
  /** Settles when the learner has left and everything is wound up; rejects when that failed. */
  readonly ended: Promise<void>;
}

const KATA_EVENTS = {
  saved: { type: 'saved' },
  missing: { type: 'kata-missing' },
  back: { type: 'kata-back' },
} as const satisfies Record<KataEvent, Event>;

/** Runs a session: reduces events in the order in which they come, and carries out the effects. */
export function startSession(first: Step, ports: Ports): Session {
  const listeners = new Set<(state: State) => void>();
  const ended = Promise.withResolvers<void>();
  // Whoever waits for it is told; a failure must not end the process before the screen is restored.
  ended.promise.catch(() => undefined);
  const gradings = new Map<number, AbortController>();
  const waiting: Event[] = [];
  let recheck: AbortController | undefined;
  let busy = false;
  let { state } = first;

  /** Takes an event, or puts it in line behind the one that is being dealt with. */
  function dispatch(event: Event): void {
    waiting.push(event);
    if (busy) return;
    busy = true;
    try {
      while (waiting.length > 0) deal();
    } finally {
      busy = false;
    }
  }

  /** Reduces what waits, with all that follows at once, and tells the listeners where that has led. */
  function deal(): void {
    const before = state;
    for (let event = waiting.shift(); event; event = waiting.shift()) {
      const step = reduce(state, event);
      ({ state } = step);
      step.effects.forEach(perform);
    }
    if (state !== before) for (const listener of listeners) listener(state);
  }

  function perform(effect: Effect): void {
    carryOut(effect).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      dispatch({ type: 'effect-failed', effect, reason });
    });
  }

  async function carryOut(effect: Effect): Promise<void> {
    switch (effect.type) {
      case 'record': {
        const { progress, written } = ports.record(effect.entry);
        dispatch({ type: 'progressed', progress });
        return written;
      }
      case 'then':
        return dispatch(effect.event);
      case 'open':
        return open(effect.slug, effect.edition);
      case 'grade':
        return grade(effect);
      case 'abort':
        return gradings.get(effect.id)?.abort();
      case 'recognize': {
        const sentence = await ports.recognize(effect.slug, effect.edition, effect.verdict);
        if (sentence === undefined) return;
        return dispatch({ type: 'recognized', verdict: effect.verdict, sentence });
      }
      case 'reveal': {
        const solution = await ports.reveal(effect.slug, effect.edition);
        return dispatch({ type: 'revealed', slug: effect.slug, solution });
      }
      case 'edit':
        return ports.edit(effect.slug, effect.edition);
      case 'reset': {
        const backup = await ports.reset(effect.slug, effect.edition);
        return dispatch({ type: 'reset-done', slug: effect.slug, backup });
      }
      case 'recheck':
        return checkAll(effect);
      case 'stop-recheck':
        return recheck?.abort();
      case 'quit':
        recheck?.abort();
        return ports.close().then(ended.resolve, ended.reject);
    }
  }

  async function open(slug: string, edition: Edition): Promise<void> {
    const { folder, content } = await ports.open(slug, edition);
    // The learner may have gone elsewhere meanwhile: the watcher belongs to whom they went to.
    if (!isAwaited(state, slug, edition)) return;
    const arrived = Promise.withResolvers<void>();
    await ports.watch(slug, edition, (event) => {
      void arrived.promise.then(() => {
        const { current } = state;
        if (current?.exercise.slug === slug && current.edition === edition)
          dispatch(KATA_EVENTS[event]);
      });
    });
    dispatch({ type: 'opened', slug, edition, folder, content });
    arrived.resolve();
  }

  async function grade({ id, slug, edition }: Extract<Effect, { type: 'grade' }>): Promise<void> {
    const controller = new AbortController();
    gradings.set(id, controller);
    try {
      const verdict = await ports.grade(slug, edition, controller.signal);
      dispatch({ type: 'graded', id, slug, verdict });
    } finally {
      gradings.delete(id);
    }
  }

  async function checkAll({ katas }: Extract<Effect, { type: 'recheck' }>): Promise<void> {
    const controller = new AbortController();
    recheck = controller;
    for (const { slug, edition } of katas) {
      const verdict = await ports.grade(slug, edition, controller.signal);
      if (controller.signal.aborted) return;
      dispatch({ type: 'rechecked', slug, verdict });
    }
  }

  queueMicrotask(() => first.effects.forEach(perform));
  return {
    state: () => state,
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ended: ended.promise,
  };
}
