import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { practiceClone, rightKata, type PracticeClone } from '../practice.ts';
import { sampleInTurn } from '../sampling.ts';
import { finding, type Scenario } from '../scenario.ts';

const TESTS = 12;
/** The arguments of the event `message`; the second one is a handle. */
const answer = z.tuple([z.object({ elapsed: z.number(), passed: z.int() })], z.unknown());

/** What vitest itself does about the suites of {@link engine}, kept alive through its Node API. */
export const pools: Scenario = {
  name: 'pools',
  summary: "the same suites on vitest's own pools",
  async run({ samples, pause }) {
    using clone = await practiceClone();
    // Plain vitest knows no redirect: suites and kata lie in one folder.
    const { solutionFolder, folder } = clone.exercise;
    copyFileSync(join(folder, clone.edition.examples), join(solutionFolder, 'examples.test.ts'));
    await using threads = await keeper(clone, 'threads');
    await using forks = await keeper(clone, 'forks');
    const taken = await sampleInTurn(
      { threads: threads.run, forks: forks.run },
      { samples, pause, dropped: 2 },
    );
    return [
      finding(
        { name: 'threads', title: "The same suites on vitest's threads pool", unit: 'ms' },
        taken.threads,
      ),
      finding(
        { name: 'forks', title: "The same suites on vitest's forks pool", unit: 'ms' },
        taken.forks,
      ),
    ];
  },
};

interface Keeper extends AsyncDisposable {
  /** Saves another kata and runs the suites; milliseconds. */
  readonly run: (turn: number) => Promise<number>;
}

async function keeper({ exercise }: PracticeClone, pool: string): Promise<Keeper> {
  const script = join(import.meta.dirname, 'vitest-keeper.ts');
  const folder = exercise.solutionFolder;
  const child = fork(script, [folder, pool], { execArgv: ['--no-warnings'] });
  await once(child, 'message');
  return {
    async run(turn) {
      writeFileSync(join(folder, 'kata.ts'), rightKata(turn));
      child.send('run');
      const [{ elapsed, passed }] = answer.parse(await once(child, 'message'));
      if (passed !== TESTS) throw new Error(`vitest passed ${passed} of ${TESTS} tests.`);
      return elapsed;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
