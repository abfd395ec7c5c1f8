import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import {
  linesBehind,
  loopholes,
  prepare,
  snippets,
  typecheck,
  widenUnion,
} from '../../runner/kit/typecheck.ts';
import { onAsked, rehearse } from '../../runner/kit/warm.ts';

test('the whole of the language is known, its iterator helpers and what Node adds included', () => {
  const kata = `
export const waits: Promise<number[]> = Promise.all([1, Promise.resolve(2)]);
export const doubled: number[] = Iterator.from([1, 2]).map((n) => n * 2).toArray();
export const last: string | undefined = ['a', 'b'].at(-1);
console.log(structuredClone(new Map([['a', 1]])).get('a'));
`;
  expect(typecheck({ 'kata.ts': kata })).toEqual([]);
});

test('an error is told with its file, its line and the number that TypeScript documents', () => {
  const problems = typecheck({
    'kata.ts': 'export const price: number = 1;\n',
    'use.ts': `import { price } from './kata';\nexport const text: string = price;\n`,
  });
  expect(problems).toEqual([
    {
      file: 'use.ts',
      line: 2,
      code: 2322,
      message: "Type 'number' is not assignable to type 'string'.",
    },
  ]);
});

test('a text that has changed is read anew, and one that has not still gets the same answer', () => {
  const lines = (kata: string): number[] => typecheck({ 'kata.ts': kata }).map(({ line }) => line);
  const wrong = `\nexport const count: number = 'one';\n`;
  expect([lines(wrong), lines('export const count = 1;\n'), lines(wrong)]).toEqual([[2], [], [2]]);
});

test('what one check declares, the next does not know', () => {
  expect(typecheck({ 'a.ts': 'declare global { var shared: string }\nexport {};\n' })).toEqual([]);
  expect(typecheck({ 'b.ts': 'export const taken = shared;\n' })).toMatchObject([{ code: 2304 }]);
});

test('it comes to what a program of its own would, whatever was checked before', async () => {
  const mistakes = join(import.meta.dirname, '../../solutions/typing/type-narrowing/mistakes');
  const names = (await readdir(mistakes)).filter((name) => name.endsWith('.ts'));
  const uses = `import { describePayment, type Payment } from './kata';
const text: number = describePayment({ status: 'captured' } as Payment);
export const nothing: Payment = { status: 'none' };
`;
  const katas = await Promise.all(names.map((name) => readFile(join(mistakes, name), 'utf8')));
  const checks: Record<string, string>[] = [
    ...katas.map((kata) => ({ 'kata.ts': kata, 'uses.ts': uses })),
    { 'broken.ts': 'export const one = ;\n}' },
    {
      'quiet.ts':
        '// @ts-expect-error\nexport const one: number = "";\n// @ts-expect-error\nexport {};',
    },
    { 'lost.ts': `import { one } from './nowhere';\nexport const two: string = one;` },
    {
      'kata.ts': `import type { Two } from './two.ts';\nexport type One = { two?: Two };\nexport * from './two';`,
      'two.ts': `import { type One } from './kata';\nexport interface Two { one: One }\nexport const two: Two = { one: { two: 1 } };`,
      'uses.ts': `import * as all from './kata';\nexport const three: typeof all.two = { one: { two: undefined } };\nall.three;`,
    },
    {
      'global.ts': 'declare global { interface Array<T> { second(): T } }\nexport {};',
      'uses.ts': `export const two: string = [1].second();`,
    },
    { 'script.ts': 'const name = 1;\nconst two: string = name;' },
    { 'uses.ts': 'export const two = [1].second();\nexport const one = name;' },
  ];
  for (const files of checks)
    expect(typecheck(files).map(place), JSON.stringify(files)).toEqual(
      documented(files).map(place),
    );
});

const place = ({ file, line, code }: { file: string; line: number; code: number }): string =>
  `${file}:${line} ${code}`;

/** The compiler as its manual has it, with the flags of the repository. */
function documented(files: Record<string, string>): { file: string; line: number; code: number }[] {
  const root = join(import.meta.dirname, '../..');
  const config: unknown = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, types: [] });
  const library = host.getSourceFile;
  host.getSourceFile = (path, syntax) => {
    const text = files[path.replace('/kata/', '')];
    return text === undefined ? library(path, syntax) : ts.createSourceFile(path, text, syntax);
  };
  host.directoryExists = () => true;
  host.fileExists = (path) => path.replace('/kata/', '') in files;
  const names = Object.keys(files);
  const program = ts.createProgram({
    rootNames: names.map((name) => `/kata/${name}`),
    options: { ...options, types: [] },
    host,
  });
  return names.flatMap((file) => {
    const source = program.getSourceFile(`/kata/${file}`);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start, code }) => ({
      file,
      line: (source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1,
      code,
    }));
  });
}

test('what a suite has checked is told, so that a process can prepare for it; nothing of that stays', async () => {
  const told: string[] = [];
  onAsked((tool, input) => void (tool === 'typecheck' && told.push(input)));
  typecheck({ 'kata.ts': 'export const solution = 1;\n' });
  onAsked(() => undefined);
  await prepare(told[0] ?? '');
  await rehearse();
  expect(typecheck({ 'uses.ts': `export { solution } from './kata';\n` })).toMatchObject([
    { code: 2307 },
  ]);
});

test('a message names a file as the others import it', () => {
  const [problem] = typecheck({
    'kata.ts':
      'export interface Price { cents: number }\nexport const price: Price = { cents: 1 };\n',
    'uses.ts': `import { price } from './kata';\ninterface Price { euros: number }\nexport const one: Price = price;\n`,
  });
  expect(problem?.message).toContain('import("./kata").Price');
});

test('a snippet is disappointed by a line that compiles for all its "// error", and by one that does not', () => {
  const verdicts = snippets(
    { 'kata.ts': 'export type Id = string;\n' },
    `import { type Id } from './kata';`,
    {
      right: `
      const id: Id = 'a';
      const no: Id = 1; // error
    `,
      wrong: `
      const id: Id = 'a'; // error
      const no: Id = 1;
    `,
    },
  );
  expect(verdicts('right')).toEqual([]);
  expect(verdicts('wrong')).toEqual([
    "must not compile, but does: const id: Id = 'a';",
    "must compile: const no: Id = 1;\n  Type 'number' is not assignable to type 'string'.",
  ]);
});

test('the ways around the compiler are named with their lines, "as const" is none', () => {
  const kata = `/** any as string! */
const words = ['a'] as const;
let later!: string;
const one: any = words[0]!;
// @ts-expect-error
export const two = one as string;
`;
  expect(loopholes(kata)).toEqual([
    'line 3: `later!`',
    'line 4: `any`',
    'line 4: `words[0]!`',
    'line 5: `@ts-expect-error`',
    'line 6: `as string`',
  ]);
});

test('the lines behind a function are its own and those of what it uses', () => {
  const kata = `/** Told. */
function one() {}
const two = () => one();
function three() {}
export function four() {
  return two();
}
`;
  expect([...linesBehind(kata, 'four')].toSorted()).toEqual([2, 3, 5, 6, 7]);
});

test('a union is widened on the lines that it has', () => {
  const union = 'export type Name =\n  /** The first. */\n  | "a"\n  | "b";\n';
  expect(widenUnion(union, 'Name', '"c"')).toBe(
    'export type Name =\n  /** The first. */\n  (| "a"\n  | "b") | "c";\n',
  );
  expect(widenUnion('interface Name {}', 'Name', '"c"')).toBeUndefined();
});
