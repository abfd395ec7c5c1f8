import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ExitStack,
  ManagerError,
  atomicWrite,
  contextManager,
  holdStack,
  openAll,
  transaction,
  type Manager,
} from './kata';

/** A manager that writes into `log` and has no opinion about errors. */
function managerOf(name: string, log: string[]): Manager<string> {
  return {
    enter: () => {
      log.push(`enter ${name}`);
      return `resource ${name}`;
    },
    exit: () => {
      log.push(`exit ${name}`);
    },
  };
}

/** A manager whose `exit` does what `exit` does, and which remembers the errors that it received. */
function handlerOf(exit: (error: unknown) => boolean | void) {
  const received: unknown[] = [];
  const manager: Manager<void> = {
    enter: () => undefined,
    exit: (error) => {
      received.push(error);
      return exit(error);
    },
  };
  return { manager, received };
}

/** A manager that cannot be entered. */
function brokenOf(failure: Error) {
  return {
    enter: vi.fn((): string => {
      throw failure;
    }),
    exit: vi.fn(() => undefined),
  };
}

const pass = () => undefined;

const raise = (error: Error) => () => {
  throw error;
};

/** What `work` throws; `what` says what it does. */
function errorOf(what: string, work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  expect.fail(`${what} threw nothing, expected an error`);
}

/** A chain of suppressed errors as a list, the outermost first. */
function chainOf(error: unknown): unknown[] {
  if (!(error instanceof Error) || !('error' in error && 'suppressed' in error)) return [error];
  return [error.error, ...chainOf(error.suppressed)];
}

describe('1. Clean up in reverse', () => {
  test('runs nothing before the stack is closed', () => {
    const cleanup = vi.fn();
    const stack = new ExitStack();
    stack.callback(cleanup);
    expect(cleanup, 'a cleanup planned and not due').not.toHaveBeenCalled();
    stack.close();
    expect(cleanup, 'a cleanup planned, after close').toHaveBeenCalledTimes(1);
  });

  test('runs the latest cleanup first', () => {
    const log: string[] = [];
    const stack = new ExitStack();
    for (const name of ['socket', 'file', 'lock']) stack.callback(() => log.push(name));
    stack.close();
    expect(log, 'cleanups planned as socket, file, lock').toEqual(['lock', 'file', 'socket']);
  });

  test('does nothing when it is closed a second time', () => {
    const cleanup = vi.fn();
    const stack = new ExitStack();
    stack.callback(cleanup);
    stack.close();
    stack.close();
    expect(cleanup, 'a cleanup on a stack closed twice').toHaveBeenCalledTimes(1);
  });

  test('runs all cleanups and then throws the error of the one that failed', () => {
    const log: string[] = [];
    const failure = new Error('lock is stale');
    const stack = new ExitStack();
    stack.callback(() => log.push('socket'));
    stack.callback(raise(failure));
    stack.callback(() => log.push('file'));
    expect(errorOf('close', () => stack.close())).toBe(failure);
    expect(log, 'cleanups beside one that throws').toEqual(['file', 'socket']);
  });

  test('is closed by a using declaration', () => {
    const log: string[] = [];
    holdStack((stack) => {
      stack.callback(() => log.push('socket'));
      stack.callback(() => log.push('file'));
      log.push('end of block');
    });
    expect(log, 'order of the block and its cleanups').toEqual(['end of block', 'file', 'socket']);
  });
});

