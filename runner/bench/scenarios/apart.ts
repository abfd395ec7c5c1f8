import { openKata } from '../open-kata.ts';
import { practiceClone, rightKata } from '../practice.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Scenario } from '../scenario.ts';

/** The same save as in `engine`, judged in a process that never loads the kata. */
export const apart: Scenario = {
  name: 'apart',
  summary: 'from the save event to the verdict, judge and kata apart',
  async run({ samples, pause }) {
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
  },
};
