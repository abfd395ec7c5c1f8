// Style: an outcome is a value, returned or failed, and closing a stack folds the planned exits over it; managers are
// classes, and `atomicWrite` collects the text in memory and touches the disk only at the end.

import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Manager<Resource> {
  enter(): Resource;
  exit(error?: unknown): boolean | void;
}

type Outcome<Result> =
  | { readonly kind: 'returned'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'handled' };

function attempt<Result>(work: () => Result): Outcome<Result> {
  try {
    return { kind: 'returned', result: work() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function release<Result>(outcome: Outcome<Result>, manager: Manager<unknown>): Outcome<Result> {
  const failed = outcome.kind === 'failed';
  const exited = attempt(() => manager.exit(failed ? outcome.error : undefined));
  if (exited.kind === 'failed') {
    if (!failed) return exited;
    return { kind: 'failed', error: new SuppressedError(exited.error, outcome.error) };
  }
  const handled = failed && exited.kind === 'returned' && exited.result === true;
  return handled ? { kind: 'handled' } : outcome;
}

function settle<Result>(outcome: Outcome<Result>): Result | undefined {
  if (outcome.kind === 'failed') throw outcome.error;
  return outcome.kind === 'returned' ? outcome.result : undefined;
}

export class ExitStack implements Disposable {
  private planned: readonly Manager<unknown>[];

  constructor(planned: readonly Manager<unknown>[] = []) {
    this.planned = planned;
  }

  callback(cleanup: () => void): void {
    this.enter({ enter: () => undefined, exit: () => void cleanup() });
  }

  enter<Resource>(manager: Manager<Resource>): Resource {
    const resource = manager.enter();
    this.planned = [manager, ...this.planned];
    return resource;
  }

  close(): void {
    this.finish({ kind: 'returned', result: undefined });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  run<Result>(body: (stack: ExitStack) => Result): Result | undefined {
    return this.finish(attempt(() => body(this)));
  }

  popAll(): ExitStack {
    return new ExitStack(this.take());
  }

  private finish<Result>(outcome: Outcome<Result>): Result | undefined {
    const last = this.take().reduce(release<Result>, outcome);
    // A body that returned keeps its result, also when an exit has handled the error of a cleanup.
    return settle(last.kind === 'handled' && outcome.kind === 'returned' ? outcome : last);
  }

  private take(): readonly Manager<unknown>[] {
    const taken = this.planned;
    this.planned = [];
    return taken;
  }
}

export function openAll<Resource>(managers: readonly Manager<Resource>[]) {
  const stack = new ExitStack();
  const resources: Resource[] = [];
  try {
    for (const manager of managers) resources.push(stack.enter(manager));
  } catch (error) {
    stack.run(() => {
      throw error;
    });
  }
  return { resources, stack };
}

export interface Steps<Value> {
  next(): IteratorResult<Value, unknown>;
  throw(error: unknown): IteratorResult<Value, unknown>;
}

export class ManagerError extends Error {
  override name = 'ManagerError';
}

class GeneratorManager<Resource> implements Manager<Resource> {
  private readonly steps: Steps<Resource>;

  constructor(steps: Steps<Resource>) {
    this.steps = steps;
  }

  enter(): Resource {
    const { done, value } = this.steps.next();
    if (done === true) throw new ManagerError('never yielded');
    return value;
  }

  exit(error?: unknown): boolean {
    const failed = error !== undefined;
    const outcome = attempt(() => (failed ? this.steps.throw(error) : this.steps.next()));
    if (outcome.kind === 'failed') {
      if (failed && outcome.error === error) return false;
      throw outcome.error;
    }
    if (settle(outcome)?.done !== true) throw new ManagerError('yielded twice');
    return failed;
  }
}

export const contextManager =
  <Args extends unknown[], Resource>(generatorFn: (...args: Args) => Steps<Resource>) =>
  (...args: Args): Manager<Resource> =>
    new GeneratorManager(generatorFn(...args));

export function atomicWrite(path: string): Manager<(text: string) => void> {
  const texts: string[] = [];
  return {
    enter: () => (text) => {
      texts.push(text);
    },
    exit(error) {
      if (error !== undefined) return;
      const folder = mkdtempSync(join(dirname(path), '.draft-'));
      try {
        writeFileSync(join(folder, 'draft'), texts.join(''));
        renameSync(join(folder, 'draft'), path);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

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

export function holdStack(body: (stack: ExitStack) => void): void {
  using stack = new ExitStack();
  body(stack);
}
