import type { Edition } from '../catalog/model.ts';
import { receivedBy, wrongKata, type PracticeClone } from './practice.ts';
import { rest } from './process-tree.ts';
import { sampleInTurn } from './sampling.ts';
import type { Plan } from './scenario.ts';
import type { Screen } from './screen.ts';

/** @returns milliseconds from writing a kata of which one test fails to the frame that says so, for each save. */
export async function paintedFrames(
  clone: PracticeClone,
  watch: Screen,
  { samples, pause }: Plan,
  language: Edition,
): Promise<readonly number[]> {
  const { frame } = await sampleInTurn(
    {
      async frame(turn) {
        const start = performance.now();
        clone.save(wrongKata(turn, language));
        return (await watch.shows(receivedBy(turn))) - start;
      },
    },
    { samples, pause, dropped: 2, ready: () => rest(watch.pid) },
  );
  return frame;
}