describe('2. Run a body among managers', () => {
  test('hands out the resource of a manager that it enters', () => {
    const stack = new ExitStack();
    expect(stack.enter(managerOf('db', []))).toBe('resource db');
  });

  test('exits managers and runs cleanups in one order, the latest first', () => {
    const log: string[] = [];
    const stack = new ExitStack();
    stack.enter(managerOf('db', log));
    stack.callback(() => log.push('cleanup'));
    stack.enter(managerOf('file', log));
    stack.close();
    expect(log, 'what happened').toEqual([
      'enter db',
      'enter file',
      'exit file',
      'cleanup',
      'exit db',
    ]);
  });

  test('returns the result of the body after everything is released', () => {
    const log: string[] = [];
    const result = new ExitStack().run((stack) => {
      stack.enter(managerOf('db', log));
      stack.enter(managerOf('file', log));
      log.push('body');
      return 42;
    });
    expect(result, 'result of run').toBe(42);
    expect(log, 'what happened').toEqual([
      'enter db',
      'enter file',
      'body',
      'exit file',
      'exit db',
    ]);
  });

  test('hands its own stack to the body', () => {
    const stack = new ExitStack();
    expect(stack.run((given) => given)).toBe(stack);
  });

  test('tells exit that there is no error after a body that returned', () => {
    const { manager, received } = handlerOf(pass);
    new ExitStack().run((stack) => stack.enter(manager));
    expect(received, 'errors received by exit').toEqual([undefined]);
  });

  test('releases everything and throws the error of a body that threw', () => {
    const failure = new Error('no such order');
    const [first, second] = [handlerOf(pass), handlerOf(() => false)];
    const thrown = errorOf('run', () =>
      new ExitStack().run((stack) => {
        stack.enter(first.manager);
        stack.enter(second.manager);
        throw failure;
      }),
    );
    expect(thrown, 'error thrown by run').toBe(failure);
    expect(second.received, 'errors received by the latest exit').toEqual([failure]);
    expect(first.received, 'errors received by the first exit').toEqual([failure]);
  });

  test('does not exit a manager that could not be entered', () => {
    const log: string[] = [];
    const failure = new Error('too many connections');
    const broken = brokenOf(failure);
    const thrown = errorOf('run', () =>
      new ExitStack().run((stack) => {
        stack.enter(managerOf('db', log));
        stack.enter(managerOf('file', log));
        stack.enter(broken);
        log.push('body');
      }),
    );
    expect(thrown, 'error thrown by run').toBe(failure);
    expect(log, 'what happened').toEqual(['enter db', 'enter file', 'exit file', 'exit db']);
    expect(broken.exit, 'exit of the manager whose enter threw').not.toHaveBeenCalled();
  });
});

describe('3. Decide what becomes of an error', () => {
  const failure = new Error('no such order');

  test('returns undefined when an exit handled the error', () => {
    const result = new ExitStack().run((stack) => {
      stack.enter(handlerOf(() => true).manager);
      raise(failure)();
    });
    expect(result).toBe(undefined);
  });

  test('tells the exits below that the error was handled', () => {
    const [first, second, third] = [handlerOf(pass), handlerOf(() => true), handlerOf(pass)];
    new ExitStack().run((stack) => {
      for (const { manager } of [first, second, third]) stack.enter(manager);
      raise(failure)();
    });
    expect(third.received, 'the exit above the one that handled it').toEqual([failure]);
    expect(second.received, 'the exit that handled it').toEqual([failure]);
    expect(first.received, 'the exit below the one that handled it').toEqual([undefined]);
  });

  test('keeps the result of a body that returned, whatever exit returns', () => {
    const result = new ExitStack().run((stack) => {
      stack.enter(handlerOf(() => true).manager);
      return 42;
    });
    expect(result).toBe(42);
  });

  test('handles nothing when a cleanup returns true', () => {
    const open = new Set(['file']);
    const thrown = errorOf('run', () =>
      new ExitStack().run((stack) => {
        stack.callback(() => open.delete('file'));
        raise(failure)();
      }),
    );
    expect(thrown, 'error thrown by run').toBe(failure);
  });

  test('keeps the error of the body when a cleanup fails after it', () => {
    const late = new Error('disk full');
    const log: string[] = [];
    const thrown = errorOf('run', () =>
      new ExitStack().run((stack) => {
        stack.callback(() => log.push('socket'));
        stack.callback(raise(late));
        raise(failure)();
      }),
    );
    expect(thrown).toMatchObject({ name: 'SuppressedError', error: late, suppressed: failure });
    expect(log, 'the cleanup below the one that failed').toEqual(['socket']);
  });

  test('chains every further error to those before it', () => {
    const [late, later] = [new Error('disk full'), new Error('connection lost')];
    const thrown = errorOf('run', () =>
      new ExitStack().run((stack) => {
        stack.enter(handlerOf(raise(later)).manager);
        stack.enter(handlerOf(raise(late)).manager);
        raise(failure)();
      }),
    );
    expect(chainOf(thrown), 'errors, the latest first').toEqual([later, late, failure]);
  });

  test('chains the errors of cleanups on close', () => {
    const [first, second] = [new Error('disk full'), new Error('connection lost')];
    const stack = new ExitStack();
    stack.callback(raise(second));
    stack.callback(raise(first));
    expect(errorOf('close', () => stack.close())).toMatchObject({
      name: 'SuppressedError',
      error: second,
      suppressed: first,
    });
  });

  test('hands a chained error to the exits below', () => {
    const late = new Error('disk full');
    const { manager, received } = handlerOf(() => true);
    new ExitStack().run((stack) => {
      stack.enter(manager);
      stack.callback(raise(late));
      raise(failure)();
    });
    expect(received.map(chainOf), 'errors received by the exit below').toEqual([[late, failure]]);
  });
});

