import { practiceClone, receivedBy, wrongKata } from '../practice.ts';
import { rest } from '../process-tree.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Scenario } from '../scenario.ts';
import { openWatch } from '../watch.ts';

/** What a learner waits for: the editor writes the file, the terminal shows the verdict. */
export const screen: Scenario = {
  name: 'screen',
  summary: 'from the file write to the painted frame, in a pseudo-terminal',
  async run({ samples, pause }) {
    using clone = await practiceClone();
    await using watch = await openWatch(clone);
    const { frame } = await sampleInTurn(
      {
        async frame(turn) {
          const start = performance.now();
          clone.save(wrongKata(turn));
          return (await watch.shows(receivedBy(turn))) - start;
        },
      },
      { samples, pause, dropped: 2, ready: () => rest(watch.pid) },
    );
    return [
      finding(
        {
          name: 'screen',
          title: 'File write to painted frame, one of 12 tests fails',
          unit: 'ms',
          target: 50,
          limitOf: ['file-event', 'esbuild', 'adopted', 'engine-tests'],
          above: 'what the engine needs for a failing kata, the file watcher, and drawing',
        },
        frame,
      ),
    ];
  },
};
