import { setTimeout as delay } from 'node:timers/promises';
import { practiceClone, receivedBy, wrongKata } from '../practice.ts';
import { finding, type Scenario } from '../scenario.ts';
import { openWatch } from '../watch.ts';
import { partsText, totalOf, watchMemory, type WatchMemory } from '../watch-memory.ts';

/** Milliseconds without a save after which the watch counts as being at rest. */
const REST = 5_000;
/** Saves before memory is looked at for the first time: caches are full then. */
const FIRST_SAVES = 20;

/** The watch and every process below it, at rest. */
export const memory: Scenario = {
  name: 'memory',
  summary: 'memory of the watch at rest, at first and after many saves',
  async run({ saves, pause }) {
    if (process.platform === 'win32') throw new Error('Memory is not measured on Windows.');
    using clone = await practiceClone();
    await using watch = await openWatch(clone);
    let turn = 0;

    async function restAfter(count: number): Promise<WatchMemory> {
      for (let save = 0; save < count; save += 1) {
        clone.save(wrongKata((turn += 1)));
        await watch.shows(receivedBy(turn));
        await delay(pause);
      }
      await delay(REST);
      return watchMemory(watch.pid);
    }

    const before = await restAfter(Math.min(saves, FIRST_SAVES));
    const after = await restAfter(saves);
    return [
      finding(
        {
          name: 'memory',
          title: 'Memory of the watch at rest, all processes',
          unit: 'MB',
          limitOf: ['idle', 'idle', 'idle'],
          notes: [partsText(before)],
        },
        [totalOf(before)],
      ),
      finding(
        {
          name: 'memory-after',
          title: `The same after ${saves} more saves`,
          unit: 'MB',
          limitOf: ['idle', 'idle', 'idle'],
          notes: [partsText(after)],
        },
        [totalOf(after)],
      ),
    ];
  },
};