describe('4. Hand the cleanups over', () => {
  test('moves everything to the new stack', () => {
    const log: string[] = [];
    const stack = new ExitStack();
    stack.callback(() => log.push('socket'));
    stack.enter(managerOf('file', log));
    const successor = stack.popAll();
    stack.close();
    expect(log, 'after closing the stack that was emptied').toEqual(['enter file']);
    successor.close();
    expect(log, 'after closing the new stack').toEqual(['enter file', 'exit file', 'socket']);
  });

  test('keeps cleanups apart that are planned after the move', () => {
    const log: string[] = [];
    const stack = new ExitStack();
    stack.callback(() => log.push('moved'));
    const successor = stack.popAll();
    stack.callback(() => log.push('planned later'));
    successor.close();
    expect(log, 'after closing the new stack').toEqual(['moved']);
    stack.close();
    expect(log, 'after closing both stacks').toEqual(['moved', 'planned later']);
  });

  test('leaves the resources of openAll open until their stack is closed', () => {
    const log: string[] = [];
    const opened = openAll([managerOf('db', log), managerOf('file', log)]);
    expect(opened.resources).toEqual(['resource db', 'resource file']);
    expect(log, 'after openAll').toEqual(['enter db', 'enter file']);
    opened.stack.close();
    expect(log, 'after closing the stack').toEqual([
      'enter db',
      'enter file',
      'exit file',
      'exit db',
    ]);
  });

  test('releases what openAll had entered when one manager fails', () => {
    const log: string[] = [];
    const failure = new Error('too many connections');
    const broken = brokenOf(failure);
    const managers = [managerOf('db', log), managerOf('file', log), broken, managerOf('log', log)];
    expect(
      errorOf('openAll', () => openAll(managers)),
      'error thrown by openAll',
    ).toBe(failure);
    expect(log, 'the third of four managers fails').toEqual([
      'enter db',
      'enter file',
      'exit file',
      'exit db',
    ]);
    expect(broken.exit, 'exit of the manager whose enter threw').not.toHaveBeenCalled();
  });
});

