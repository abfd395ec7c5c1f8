/*
 * The timer of a deadline that was met is never stopped. A server keeps one for every request, and a script that
 * is done stays alive until the last of them has fired.
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

/**
 * Runs `body` and all tasks that are spawned on its group, and settles after the last of them.
 *
 * @returns what `body` returns.
 * @throws {AggregateError} with every real failure of the body and the tasks, in order.
 * @throws the reason of `options.signal` when that aborted and nothing else failed.
 */
export async function withTaskGroup<T>(
  body: (group: TaskGroup) => Promise<T>,
  { signal: caller }: CallerOptions = {},
): Promise<T> {
  caller?.throwIfAborted();
  const controller = new AbortController();
  const signal = linked(controller, caller);
  const running = new Set<Promise<void>>();
  const failures = new Set<unknown>(); // A set, since the body may pass on the error of a task.
  let closed = false;

  const watch = <U>(outcome: Promise<U>): Promise<U> => {
    const settled = outcome
      .then(
        () => undefined,
        (error: unknown) => {
          if (isNoise(error, signal)) return;
          failures.add(error);
          controller.abort();
        },
      )
      .finally(() => running.delete(settled));
    running.add(settled);
    return outcome;
  };

  const result = watch(
    body({
      signal,
      spawn(task) {
        if (closed) return Promise.reject(new GroupClosedError('The task group has settled'));
        return watch(signal.aborted ? Promise.reject(signal.reason) : task(signal));
      },
    }),
  );
  while (running.size > 0) await Promise.all(running); // Tasks may spawn further tasks.
  closed = true;
  if (failures.size > 0) throw new AggregateError(failures, 'The task group failed');
  signal.throwIfAborted();
  return result;
}

/**
 * Runs `work` with a signal that aborts after `ms`, or earlier when the caller's signal does.
 *
 * @returns what `work` returns, when it settles in time.
 * @throws {DeadlineError} when the time was up first, or the caller's reason when that came first.
 * @throws what `work` fails with, when that is more than the echo of the abort.
 */
export async function withDeadline<T>(
  ms: number,
  work: Work<T>,
  { signal: caller, startTimer = realTimer }: DeadlineOptions = {},
): Promise<T> {
  caller?.throwIfAborted();
  const controller = new AbortController();
  const signal = linked(controller, caller);
  startTimer(ms, () => controller.abort(new DeadlineError(ms)));
  try {
    const value = await work(signal);
    signal.throwIfAborted();
    return value;
  } catch (error) {
    throw isNoise(error, signal) ? signal.reason : error;
  }
}

/**
 * Starts all of `works`, aborts the others when one succeeds, and settles after the last of them.
 *
 * @returns the value of the first one that succeeded.
 * @throws {AggregateError} with their errors, in the order of `works`, when all of them failed, or when
 * there are none.
 * @throws the reason of `options.signal` when that aborted before a success, whatever the works fail with.
 */
export async function raceFirstSuccess<T>(
  works: readonly Work<T>[],
  { signal: caller }: CallerOptions = {},
): Promise<T> {
  caller?.throwIfAborted();
  const controller = new AbortController();
  const signal = linked(controller, caller);
  const attempts = works.map(async (work) => {
    const value = await work(signal);
    signal.throwIfAborted(); // Too late: somebody else has won, or the caller has left.
    controller.abort();
    return value;
  });
  const outcomes = await Promise.allSettled(attempts);
  if (outcomes.every(({ status }) => status === 'rejected')) signal.throwIfAborted();
  return Promise.any(attempts);
}

/** A signal that aborts when either of the two does. It leaves no listener on the caller's signal. */
function linked(controller: AbortController, caller: AbortSignal | undefined): AbortSignal {
  return caller ? AbortSignal.any([controller.signal, caller]) : controller.signal;
}

/** Whether an error only says that its work was told to stop. */
function isNoise(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}
