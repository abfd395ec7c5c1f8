import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editionOf } from '../catalog/content.ts';
import { loadCatalog } from '../catalog/load.ts';
import { CLONE } from '../location.ts';
import { openKata } from './open-kata.ts';
import { sampleInTurn } from './sampling.ts';
import { finding, type Finding, type Plan } from './scenario.ts';

/** Milliseconds. */
const TARGET = 150;

/** An exercise of the catalogue whose suite needs something that is slow to start. */
export interface HeavyKata {
  readonly name: string;
  readonly slug: string;
  /** What it is called in titles. */
  readonly subject: string;
  /** Besides the tests themselves. */
  readonly limitOf: readonly string[];
  readonly above: string;
  /** Begins a comment of one line in the kata's language. */
  readonly comment: string;
}

/** Grades saves of a right kata, each with another comment, with time between them to warm up. */
export async function measureHeavyKata(
  { name, slug, subject, limitOf, above, comment }: HeavyKata,
  { samples, pause }: Plan,
): Promise<Finding[]> {
  const exercise = (await loadCatalog(CLONE)).exercises.get(slug);
  const edition = exercise && editionOf(exercise, 'typescript');
  if (!edition) throw new Error(`The exercise ${slug} is not there, or broken.`);
  const reference = await readFile(join(exercise.solutionFolder, edition.kata[0] ?? ''), 'utf8');
  await using kata = await openKata(CLONE, exercise, edition);
  const { saves } = await sampleInTurn(
    { saves: (turn) => kata.save(`${reference}\n${comment} Save ${turn}\n`, 'passed') },
    { samples, pause, dropped: 2, ready: () => kata.ready() },
  );
  const tests = `${name}-tests`;
  return [
    finding(
      {
        name,
        title: `${subject}: save event to verdict`,
        unit: 'ms',
        target: TARGET,
        limitOf: [...limitOf, tests],
        above,
      },
      saves.map(({ verdict }) => verdict),
    ),
    finding(
      { name: tests, title: `${subject}: the tests alone`, unit: 'ms' },
      saves.map((save) => save.tests),
    ),
    finding(
      {
        name: `${name}-ready`,
        title: `${subject}: from a verdict to the next process`,
        unit: 'ms',
      },
      kata.waits.slice(-samples),
    ),
  ];
}
