import { expect, test } from 'vitest';
import { checkContent } from '../../runner/catalog/check.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { BRIEF, exercise, project } from '../support/project.ts';

test('what an author has left to do is a problem, with its line', async () => {
  const catalog = await loadCatalog(
    await project(
      exercise('x/a', {
        exercise: { 'README.md': BRIEF.replace('A story.', 'TODO: a story.') },
        solution: { 'mistakes/off-by-one.ts': '/* TODO: its sentence. */\nexport const a = 1;\n' },
      }),
    ),
  );
  const found = (await checkContent(catalog)).filter(({ rule }) => rule === 'unfinished');
  expect(found.map(({ path, line, message }) => `${path}:${line}: ${message}`)).toEqual([
    'exercises/x/a/README.md:3: It still says "TODO: a story.".',
    'solutions/x/a/mistakes/off-by-one.ts:1: It still says "TODO: its sentence.".',
  ]);
});

test('what a learner has to do is none', async () => {
  const kata = '// TODO: Answer.\nexport function answer(): number {\n  throw new Error();\n}\n';
  const alternative = '// Leaves a TODO: of the starter in place.\nexport const answer = 42;\n';
  const catalog = await loadCatalog(
    await project(
      exercise('x/a', {
        exercise: { 'kata.ts': kata, 'README.md': BRIEF.replace('A story.', 'Look for `TODO:`.') },
        solution: { 'also/short.ts': alternative },
      }),
    ),
  );
  expect((await checkContent(catalog)).filter(({ rule }) => rule === 'unfinished')).toEqual([]);
});
