import { openKata } from '../open-kata.ts';
import { practiceClone, rightKata, wrongKata } from '../practice.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Scenario } from '../scenario.ts';

/** A save of a kata with twelve tests, without file events and screen. */
export const engine: Scenario = {
  name: 'engine',
  summary: 'from the save event to the verdict, twelve tests',
  async run({ samples, pause }) {
    using clone = await practiceClone();
    await using kata = await openKata(clone.root, clone.exercise, clone.edition);
    const { right, wrong } = await sampleInTurn(
      {
        right: (turn) => kata.save(rightKata(turn), 'passed'),
        wrong: (turn) => kata.save(wrongKata(turn), 'failed'),
      },
      { samples, pause, dropped: 2, ready: () => kata.ready() },
    );
    return [
      finding(
        {
          name: 'engine',
          title: 'Engine: save event to verdict, 12 tests pass',
          unit: 'ms',
          target: 30,
          limitOf: ['esbuild', 'adopted', 'engine-tests'],
          above:
            'messages between three processes, and what vitest does around the tests: modules sent one by one, collecting, reporting',
        },
        right.map(({ verdict }) => verdict),
      ),
      finding(
        {
          name: 'engine-failing',
          title: 'Engine: the same, one test fails',
          unit: 'ms',
          target: 30,
          limitOf: ['esbuild', 'adopted', 'engine-tests'],
          above: 'the same, and the failure: its diff, and its frames traced back to the source',
        },
        wrong.map(({ verdict }) => verdict),
      ),
      finding(
        { name: 'engine-tests', title: 'Engine: the 12 tests alone', unit: 'ms' },
        right.map(({ tests }) => tests),
      ),
      finding(
        { name: 'engine-ready', title: 'Engine: from a verdict to the next process', unit: 'ms' },
        kata.waits.slice(-samples),
      ),
    ];
  },
};
