import { Instrumenter, type babel } from '@stryker-mutator/instrumenter';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { RUNNER } from '../location.ts';
import { runNode } from '../process/child.ts';
import { SQL_OPERATORS } from './sql-operators.ts';

/** A small change to a reference solution that its suites should notice. */
export interface Mutant {
  /** The kata file. */
  readonly file: string;
  /** What was done, such as `EqualityOperator` or `line deleted`. */
  readonly operator: string;
  /** 1-based, of the change. */
  readonly line: number;
  /** The lines that change, before and after; without those around them. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The whole file, changed. */
  readonly text: string;
}

/**
 * The mutants of one kata file. Code is changed by the mutators of StrykerJS
 * (https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators), Python by those of
 * `python/mutants.py`, queries by what people
 * confuse in them; of scripts and configuration each line is left out in turn. Messages of errors and titles
 * of tests stay as they are.
 *
 * @param file its name, which tells the language.
 * @returns in the order of their lines; none for prose.
 */
export async function mutantsOf(file: string, text: string): Promise<readonly Mutant[]> {
  const extension = extname(file);
  if (/^\.[jt]sx?$/.test(extension)) return mutatedCode(file, text);
  if (extension === '.py') return mutatedPython(file, text);
  if (extension === '.sql') return mutatedQueries(file, text);
  const idle = IDLE_LINES[extension] ?? IDLE_LINES[file];
  return idle ? withoutLines(file, text, idle) : [];
}

const HASH_COMMENT = /^\s*(#|$)/;

/** Lines without which nothing is missing, or nothing can be read, by extension or name of the file. */
const IDLE_LINES: Readonly<Record<string, RegExp>> = {
  '.sh': /^\s*(#|$|(done|fi|esac|then|else|do|;;|[{}])\s*(#.*)?$|.*\b(then|do|in)$|.*\{$)/,
  '.conf': /^\s*(#|$|\}|.*\{$)/,
  '.dockerfile': HASH_COMMENT,
  Dockerfile: HASH_COMMENT,
};

async function mutatedCode(file: string, text: string): Promise<readonly Mutant[]> {
  const { mutants } = await new Instrumenter(silent).instrument(
    [{ name: file, content: text, mutate: true }],
    { plugins: null, excludedMutations: [], ignorers: [wordsForPeople] },
  );
  const starts = lineStarts(text);
  return mutants.flatMap(({ location: { start, end }, mutatorName, replacement, status }) => {
    if (status === 'Ignored' || replacement === undefined) return [];
    // A text in a list of something else: the compiler would not let it pass.
    if (mutatorName === 'ArrayDeclaration' && replacement !== '[]') return [];
    const from = (starts[start.line] ?? 0) + start.column;
    const to = (starts[end.line] ?? 0) + end.column;
    const changed = text.slice(0, from) + replacement + text.slice(to);
    return [change(file, mutatorName, start.line + 1, text, changed)];
  });
}

const pythonMutants = z.array(z.object({ operator: z.string(), line: z.int(), text: z.string() }));

/** CPython itself reads the file: it knows its own grammar. */
async function mutatedPython(file: string, text: string): Promise<readonly Mutant[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dojo-python-'));
  try {
    const path = join(folder, 'kata.py');
    await writeFile(path, text);
    const printed = await runNode(
      join(RUNNER, 'check', 'python', 'list-mutants.ts'),
      ['--no-warnings'],
      { env: {}, cwd: folder, args: [path], patience: 60_000 },
    );
    const mutants = pythonMutants.parse(JSON.parse(printed));
    return mutants.map(({ operator, line, text: changed }) =>
      change(file, operator, line, text, changed),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function mutatedQueries(file: string, text: string): readonly Mutant[] {
  const lines = text.split('\n');
  const mutants = SQL_OPERATORS.flatMap(({ name, of, to }) =>
    lines.flatMap((line, index) => {
      const query = line.replace(/--.*/, '');
      return [...query.matchAll(of)].map(({ 0: found, index: at }) => {
        const changed = line.slice(0, at) + to(found) + line.slice(at + found.length);
        return change(file, name, index + 1, text, lines.with(index, changed).join('\n'));
      });
    }),
  );
  return mutants.toSorted((one, other) => one.line - other.line);
}

function withoutLines(file: string, text: string, idle: RegExp): readonly Mutant[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) =>
    idle.test(line)
      ? []
      : [change(file, 'line deleted', index + 1, text, lines.toSpliced(index, 1).join('\n'))],
  );
}

function change(file: string, operator: string, line: number, from: string, to: string): Mutant {
  const [before, after] = [from.split('\n'), to.split('\n')];
  let head = 0;
  while (head < before.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return {
    file,
    operator,
    line,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
    text: to,
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  return starts;
}

/** Words for people are no behaviour: suites do not compare messages of errors, nor the titles of tests. */
const wordsForPeople = {
  shouldIgnore(path: babel.NodePath): string | undefined {
    if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
    const { parent } = path;
    if (parent.type !== 'NewExpression' && parent.type !== 'CallExpression') return undefined;
    const { callee } = parent;
    const name = callee.type === 'Identifier' ? callee.name : '';
    if (/Error$/.test(name)) return 'the message of an error';
    return /^(test|it|describe)$/.test(name) ? 'the title of a test' : undefined;
  },
};

const nothing = (): void => undefined;
const never = (): boolean => false;
/** The instrumenter wants a logger. */
const silent = {
  isTraceEnabled: never,
  isDebugEnabled: never,
  isInfoEnabled: never,
  isWarnEnabled: never,
  isErrorEnabled: never,
  isFatalEnabled: never,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
