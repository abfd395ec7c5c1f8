import { runInThisContext } from 'node:vm';
import { expect } from 'vitest';

// Runs inside the examples of a brief: compares what a line comes to with the comment behind it.

/** What an example promises, and whether it was kept. */
export function promises() {
  const later: Promise<unknown>[] = [];

  function compare(value: unknown, comment: string, line: number): void {
    const promised = valueIn(comment);
    if (promised) expect(value, `line ${line}`).toEqual(promised.value);
  }

  /** A line of the example: `read` is its code. */
  function holds(read: () => unknown, comment: string, line: number): unknown {
    const [, thrown] = /^throws (?:an? )?`?(\w+)/.exec(comment) ?? [];
    if (thrown !== undefined) {
      expect(nameOfThrown(read), `line ${line}`).toBe(thrown);
      return undefined;
    }
    const value = read();
    if (value instanceof Promise) {
      later.push(
        value.then(
          (settled) => compare(settled, comment, line),
          () => undefined,
        ),
      );
      return value;
    }
    compare(value, comment, line);
    return value;
  }

  return {
    holds,
    /** The whole example; names that exist nowhere make it an illustration. */
    async kept(example: () => Promise<void>): Promise<void> {
      try {
        await example();
      } catch (error) {
        if (!(error instanceof ReferenceError)) throw error;
      }
      await Promise.all(later);
    },
  };
}

function nameOfThrown(read: () => unknown): string {
  try {
    read();
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.name : typeof error;
  }
}

/** The value that a comment begins with, up to a `:`, `,` or `;` behind which words follow. */
function valueIn(comment: string): { readonly value: unknown } | undefined {
  if (!/^(['"`[{\d-]|true\b|false\b|null\b|undefined\b)/.test(comment)) return undefined;
  const ends = [comment.length, ...[...comment.matchAll(/[:,;(]|\s/g)].map(({ index }) => index)];
  for (const end of ends.toSorted((a, b) => b - a)) {
    try {
      return { value: runInThisContext(`(${comment.slice(0, end)})`) };
    } catch {
      // Words follow.
    }
  }
  return undefined;
}
