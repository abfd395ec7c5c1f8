import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files by path, relative to the project, with forward slashes. */
export type Files = Readonly<Record<string, string>>;

/** Writes files into a new temp folder, which is deleted after the test; returns its absolute path. */
export async function project(files: Files = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'dojo-'));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** What may differ from an exercise that is in order. */
export interface ExerciseChanges {
  /** Lines that are added to the manifest. */
  readonly manifest?: string;
  /** Files of the exercise folder that are replaced or added; `undefined` leaves one out. */
  readonly exercise?: Readonly<Record<string, string | undefined>>;
  /** The same for the solution's folder. */
  readonly solution?: Readonly<Record<string, string | undefined>>;
}

/** The files of a complete small exercise `<area>/<slug>`. */
export function exercise(folder: string, changes: ExerciseChanges = {}): Files {
  return {
    ...below(`exercises/${folder}`, {
      'exercise.yaml': [
        `title: Title of ${folder.split('/').at(-1) ?? ''}`,
        'kind: code',
        'level: 2',
        'minutes: 40',
        'summary: Something was learnt.',
        changes.manifest ?? '',
        '',
      ].join('\n'),
      'README.md': BRIEF,
      'hints.md': HINTS,
      'kata.ts': 'export function answer(): number {\n  throw new Error("not yet");\n}\n',
      'examples.test.ts': suite('1. Answer'),
      ...changes.exercise,
    }),
    ...below(`solutions/${folder}`, {
      'kata.ts': 'export function answer(): number {\n  return 42;\n}\n',
      'hidden.test.ts': suite('1. Answer'),
      'explanation.md': '# Why it works\n\nBecause.\n',
      'mistakes/off-by-one.ts':
        '/** One too few. */\nexport function answer(): number {\n  return 41;\n}\n',
      ...changes.solution,
    }),
  };
}

export const BRIEF = `# Answer

A story.

## Your task

### 1. Answer

Return 42.

### 2. Answer again

Return 42.

### 3. Answer once more

Return 42.

## Not required

- Anything else.
`;

export const HINTS = `# Hints

## 1. What is asked?

Read on.

## 2. Which number?

A well-known one.

## 3. In words

Forty-two.
`;

function suite(task: string): string {
  return `import { describe, expect, test } from 'vitest';
import { answer } from './kata';

describe('${task}', () => {
  test('it is 42', () => {
    expect(answer()).toBe(42);
  });
});
`;
}

function below(folder: string, files: Readonly<Record<string, string | undefined>>): Files {
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, text]) =>
      text === undefined ? [] : [[`${folder}/${name}`, text]],
    ),
  );
}
