import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Exercise, ExerciseEdition } from '../../runner/catalog/model.ts';

const clone = join(import.meta.dirname, '../..');

/** A throw-away clone with one exercise, `practice/adder`, and whatever else a test writes into it. */
export interface KataProject extends Disposable {
  readonly root: string;
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  /** Writes a file, its path relative to the root; @returns its absolute path. */
  write(path: string, text: string): string;
}

const STARTER = `export function add(a: number, b: number): number {
  throw new Error(\`Not implemented yet (\${a}, \${b})\`);
}
`;
const REFERENCE = `export function add(a: number, b: number): number {
  return a + b;
}
`;
const EXAMPLES = `import { describe, expect, test } from 'vitest';
import { add } from './kata';
describe('1. Add', () => {
  test('adds two and three', () => { expect(add(2, 3)).toBe(5); });
});
`;
const HIDDEN = `import { describe, expect, test } from 'vitest';
import { add } from './kata';
describe('1. Add', () => {
  test('adds one and one', () => { expect(add(1, 1), 'add(1, 1)').toBe(2); });
  test('adds negative numbers', () => { expect(add(-1, -2)).toBe(-3); });
});
describe('2. Be exact', () => {
  test('adds zero', () => { expect(add(7, 0)).toBe(7); });
});
`;

/** @param overrides file texts by path, in place of or beside those of the exercise. */
export function kataProject(overrides: Readonly<Record<string, string>> = {}): KataProject {
  const root = mkdtempSync(join(tmpdir(), 'dojo-test-'));
  symlinkSync(join(clone, 'node_modules'), join(root, 'node_modules'), 'junction');
  const write = (path: string, text: string): string => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    return target;
  };
  const files = {
    'exercises/practice/adder/kata.ts': STARTER,
    'exercises/practice/adder/examples.test.ts': EXAMPLES,
    'solutions/practice/adder/kata.ts': REFERENCE,
    'solutions/practice/adder/hidden.test.ts': HIDDEN,
    ...overrides,
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const edition: ExerciseEdition = {
    language: 'typescript',
    kata: ['kata.ts'],
    examples: 'examples.test.ts',
    hidden: 'hidden.test.ts',
  };
  return {
    root,
    edition,
    exercise: {
      slug: 'adder',
      area: 'practice',
      title: 'An adder',
      kind: 'code',
      level: 1,
      minutes: 5,
      summary: 'Addition.',
      needs: [],
      editions: [edition],
      material: [],
      timeLimit: 8_000,
      capabilities: [],
      folder: join(root, 'exercises/practice/adder'),
      solutionFolder: join(root, 'solutions/practice/adder'),
    },
    write,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
