import { paintedFrames } from '../painted-frames.ts';
import { practiceClone } from '../practice.ts';
import { finding, type Scenario } from '../scenario.ts';
import { openWatch } from '../watch.ts';

/** What a learner waits for: the editor writes the file, the terminal shows the verdict. */
export const screen: Scenario = {
  name: 'screen',
  summary: 'from the file write to the painted frame, in a pseudo-terminal',
  async run(plan) {
    using clone = await practiceClone();
    await using watch = await openWatch(clone);
    const frame = await paintedFrames(clone, watch, plan, 'typescript');
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
