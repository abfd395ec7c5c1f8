import { CLONE } from '../../location.ts';
import { learnersShell, NPM } from '../environment.ts';
import { practiceClone, type PracticeClone } from '../practice.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Scenario } from '../scenario.ts';
import { openScreen } from '../screen.ts';

/** From the command to the frame that shows the open exercise. */
export const start: Scenario = {
  name: 'start',
  summary: 'watch to its first useful frame: with npm, without, and with large catalogues',
  async run({ samples }) {
    using one = await practiceClone();
    using ten = await practiceClone(10);
    using thousand = await practiceClone(1_000);
    const taken = await sampleInTurn(
      {
        npm: () => firstFrame(one, NPM, ['run', 'watch']),
        direct: () => direct(one),
        ten: () => direct(ten),
        thousand: () => direct(thousand),
      },
      { samples, pause: 100 },
    );
    return [
      finding(
        {
          name: 'start',
          title: '`npm run watch` to first useful frame',
          unit: 'ms',
          target: 900,
          limitOf: ['npm', 'process'],
          above:
            'loading the program, reading catalogue and journal, copying the exercise, drawing',
        },
        taken.npm,
      ),
      finding(
        {
          name: 'start-own',
          title: 'Of it ours: `node runner/main.mjs watch`',
          unit: 'ms',
          target: 500,
          limitOf: ['process'],
          above: 'the same, without npm',
        },
        taken.direct,
      ),
      finding({ name: 'start-10', title: 'The same with 10 exercises', unit: 'ms' }, taken.ten),
      finding(
        { name: 'start-1000', title: 'The same with 1,000 exercises', unit: 'ms' },
        taken.thousand,
      ),
    ];
  },
};

function direct(clone: PracticeClone): Promise<number> {
  return firstFrame(clone, process.execPath, ['runner/main.mjs', 'watch']);
}

async function firstFrame(
  clone: PracticeClone,
  command: string,
  args: readonly string[],
): Promise<number> {
  await using screen = openScreen(command, args, { cwd: CLONE, env: learnersShell(clone.root) });
  return (await screen.shows(clone.title)) - screen.started;
}