describe('5. Write a manager as a generator', () => {
  /** A generator's steps as a plain object of functions. */
  function stepsOf<Args extends unknown[], Value>(
    generatorFn: (...args: Args) => Generator<Value, void>,
  ) {
    return (...args: Args) => {
      const generator = generatorFn(...args);
      return { next: () => generator.next(), throw: (error: unknown) => generator.throw(error) };
    };
  }

  test('runs up to the yield on enter, and the rest on exit', () => {
    const log: string[] = [];
    const lease = contextManager(
      stepsOf(function* (name: string, seconds: number) {
        log.push('acquire');
        yield `${name} for ${seconds} s`;
        log.push('release');
      }),
    );
    const manager = lease('lock', 30);
    expect(log, 'before enter').toEqual([]);
    expect(manager.enter(), 'resource of lease("lock", 30)').toBe('lock for 30 s');
    expect(log, 'after enter').toEqual(['acquire']);
    manager.exit();
    expect(log, 'after exit').toEqual(['acquire', 'release']);
  });

  test('commits a transaction that went well', () => {
    const queries: string[] = [];
    const manager = contextManager(transaction)((sql) => queries.push(sql));
    manager.enter()('UPDATE');
    manager.exit();
    expect(queries, 'queries of a transaction').toEqual(['BEGIN', 'UPDATE', 'COMMIT']);
  });

  test('throws the error at the yield, so that a transaction rolls back', () => {
    const queries: string[] = [];
    const manager = contextManager(transaction)((sql) => queries.push(sql));
    manager.enter();
    const handled = manager.exit(new Error('no such order'));
    expect(queries, 'queries of a transaction that failed').toEqual(['BEGIN', 'ROLLBACK']);
    expect(handled, 'result of exit when the generator let the error out').toBe(false);
  });

  test('counts an error as handled when the generator ends', () => {
    const caught: unknown[] = [];
    const failure = new Error('no such order');
    const manager = contextManager(
      stepsOf(function* () {
        try {
          yield;
        } catch (error) {
          caught.push(error);
        }
      }),
    )();
    manager.enter();
    expect(manager.exit(failure), 'result of exit').toBe(true);
    expect(caught, 'errors thrown at the yield').toEqual([failure]);
  });

  test('throws a new error of the generator', () => {
    const failure = new Error('rollback failed');
    const manager = contextManager(
      stepsOf(function* () {
        try {
          yield;
        } finally {
          raise(failure)();
        }
      }),
    )();
    manager.enter();
    expect(errorOf('exit(error)', () => manager.exit(new Error('no such order')))).toBe(failure);
  });

  test('lets an error before the yield out of enter', () => {
    const failure = new Error('too many connections');
    const manager = contextManager(
      stepsOf(function* () {
        yield raise(failure)();
      }),
    )();
    expect(errorOf('enter()', () => manager.enter())).toBe(failure);
  });

  test('reports a generator that does not yield', () => {
    const manager = contextManager(stepsOf(function* () {}))();
    expect(errorOf('enter()', () => manager.enter())).toBeInstanceOf(ManagerError);
  });

  test('reports a generator that yields a second time', () => {
    const manager = contextManager(
      stepsOf(function* () {
        yield 1;
        yield 2;
      }),
    )();
    manager.enter();
    expect(errorOf('exit()', () => manager.exit())).toBeInstanceOf(ManagerError);
  });

  test('reports a generator that yields again after an error', () => {
    const manager = contextManager(
      stepsOf(function* () {
        try {
          yield 1;
        } catch {
          yield 2;
        }
      }),
    )();
    manager.enter();
    expect(errorOf('exit(error)', () => manager.exit(new Error('no such order')))).toBeInstanceOf(
      ManagerError,
    );
  });

  test('makes managers that do not share a generator', () => {
    const queries: string[] = [];
    const begin = contextManager(transaction);
    const [orders, users] = [
      begin((sql) => queries.push(`orders ${sql}`)),
      begin((sql) => queries.push(`users ${sql}`)),
    ];
    orders.enter();
    users.enter();
    orders.exit();
    users.exit();
    expect(queries).toEqual(['orders BEGIN', 'users BEGIN', 'orders COMMIT', 'users COMMIT']);
  });
});

describe('6. Replace a file as a whole or not at all', () => {
  let folder = '';
  let path = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atomic-write-'));
    path = join(folder, 'report.csv');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('shows nothing of a new file before exit, and all of it after', () => {
    const manager = atomicWrite(path);
    const write = manager.enter();
    write('sku,price\n');
    write('tea,4\n');
    expect(existsSync(path), 'whether the file exists before exit').toBe(false);
    manager.exit();
    expect(readFileSync(path, 'utf8'), 'the file after exit').toBe('sku,price\ntea,4\n');
    expect(readdirSync(folder), 'files in the folder').toEqual(['report.csv']);
  });

  test('replaces a file that was there, without writing into it', () => {
    writeFileSync(path, 'old');
    const { ino } = statSync(path, { bigint: true });
    const manager = atomicWrite(path);
    manager.enter()('new');
    expect(readFileSync(path, 'utf8'), 'the file before exit').toBe('old');
    manager.exit();
    expect(readFileSync(path, 'utf8'), 'the file after exit').toBe('new');
    expect(
      statSync(path, { bigint: true }).ino === ino,
      'whether the old file was overwritten in place (a reader could see half of it)',
    ).toBe(false);
    expect(readdirSync(folder), 'files in the folder').toEqual(['report.csv']);
  });

  test('keeps the old file when the work fails', () => {
    writeFileSync(path, 'old');
    const manager = atomicWrite(path);
    manager.enter()('half of the n');
    const handled = manager.exit(new Error('no such order'));
    expect(readFileSync(path, 'utf8'), 'the file after exit with an error').toBe('old');
    expect(readdirSync(folder), 'files in the folder').toEqual(['report.csv']);
    expect(handled, 'whether exit took the error for handled').not.toBe(true);
  });

  test('leaves no file behind when there was none and the work fails', () => {
    const manager = atomicWrite(path);
    manager.enter()('half of the n');
    manager.exit(new Error('no such order'));
    expect(readdirSync(folder), 'files in the folder').toEqual([]);
  });
});
