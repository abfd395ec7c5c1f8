// The rename stands where it runs after a failure too, so a half-written file takes the place of the good one: the very
// thing that writing to a second file was meant to prevent.

import { randomUUID } from 'node:crypto';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';

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
  #exits: Manager<unknown>['exit'][] = [];

  /** Plans `cleanup`, whose result does not matter. */
  callback(cleanup: () => void): void {
    this.#exits.push(() => {
      cleanup();
    });
  }

  /**
   * Enters `manager`, and plans its `exit`.
   *
   * @returns the resource.
   * @throws what `manager.enter` throws; nothing is planned then.
   */
  enter<Resource>(manager: Manager<Resource>): Resource {
    const resource = manager.enter();
    this.#exits.push((error) => manager.exit(error));
    return resource;
  }

  /**
   * Runs all that is planned, the latest first, and forgets it.
   *
   * @throws the errors of the cleanups, once all of them have run.
   */
  close(): void {
    this.#unwind(undefined);
  }

  /** Lets a `using` declaration close the stack. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Runs `body`, and then all that is planned, whether `body` returned or threw.
   *
   * @returns the result of `body`, or undefined when `body` threw and no error is left.
   * @throws the error that is left: of `body`, of a cleanup, or a SuppressedError with several.
   */
  run<Result>(body: (stack: ExitStack) => Result): Result | undefined {
    let result;
    try {
      result = body(this);
    } catch (error) {
      this.#unwind(error);
      return undefined;
    }
    this.close();
    return result;
  }

  /** Moves all that is planned to a new stack, and leaves this one empty. */
  popAll(): ExitStack {
    const successor = new ExitStack();
    successor.#exits = this.#exits;
    this.#exits = [];
    return successor;
  }

  /** Runs all exits with the error under way, and throws the one that is left at the end. */
  #unwind(error: unknown): void {
    let pending = error;
    for (let exit = this.#exits.pop(); exit; exit = this.#exits.pop()) {
      try {
        if (exit(pending) === true) pending = undefined;
      } catch (failure) {
        pending = pending === undefined ? failure : new SuppressedError(failure, pending);
      }
    }
    if (pending !== undefined) throw pending;
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
  using opening = new ExitStack();
  const resources = managers.map((manager) => opening.enter(manager));
  return { resources, stack: opening.popAll() };
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
  return (...args) => {
    const steps = generatorFn(...args);
    return {
      enter() {
        const step = steps.next();
        if (step.done) throw new ManagerError('the generator did not yield');
        return step.value;
      },
      exit(error) {
        try {
          const step = error === undefined ? steps.next() : steps.throw(error);
          if (!step.done) throw new ManagerError('the generator yielded a second time');
          return error !== undefined;
        } catch (failure) {
          if (failure === error) return false;
          throw failure;
        }
      },
    };
  };
}

/**
 * Replaces the file at `path` with what is written through the resource: as a whole when the work
 * succeeds, not at all when it fails. No other file stays behind.
 *
 * @returns a manager whose resource appends a text to the new content.
 */
export const atomicWrite: (path: string) => Manager<(text: string) => void> = contextManager(
  function* (path: string) {
    const draft = `${path}.${randomUUID()}`;
    try {
      writeFileSync(draft, '');
      yield (text: string) => {
        appendFileSync(draft, text);
      };
    } finally {
      renameSync(draft, path);
    }
  },
);

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
