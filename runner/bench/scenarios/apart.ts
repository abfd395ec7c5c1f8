import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraderOptions } from '../../grade/grader.ts';
import { openKata } from '../open-kata.ts';
import { practiceClone, rightKata } from '../practice.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Finding, type Plan, type Scenario } from '../scenario.ts';

/** Calls of the kata in the hidden suite of `many-calls`. */
const CALLS = 1_000;

/** The same save as in `engine`, judged in a process that never loads the kata. */
export const apart: Scenario = {
  name: 'apart',
  summary: 'from the save event to the verdict, judge and kata apart',
  async run(plan) {
    return [...(await saves(plan)), ...(await calls(plan))];
  },
};

async function saves({ samples, pause }: Plan): Promise<Finding[]> {
  using clone = await practiceClone();
  await using kata = await openKata(clone.root, clone.exercise, clone.edition, {
    boundary: 'apart',
  });
  const { right } = await sampleInTurn(
    { right: (turn) => kata.save(rightKata(turn), 'passed') },
    { samples, pause, dropped: 2, ready: () => kata.ready() },
  );
  return [
    finding(
      {
        name: 'apart',
        title: 'Engine, judge and kata apart: save event to verdict, 12 tests pass',
        unit: 'ms',
        target: 80,
        above: 'as for the engine, and a message each way for every call of the kata',
      },
      right.map(({ verdict }) => verdict),
    ),
    finding(
      { name: 'apart-tests', title: 'Engine, apart: the 12 tests alone', unit: 'ms' },
      right.map(({ tests }) => tests),
    ),
  ];
}

/** What one call of the kata costs a suite, both ways. */
async function calls({ samples, pause }: Plan): Promise<Finding[]> {
  using clone = await practiceClone(1, 'many-calls');
  const reference = await readFile(join(clone.exercise.solutionFolder, 'kata.ts'), 'utf8');
  const open = (options: GraderOptions) =>
    openKata(clone.root, clone.exercise, clone.edition, options);
  await using apart = await open({ boundary: 'apart' });
  await using together = await open({ boundary: 'together' });
  const save = (kata: typeof apart) => (turn: number) =>
    kata.save(`${reference}// Save ${turn}\n`, 'passed');
  const taken = await sampleInTurn(
    { apart: save(apart), together: save(together) },
    { samples, pause, dropped: 2, ready: () => Promise.all([apart.ready(), together.ready()]) },
  );
  const title = `One call of the kata, of ${CALLS} in a test`;
  const each = (times: typeof taken.apart) => times.map(({ tests }) => (tests * 1_000) / CALLS);
  return [
    finding({ name: 'call-apart', title: `${title}, apart`, unit: 'µs' }, each(taken.apart)),
    finding(
      { name: 'call-together', title: `${title}, together`, unit: 'µs' },
      each(taken.together),
    ),
  ];
}
