import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readText } from '../../catalog/content.ts';
import { fencesOf } from '../../catalog/markdown.ts';
import type { Exercise, ExerciseEdition } from '../../catalog/model.ts';
import { referenceCandidate } from '../../grade/candidate.ts';
import type { PythonHost } from '../../grade/python/client.ts';
import { pythonMaterial } from '../../grade/python/suites.ts';
import { RUNNER } from '../../location.ts';
import type { BrokenPromise } from '../brief-examples.ts';

/** Milliseconds. */
const PATIENCE = 10_000;

/**
 * Runs the Python examples of a brief with the reference solution, and compares what their lines come to with
 * the comments behind them, as `runBriefExamples` does for TypeScript.
 */
export async function runPythonExamples(
  python: PythonHost,
  exercise: Exercise,
  edition: ExerciseEdition,
): Promise<BrokenPromise[]> {
  const brief = await readText(join(exercise.folder, 'README.md'));
  const examples = fencesOf(brief).filter(({ language }) => /^(py|python)$/.test(language));
  const [main = ''] = edition.kata;
  if (examples.length === 0) return [];
  const suite = await readFile(join(RUNNER, 'check', 'python', 'brief_examples.py'), 'utf8');
  const given = JSON.stringify(examples.map(({ line, text }) => [line, text]));
  const source = `${suite}
check_all(${JSON.stringify(given)}, __import__(${JSON.stringify(main.replace(/\.py$/, ''))}), globals())
`;
  const { tests, loadErrors } = await python.grade({
    suites: [{ name: 'examples', source }],
    candidate: referenceCandidate(exercise, edition),
    material: await pythonMaterial(exercise),
    timeLimit: PATIENCE,
    testLimit: PATIENCE,
  });
  const line = examples[0]?.line ?? 1;
  return [
    ...loadErrors.map(({ error }) => ({ line, message: error.message })),
    ...tests.flatMap(({ titles, errors }) =>
      errors.slice(0, 1).map(({ message }) => promiseOf(message, Number(titles.at(-1) ?? line))),
    ),
  ];
}

function promiseOf(said: string, opening: number): BrokenPromise {
  const [, line, message = said] = /^line (\d+): (.*)$/s.exec(said) ?? [];
  return { line: Number(line ?? opening), message };
}
