import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CLONE } from '../../location.ts';
import { learnersShell } from '../environment.ts';
import { practiceClone, rightKata, type PracticeClone } from '../practice.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Scenario } from '../scenario.ts';

/** One exercise graded by a program that starts for it, and ends. */
export const run: Scenario = {
  name: 'run',
  summary: '`dojo run` of one exercise, nothing being warm',
  async run({ slowSamples }) {
    using clone = await practiceClone();
    const { known, unknown } = await sampleInTurn(
      {
        known: (turn) => dojoRun(clone, turn),
        unknown(turn) {
          rmSync(join(clone.root, '.dojo', 'expected'), { recursive: true, force: true });
          return dojoRun(clone, turn);
        },
      },
      { samples: slowSamples, pause: 100 },
    );
    return [
      finding(
        {
          name: 'run',
          title: '`dojo run` of one exercise, cold',
          unit: 'ms',
          target: 1_200,
          limitOf: ['process', 'process', 'process'],
          above: 'three programs are loaded one after the other: the command, vitest, its worker',
        },
        known,
      ),
      finding(
        {
          name: 'run-first',
          title: 'The same for the first time: the reference is graded too',
          unit: 'ms',
        },
        unknown,
      ),
    ];
  },
};

async function dojoRun(clone: PracticeClone, turn: number): Promise<number> {
  clone.save(rightKata(turn));
  const start = performance.now();
  const program = spawn(process.execPath, ['runner/main.mjs', 'run', clone.exercise.slug], {
    cwd: CLONE,
    env: learnersShell(clone.root),
    stdio: 'ignore',
  });
  const [code] = (await once(program, 'exit')) as [number | null];
  const elapsed = performance.now() - start;
  if (code !== 0)
    throw new Error(`\`dojo run\` ended with the exit code ${code ?? 'of a signal'}.`);
  return elapsed;
}
