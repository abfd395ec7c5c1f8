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
  options: CallerOptions = {},
): Promise<T> {
  // TODO: Run the body with a group, and leave only when every task has settled.
  throw new Error('Not implemented yet');
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
  { signal, startTimer = realTimer }: DeadlineOptions = {},
): Promise<T> {
  // TODO: Abort the work when its time is up, wait for it, and leave nothing behind.
  throw new Error('Not implemented yet');
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
  options: CallerOptions = {},
): Promise<T> {
  // TODO: Let the works race, stop the losers, and wait for them.
  throw new Error('Not implemented yet');
}
