import { setTimeout as delay } from 'node:timers/promises';
import { openKata } from '../open-kata.ts';
import { paintedFrames } from '../painted-frames.ts';
import { practiceClone, rightKata } from '../practice.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Finding, type Plan, type Scenario } from '../scenario.ts';
import { openWatch } from '../watch.ts';
import { partsText, totalOf, watchMemory } from '../watch-memory.ts';

/** Milliseconds for which nobody saves before memory is looked at. */
const REST = 5_000;

/** The Python edition of the usual exercise, as `engine`, `screen` and `memory` measure the TypeScript one. */
export const python: Scenario = {
  name: 'python',
  summary: 'a Python kata: save event to verdict, file write to painted frame, memory',
  async run(plan) {
    return [...(await engine(plan)), ...(await screen(plan))];
  },
};

async function engine({ samples, pause }: Plan): Promise<Finding[]> {
  using clone = await practiceClone(1, 'lru-cache', 'python');
  await using kata = await openKata(clone.root, clone.exercise, clone.edition);
  const { right } = await sampleInTurn(
    { right: (turn) => kata.save(rightKata(turn, 'python'), 'passed') },
    { samples, pause, dropped: 2, ready: () => kata.ready() },
  );
  return [
    finding(
      {
        name: 'python',
        title: 'Python: save event to verdict, 12 tests pass',
        unit: 'ms',
        target: 100,
        above: 'parsing suite and kata, and a message each way',
      },
      right.map(({ verdict }) => verdict),
    ),
    finding(
      { name: 'python-tests', title: 'Python: the 12 tests alone', unit: 'ms' },
      right.map(({ tests }) => tests),
    ),
    finding(
      { name: 'python-ready', title: 'Python: from a verdict to the next interpreter', unit: 'ms' },
      kata.waits.slice(-samples),
    ),
  ];
}

async function screen(plan: Plan): Promise<Finding[]> {
  using clone = await practiceClone(1, 'lru-cache', 'python');
  await using watch = await openWatch(clone);
  const frame = await paintedFrames(clone, watch, plan, 'python');
  const painted = finding(
    {
      name: 'python-screen',
      title: 'Python: file write to painted frame, one of 12 tests fails',
      unit: 'ms',
      target: 100,
    },
    frame,
  );
  if (process.platform === 'win32') return [painted];
  await delay(REST);
  const memory = watchMemory(watch.pid);
  return [
    painted,
    finding(
      {
        name: 'python-memory',
        title: 'Python: memory of the watch at rest, all processes',
        unit: 'MB',
        notes: [partsText(memory)],
      },
      [totalOf(memory)],
    ),
  ];
}
