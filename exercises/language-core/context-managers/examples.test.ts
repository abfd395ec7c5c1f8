import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ExitStack, atomicWrite, contextManager, openAll, transaction } from './kata';

describe('1. Clean up in reverse', () => {
  test('runs the latest cleanup first', () => {
    const log: string[] = [];
    const stack = new ExitStack();
    for (const name of ['socket', 'file', 'lock']) stack.callback(() => log.push(name));
    stack.close();
    expect(log, 'cleanups planned as socket, file, lock').toEqual(['lock', 'file', 'socket']);
  });
});

describe('2. Run a body among managers', () => {
  test('releases the resource after the body has used it', () => {
    const log: string[] = [];
    const result = new ExitStack().run((stack) => {
      const db = stack.enter({ enter: () => 'db', exit: () => void log.push('exit') });
      log.push(`body with ${db}`);
      return 42;
    });
    expect(result, 'result of run').toBe(42);
    expect(log).toEqual(['body with db', 'exit']);
  });
});

describe('3. Decide what becomes of an error', () => {
  test('lets an exit handle the error of the body', () => {
    const failure = new Error('no such order');
    const exit = vi.fn((_error: unknown) => true);
    const result = new ExitStack().run((stack) => {
      stack.enter({ enter: () => 'db', exit });
      throw failure;
    });
    expect(result, 'result of run').toBe(undefined);
    expect(exit).toHaveBeenCalledWith(failure);
  });
});

describe('4. Hand the cleanups over', () => {
  test('leaves the resources of openAll open until their stack is closed', () => {
    const exit = vi.fn(() => undefined);
    const opened = openAll([
      { enter: () => 'db', exit },
      { enter: () => 'file', exit },
    ]);
    expect(opened.resources).toEqual(['db', 'file']);
    expect(exit, 'exits before the stack is closed').toHaveBeenCalledTimes(0);
    opened.stack.close();
    expect(exit, 'exits after the stack is closed').toHaveBeenCalledTimes(2);
  });
});

describe('5. Write a manager as a generator', () => {
  test('commits a transaction that went well', () => {
    const queries: string[] = [];
    const manager = contextManager(transaction)((sql) => queries.push(sql));
    manager.enter()('UPDATE');
    manager.exit();
    expect(queries).toEqual(['BEGIN', 'UPDATE', 'COMMIT']);
  });
});

describe('6. Replace a file as a whole or not at all', () => {
  test('shows the new file once it is complete', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atomic-write-'));
    try {
      const manager = atomicWrite(join(folder, 'report.csv'));
      manager.enter()('sku,price\n');
      manager.exit();
      expect(readdirSync(folder), 'files in the folder').toEqual(['report.csv']);
      expect(readFileSync(join(folder, 'report.csv'), 'utf8')).toBe('sku,price\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
