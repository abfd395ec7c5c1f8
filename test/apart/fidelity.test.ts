import { afterAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { isCode } from '../../runner/grade/kata-file.ts';
import { CLONE } from '../../runner/location.ts';
import { bothWays, candidatesOf } from './both-ways.ts';

// Whatever an exercise comes with is judged alike in one process and in two, test by test. A kata without
// code is data to both; an exercise whose topic cannot cross says why in its manifest.

const catalog = await loadCatalog(CLONE);
const graders = bothWays(CLONE);
afterAll(() => graders.close());

const crossing = [...catalog.exercises.values()].flatMap((exercise) =>
  exercise.boundary?.together === undefined
    ? exercise.editions
        .filter((edition) => edition.kata.some(isCode))
        .map((edition) => [`${exercise.slug} (${edition.language})`, exercise, edition] as const)
    : [],
);

describe.each(crossing)('%s', async (_name, exercise, edition) => {
  const candidates = await candidatesOf(exercise, edition);
  test.each([...candidates])('%s', async (_candidate, candidate) => {
    const { differences } = await graders.grade(exercise, edition, candidate);
    expect(differences).toEqual([]);
  });
});
