/*
 * Another style: the group is a class that counts its tasks, signals are linked by listeners that are taken off again,
 * and the race is built on the group.
 */
/** A piece of asynchronous work. It watches the signal, and cleans up before it settles. */
export type Work<T> = (signal: AbortSignal) => Promise<T>;

/** The tasks that run on behalf of one caller. */
export interface TaskGroup {
  /** Aborted as soon as a task or the body fails, or the caller's signal aborts. */
  readonly signal: AbortSignal;

  /**
   * Starts a task with the group's signal.
   *
   * @returns what the task returns. The promise may be ignored: the group sees a failure anyway.
   * @throws the signal's reason (as a rejection) when that is aborted; the task is not called.
   * @throws {GroupClosedError} (as a rejection) once `withTaskGroup` has settled, also when the signal
   * is aborted; the task is not called.
   */
  spawn<T>(task: Work<T>): Promise<T>;
}

/** Who may abort from outside. */
export interface CallerOptions {
  signal?: AbortSignal;
}

/** Starts a timer that calls `fire` once after `ms`; what it returns stops the timer. */
export type StartTimer = (ms: number, fire: () => void) => () => void;

/** The clock may be replaced, too. */
export interface DeadlineOptions extends CallerOptions {
  startTimer?: StartTimer;
}

/** The group to which a task should be added has settled already. */
export class GroupClosedError extends Error {
  override readonly name = 'GroupClosedError';
}

/** Work did not settle in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(ms: number) {
    super(`The deadline of ${ms} ms has passed`);
  }
}

const realTimer: StartTimer = (ms, fire) => {
  const timer = setTimeout(fire, ms);
  return () => clearTimeout(timer);
};

/** Passes an abort on until it is unlinked. */
function link(from: AbortSignal | undefined, to: AbortController): () => void {
  const pass = (): void => to.abort(from?.reason);
  from?.addEventListener('abort', pass);
  return () => from?.removeEventListener('abort', pass);
}

function isEcho(error: unknown, { aborted, reason }: AbortSignal): boolean {
  return aborted && (error === reason || (error instanceof Error && error.name === 'AbortError'));
}

class Group implements TaskGroup {
  readonly failures: unknown[] = [];
  readonly #controller: AbortController;
  readonly #idle = Promise.withResolvers<void>();
  #open = 0;
  #settled = false;

  constructor(controller: AbortController) {
    this.#controller = controller;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  spawn<T>(task: Work<T>): Promise<T> {
    if (this.#settled) return Promise.reject(new GroupClosedError());
    const result = this.signal.aborted ? Promise.reject(this.signal.reason) : this.start(task);
    result.catch(() => undefined);
    return result;
  }

  async start<T>(task: Work<T>): Promise<T> {
    this.#open += 1;
    try {
      return await task(this.signal);
    } catch (error) {
      if (!isEcho(error, this.signal) && !this.failures.includes(error)) {
        this.failures.push(error);
        this.#controller.abort(error);
      }
      throw error;
    } finally {
      this.#open -= 1;
      if (this.#open === 0) {
        this.#settled = true;
        this.#idle.resolve();
      }
    }
  }

  idle(): Promise<void> {
    return this.#idle.promise;
  }
}

export async function withTaskGroup<T>(
  body: (group: TaskGroup) => Promise<T>,
  options: CallerOptions = {},
): Promise<T> {
  options.signal?.throwIfAborted();
  const controller = new AbortController();
  const unlink = link(options.signal, controller);
  const group = new Group(controller);
  const result = group.spawn(() => body(group));
  await group.idle();
  unlink();
  if (group.failures.length > 0) throw new AggregateError(group.failures);
  if (controller.signal.aborted) throw controller.signal.reason;
  return result;
}

export async function withDeadline<T>(
  ms: number,
  work: Work<T>,
  { signal, startTimer = realTimer }: DeadlineOptions = {},
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const unlink = link(signal, controller);
  const stop = startTimer(ms, () => controller.abort(new DeadlineError(ms)));
  const [outcome] = await Promise.allSettled([work(controller.signal)]);
  stop();
  unlink();
  if (outcome.status === 'rejected' && !isEcho(outcome.reason, controller.signal)) {
    throw outcome.reason;
  }
  controller.signal.throwIfAborted();
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

export async function raceFirstSuccess<T>(
  works: readonly Work<T>[],
  options: CallerOptions = {},
): Promise<T> {
  options.signal?.throwIfAborted();
  const race = new AbortController();
  const unlink = link(options.signal, race);
  const errors: unknown[] = works.map(() => undefined);
  const winners: T[] = [];
  const enter = async (work: Work<T>, place: number, signal: AbortSignal): Promise<void> => {
    try {
      const value = await work(signal);
      if (signal.aborted) return;
      winners.push(value);
      race.abort();
    } catch (error) {
      errors[place] = error;
    }
  };
  try {
    await withTaskGroup(
      async (group) => {
        for (const [place, work] of works.entries()) {
          void group.spawn((signal) => enter(work, place, signal));
        }
      },
      { signal: race.signal },
    );
  } catch (error) {
    if (winners.length === 0) throw error;
  } finally {
    unlink();
  }
  for (const value of winners) return value;
  throw new AggregateError(errors);
}
