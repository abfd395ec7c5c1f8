import type { Ports } from './ports.ts';
import { reduce } from './reduce.ts';
import type { Effect, Event, State, Step } from './state.ts';

/** A running session: a state that changes by events, and whoever listens. */
export interface Session {
  state(): State;
  dispatch(event: Event): void;
  /** @returns what ends the subscription. */
  subscribe(listener: (state: State) => void): () => void;
  /** Settles when the learner has left and everything is wound up. */
  readonly ended: Promise<void>;
}

/** Runs a session: reduces events in the order in which they come, and carries out the effects. */
export function startSession(first: Step, ports: Ports): Session {
  const listeners = new Set<(state: State) => void>();
  const ended = Promise.withResolvers<void>();
  const gradings = new Map<number, AbortController>();
  let recheck: AbortController | undefined;
  let { state } = first;

  function dispatch(event: Event): void {
    const step = reduce(state, event);
    const changed = step.state !== state;
    ({ state } = step);
    step.effects.forEach(perform);
    if (changed) for (const listener of listeners) listener(state);
  }

  function complain(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    dispatch({ type: 'noticed', notice: { tone: 'warning', text } });
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'record': {
        const { progress, written } = ports.record(effect.entry);
        written.catch(complain);
        return dispatch({ type: 'progressed', progress });
      }
      case 'then':
        return dispatch(effect.event);
      case 'open':
        return void open(effect).catch(complain);
      case 'grade':
        return void grade(effect);
      case 'abort':
        return gradings.get(effect.id)?.abort();
      case 'reveal':
        return void ports
          .reveal(effect.slug, effect.edition)
          .then(
            (solution) => dispatch({ type: 'revealed', slug: effect.slug, solution }),
            complain,
          );
      case 'edit':
        return void ports.edit(effect.slug, effect.edition).catch(complain);
      case 'reset':
        return void reset(effect).catch(complain);
      case 'recheck':
        return void checkAll(effect);
      case 'stop-recheck':
        return recheck?.abort();
      case 'quit':
        recheck?.abort();
        return void ports.close().then(ended.resolve, ended.reject);
    }
  }

  async function open({ slug, edition }: Extract<Effect, { type: 'open' }>): Promise<void> {
    const { folder, content } = await ports.open(slug, edition);
    await ports.watch(slug, edition, (event) => {
      if (event === 'saved') dispatch({ type: 'saved' });
      else dispatch({ type: event === 'back' ? 'kata-back' : 'kata-missing' });
    });
    dispatch({ type: 'opened', slug, folder, content });
  }

  async function grade({ id, slug, edition }: Extract<Effect, { type: 'grade' }>): Promise<void> {
    const controller = new AbortController();
    gradings.set(id, controller);
    const verdict = await ports.grade(slug, edition, controller.signal);
    gradings.delete(id);
    dispatch({ type: 'graded', id, slug, verdict });
  }

  async function reset({ slug, edition }: Extract<Effect, { type: 'reset' }>): Promise<void> {
    const backup = await ports.reset(slug, edition);
    dispatch({ type: 'reset-done', slug, backup });
  }

  async function checkAll({ slugs, edition }: Extract<Effect, { type: 'recheck' }>): Promise<void> {
    const controller = new AbortController();
    recheck = controller;
    for (const slug of slugs) {
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
