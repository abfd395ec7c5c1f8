import { describe, expect, test } from 'vitest';
import { checkContent } from '../../runner/catalog/check.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { BRIEF, HINTS, exercise, project } from '../support/project.ts';
import type { ExerciseChanges } from '../support/project.ts';

async function check(changes: ExerciseChanges = {}) {
  const catalog = await loadCatalog(await project(exercise('x/a', changes)));
  expect(catalog.exercises.size).toBe(1);
  const problems = await checkContent(catalog);
  return problems.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const brief = (text: string) => check({ exercise: { 'README.md': text } });
const hints = (text: string) => check({ exercise: { 'hints.md': text } });
const README = 'exercises/x/a/README.md';
const LADDER = 'exercises/x/a/hints.md';

test('an exercise in order has no problem', async () => {
  expect(await check()).toEqual([]);
});

describe('tasks', () => {
  test('are three to six', async () => {
    expect(await brief(BRIEF.replace('### 3.', '#### 3.'))).toEqual([
      `${README}:1 The brief has 2 tasks; 3 to 6 are asked for.`,
    ]);
  });

  test('may be two in a first step of ten minutes', async () => {
    const small = 'title: A\nkind: code\nlevel: 1\nminutes: 10\nsummary: S.\n';
    const two = BRIEF.replace('### 3.', '#### 3.');
    expect(await check({ exercise: { 'exercise.yaml': small, 'README.md': two } })).toEqual([]);
  });

  test('are numbered in their order', async () => {
    expect(await brief(BRIEF.replace('### 2.', '### 3.'))).toEqual([
      `${README}:11 This task has the number 3, but it is number 2.`,
    ]);
  });
});

describe('links of the brief', () => {
  test('may lead to files of the clone, into the page, and to the web', async () => {
    const links = '[a](kata.ts#L1) [b](../../../solutions/x/a) [c](#answer) [d](https://e.org/f)';
    expect(await brief(`${BRIEF}${links}\n`)).toEqual([]);
  });

  test('that lead nowhere are named with their line, not those in code', async () => {
    const text = `${BRIEF}See ![the plan](plan.png "Plan") and \`[x](y)\`.\n\n[ref]: missing.md\n`;
    const last = text.split('\n').length;
    expect(await brief(text)).toEqual([
      `${README}:${last - 3} The link leads to plan.png, which does not exist.`,
      `${README}:${last - 1} The link leads to missing.md, which does not exist.`,
    ]);
  });
});

describe('hints', () => {
  test('are three to five', async () => {
    expect(await hints('# Hints\n\n## 1. Only one\n\nText.\n')).toEqual([
      `${LADDER}:1 There is 1 hint; 3 to 5 are asked for.`,
    ]);
  });

  test('are not empty', async () => {
    expect(await hints(HINTS.replace('A well-known one.', ''))).toEqual([
      `${LADDER}:7 The hint "Which number?" is empty.`,
    ]);
  });

  test('are numbered in their order', async () => {
    expect(await hints(HINTS.replace('## 3.', '## 4.'))).toEqual([
      `${LADDER}:11 This hint has the number 4, but it is number 3.`,
    ]);
  });
});

describe('the solution', () => {
  test('has an explanation that says something', async () => {
    expect(await check({ solution: { 'explanation.md': '# Why it works\n\n' } })).toEqual([
      'solutions/x/a/explanation.md:1 The explanation is empty.',
    ]);
  });

  test('has a sentence in every mistake', async () => {
    expect(await check({ solution: { 'mistakes/silent.ts': 'export {};\n' } })).toEqual([
      'solutions/x/a/mistakes/silent.ts:1 "silent" does not open with a comment.',
    ]);
  });

  test('has no file among the mistakes that stands for none of the kata', async () => {
    expect(await check({ solution: { 'mistakes/x/other.ts': '', 'also/data.json': '' } })).toEqual([
      'solutions/x/a/mistakes/x/other.ts:1 It stands for no file of the kata.',
      'solutions/x/a/also/data.json:1 It stands for no file of the kata.',
    ]);
  });
});
