import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  editionOf,
  listAlternatives,
  listMistakes,
  readContent,
  readSolution,
} from '../../runner/catalog/content.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { BRIEF, exercise, project } from '../support/project.ts';
import type { ExerciseChanges } from '../support/project.ts';

async function written(changes: ExerciseChanges = {}) {
  const catalog = await loadCatalog(await project(exercise('x/a', changes)));
  const read = catalog.exercises.get('a');
  if (!read) throw new Error(JSON.stringify(catalog.problems));
  return read;
}

const python: ExerciseChanges = {
  exercise: { 'kata.py': '', 'examples_test.py': '' },
  solution: { 'kata.py': 'answer = 42\n', 'hidden_test.py': '# suite\n' },
};

const image: ExerciseChanges = {
  manifest: 'kata: [Dockerfile, tags.yaml]',
  exercise: { Dockerfile: '', 'tags.yaml': '', 'kata.ts': undefined },
  solution: { Dockerfile: '', 'tags.yaml': '', 'kata.ts': undefined },
};

describe('the content of an exercise', () => {
  test('is the brief, its numbered tasks and the ladder of hints', async () => {
    const content = await readContent(await written());
    expect(content.brief).toBe(BRIEF);
    expect(content.tasks).toEqual([
      { number: 1, title: 'Answer' },
      { number: 2, title: 'Answer again' },
      { number: 3, title: 'Answer once more' },
    ]);
    expect(content.hints[1]).toEqual({ title: 'Which number?', text: 'A well-known one.' });
  });

  test('takes tasks only from below "Your task", and none from code', async () => {
    const brief = [
      '# T',
      '### 9. Before',
      '## Your task',
      '### 1. First',
      '```md',
      '### 2. In a fence',
      '```',
      '#### 3. Too deep',
      '### Unnumbered',
      '### 2. Second `code`',
      '## Example',
      '### 3. After',
    ].join('\n');
    const { tasks } = await readContent(await written({ exercise: { 'README.md': brief } }));
    expect(tasks.map(({ title }) => title)).toEqual(['First', 'Second `code`']);
  });

  test('keeps code and deeper headings inside a hint', async () => {
    const hints =
      '# Hints\n\n## 1. One\n\n### Deeper\n\n```sh\n## 2. Not a hint\n```\n\n## 2. Two\n\nText.\n';
    const content = await readContent(await written({ exercise: { 'hints.md': hints } }));
    expect(content.hints).toEqual([
      { title: 'One', text: '### Deeper\n\n```sh\n## 2. Not a hint\n```' },
      { title: 'Two', text: 'Text.' },
    ]);
  });

  test('reads the same with the line ends of Windows', async () => {
    const brief = `\uFEFF${BRIEF.replaceAll('\n', '\r\n')}`;
    const content = await readContent(await written({ exercise: { 'README.md': brief } }));
    expect(content.brief).toBe(BRIEF);
    expect(content.tasks).toHaveLength(3);
  });
});

describe('an edition', () => {
  test('is the one in the language that is asked for', async () => {
    const read = await written(python);
    expect(editionOf(read, 'python')?.kata).toEqual(['kata.py']);
    expect(editionOf(read, 'typescript')?.kata).toEqual(['kata.ts']);
  });

  test('is the neutral one, whatever the language', async () => {
    const read = await written(image);
    expect(editionOf(read, 'python')).toBe(editionOf(read, 'typescript'));
  });

  test('may be missing', async () => {
    expect(editionOf(await written(), 'python')).toBeUndefined();
  });
});

describe('the solution of an exercise', () => {
  test('is the reference, the explanation and the hidden suite of the edition', async () => {
    const solution = await readSolution(await written(python), 'python');
    expect(solution.files).toEqual([{ name: 'kata.py', text: 'answer = 42\n' }]);
    expect(solution.explanation).toContain('# Why it works');
    expect(solution.suite).toEqual({ name: 'hidden_test.py', text: '# suite\n' });
  });

  test('of an edition that does not exist is refused by name', async () => {
    await expect(readSolution(await written(), 'python')).rejects.toThrow(
      'The exercise "a" has no python edition.',
    );
  });
});

describe('mistakes', () => {
  test('of one file stand for the kata of their language', async () => {
    const read = await written({
      ...python,
      solution: { ...python.solution, 'mistakes/eager.py': '# Too early.\nanswer = 42\n' },
    });
    const mistakes = await listMistakes(read, 'python');
    expect(mistakes).toEqual([
      {
        name: 'eager',
        sentence: 'Too early.',
        files: new Map([['kata.py', join(read.solutionFolder, 'mistakes', 'eager.py')]]),
      },
    ]);
    expect((await listMistakes(read, 'typescript')).map(({ name }) => name)).toEqual([
      'off-by-one',
    ]);
  });

  test('of several files are folders that name what differs; the first file speaks', async () => {
    const read = await written({
      ...image,
      solution: {
        ...image.solution,
        'mistakes/off-by-one.ts': undefined,
        'mistakes/as-root/tags.yaml': '# Second.\n',
        'mistakes/as-root/Dockerfile': '# Runs as root.\nFROM scratch\n',
        'mistakes/latest/tags.yaml': '# Tags\n# move.\n- latest\n',
      },
    });
    const mistakes = await listMistakes(read, 'typescript');
    expect(
      mistakes.map(({ name, sentence, files }) => [name, sentence, [...files.keys()]]),
    ).toEqual([
      ['as-root', 'Runs as root.', ['Dockerfile', 'tags.yaml']],
      ['latest', 'Tags move.', ['tags.yaml']],
    ]);
  });

  test('are none when there is no such folder', async () => {
    const read = await written({ solution: { 'mistakes/off-by-one.ts': undefined } });
    expect(await listMistakes(read, 'typescript')).toEqual([]);
  });

  test('have other right solutions beside them', async () => {
    const read = await written({ solution: { 'also/recursive.ts': '// Calls\n// itself.\n' } });
    expect(await listAlternatives(read, 'typescript')).toMatchObject([
      { name: 'recursive', sentence: 'Calls itself.' },
    ]);
  });
});
