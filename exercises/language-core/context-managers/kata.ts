/** Something to acquire before a piece of work and to release after it. */
export interface Manager<Resource> {
  /** Acquires the resource and returns it. When it throws, there is nothing to release. */
  enter(): Resource;

  /**
   * Releases the resource.
   *
   * @param error the error under way, or undefined when there is none.
   * @returns true when this manager has handled the error.
   */
  exit(error?: unknown): boolean | void;
}

/** Releases what was acquired, the latest first, however the work ends. */
export class ExitStack implements Disposable {
  /** Plans `cleanup`, whose result does not matter. */
  callback(cleanup: () => void): void {
    // TODO: Plan the cleanup.
    throw new Error('Not implemented yet');
  }

  /**
   * Enters `manager`, and plans its `exit`.
   *
   * @returns the resource.
   * @throws what `manager.enter` throws; nothing is planned then.
   */
  enter<Resource>(manager: Manager<Resource>): Resource {
    // TODO: Enter the manager and plan its exit.
    throw new Error('Not implemented yet');
  }

  /**
   * Runs all that is planned, the latest first, and forgets it.
   *
   * @throws the errors of the cleanups, once all of them have run.
   */
  close(): void {
    // TODO: Task 1: run all that is planned.
    // TODO: Task 3: keep every error.
    throw new Error('Not implemented yet');
  }

  /** Lets a `using` declaration close the stack. */
  [Symbol.dispose](): void {
    // TODO: Close the stack.
    throw new Error('Not implemented yet');
  }

  /**
   * Runs `body`, and then all that is planned, whether `body` returned or threw.
   *
   * @returns the result of `body`, or undefined when `body` threw and no error is left.
   * @throws the error that is left: of `body`, of a cleanup, or a SuppressedError with several.
   */
  run<Result>(body: (stack: ExitStack) => Result): Result | undefined {
    // TODO: Task 2: run the body, then all that is planned.
    // TODO: Task 3: let an exit handle the error, and keep every other error.
    throw new Error('Not implemented yet');
  }

  /** Moves all that is planned to a new stack, and leaves this one empty. */
  popAll(): ExitStack {
    // TODO: Move all that is planned to a new stack.
    throw new Error('Not implemented yet');
  }
}

/**
 * Enters all managers in order, or none: when one fails, those entered before it are released.
 *
 * @returns the resources in the order of `managers`, and a stack with which the caller releases them.
 * @throws what the failing `enter` threw.
 */
export function openAll<Resource>(managers: readonly Manager<Resource>[]): {
  resources: Resource[];
  stack: ExitStack;
} {
  // TODO: Enter all managers, or none.
  throw new Error('Not implemented yet');
}

/** The part of a generator that a manager needs. */
export interface Steps<Value> {
  /** Runs on to the next `yield`, or to the end. */
  next(): IteratorResult<Value, unknown>;

  /** Like `next`, but the `yield` at which the generator waits throws `error`. */
  throw(error: unknown): IteratorResult<Value, unknown>;
}

/** A generator yielded not once, but never or twice. */
export class ManagerError extends Error {
  override name = 'ManagerError';
}

/**
 * Makes managers of a generator function that yields once: what comes before the `yield` acquires,
 * the value is the resource, what comes after it releases.
 *
 * @returns a function with the same parameters, whose every call makes a manager for a single use.
 *   Whether that call or `enter` calls `generatorFn` is up to you.
 */
export function contextManager<Args extends unknown[], Resource>(
  generatorFn: (...args: Args) => Steps<Resource>,
): (...args: Args) => Manager<Resource> {
  // TODO: Turn the steps of a generator into `enter` and `exit`.
  throw new Error('Not implemented yet');
}

/**
 * Replaces the file at `path` with what is written through the resource: as a whole when the work
 * succeeds, not at all when it fails. No other file stays behind.
 *
 * @returns a manager whose resource appends a text to the new content.
 */
export const atomicWrite = (path: string): Manager<(text: string) => void> => {
  // TODO: Collect the text in a file beside `path`, and rename it when all went well.
  throw new Error('Not implemented yet');
};

/** Given, as an example of what `contextManager` takes. Leave it as it is. */
export function* transaction(query: (sql: string) => void): Generator<(sql: string) => void, void> {
  query('BEGIN');
  try {
    yield query;
  } catch (error) {
    query('ROLLBACK');
    throw error;
  }
  query('COMMIT');
}

/** Given: holds a stack in a `using` declaration while `body` runs. Leave it as it is. */
export function holdStack(body: (stack: ExitStack) => void): void {
  using stack = new ExitStack();
  body(stack);
}
