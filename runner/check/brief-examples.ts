import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readText } from '../catalog/content.ts';
import { fencesOf, headingsOf, type Fence } from '../catalog/markdown.ts';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { referenceCandidate } from '../grade/candidate.ts';
import { compileKata } from '../grade/compile.ts';
import { isCode } from '../grade/kata-file.ts';
import { RUNNER } from '../location.ts';
import type { Batches } from './batch.ts';

/** An example that does not come out as the brief says. */
export interface BrokenPromise {
  /** Of the brief. */
  readonly line: number;
  readonly message: string;
}

/**
 * Runs the TypeScript examples of a brief with the reference solution, and compares what its lines come to
 * with the comments behind them: `cache.get('a'); // 12`, `parse('x'); // throws a TypeError`. What a comment
 * says beyond a value is for people, and an example that uses names which exist nowhere only illustrates.
 */
export async function runBriefExamples(
  batches: Batches,
  exercise: Exercise,
  edition: ExerciseEdition,
): Promise<readonly BrokenPromise[]> {
  const reference = referenceCandidate(exercise, edition);
  const [main] = [...reference.files].find(([name]) => isCode(name)) ?? [];
  const path = main === undefined ? undefined : reference.files.get(main);
  const examples = examplesOf(await readText(join(exercise.folder, 'README.md')));
  if (main === undefined || path === undefined || examples.length === 0) return [];
  const { exports } = await compileKata(path, reference.folder);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dojo-brief-')));
  try {
    const suite = join(folder, 'brief.test.ts');
    await writeFile(suite, suiteOf(main, exports, examples));
    const [ran] = await batches.run([{ name: 'examples', path: suite }], [reference]);
    if (ran?.kind !== 'ran') return [{ line: examples[0]?.line ?? 1, message: 'it never ends.' }];
    // Errors that nothing waits for come of names that exist nowhere.
    return [...ran.failures.values()].map(promiseOf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The blocks of TypeScript below a heading that announces examples. */
function examplesOf(brief: string): readonly Fence[] {
  const headings = headingsOf(brief);
  return fencesOf(brief).filter(({ language, line, text }) => {
    // What exports is a kata, or a part of one.
    if (/^export\b/m.test(text)) return false;
    const above = headings.findLast((heading) => heading.line < line);
    return /^(ts|typescript)$/.test(language) && /\bexamples?\b/i.test(above?.text ?? '');
  });
}

function suiteOf(main: string, exports: readonly string[], examples: readonly Fence[]): string {
  return [
    `import { test } from 'vitest';`,
    `import * as kata from './${main.replace(/\.ts$/, '')}';`,
    `import { promises } from ${JSON.stringify(join(RUNNER, 'check', 'promises.ts'))};`,
    ...examples.map(({ line, text }) =>
      [
        `test('line ${line}', async () => {`,
        `  const { holds, kept } = promises();`,
        `  const { ${exports.filter((name) => name !== 'default').join(', ')} } = kata;`,
        `  await kept(async () => {`,
        ...text.split('\n').map((row, index) => withPromise(row, line + 1 + index)),
        `  });`,
        `});`,
      ].join('\n'),
    ),
  ].join('\n');
}

/** What no expression begins with. */
const STATEMENT =
  /^(const|let|var|function|class|if|for|while|return|throw|try|type|interface|import|export|await using|using|\}|\))/;

/** Turns `call(); // value` into a comparison; other lines stay as they are. */
function withPromise(row: string, line: number): string {
  const [, code = '', comment = ''] = /^\s*(\S.*);\s*\/\/\s*(.+?)\s*$/.exec(row) ?? [];
  if (code === '') return /^\s*import\b/.test(row) ? '' : row;
  const told = JSON.stringify(comment);
  const [, name] = /^(?:const|let) (\w+)\b/.exec(code) ?? [];
  if (name !== undefined) return `${row}\nholds(() => ${name}, ${told}, ${line});`;
  if (STATEMENT.test(code)) return row;
  const [, shown] = /^console\.log\((.*)\)$/.exec(code) ?? [];
  return /\bawait\b/.test(code)
    ? `await holds(async () => (${shown ?? code}), ${told}, ${line});`
    : `holds(() => (${shown ?? code}), ${told}, ${line});`;
}

function promiseOf(message: string): BrokenPromise {
  const [, line = '1', rest = message] = /^line (\d+): (.*)$/s.exec(message) ?? [];
  return { line: Number(line), message: rest };
}
