import { expect, test } from 'vitest';
import {
  linesBehind,
  loopholes,
  snippets,
  typecheck,
  widenUnion,
} from '../../runner/kit/typecheck.ts';

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
