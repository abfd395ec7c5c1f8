import { basename, join } from 'node:path';
import type { UserConsoleLog } from 'vitest';
import { createVitest, type PoolRunnerInitializer, type Vitest } from 'vitest/node';
import type { Plugin } from 'vitest/config';
import { lowerTypeScript } from '../lower.ts';
import { MODULES } from './confinement.ts';
import { GivenOrder } from './given-order.ts';

/** A test that does not settle is named as soon as others would have long been done. */
const TEST_PATIENCE = 4_000;

/** What vitest is given to grade with. */
export interface Grounds {
  /** The clone. */
  readonly root: string;
  /** Where suites run. */
  readonly pool: PoolRunnerInitializer;
  /** Answers the suites' imports of the kata. */
  readonly redirect: Plugin;
  /** @param inTest false for what a module prints while it loads. */
  readonly onPrint: (log: UserConsoleLog, inTest: boolean) => void;
}

/** Starts a vitest that waits for suites, and takes nothing from any configuration. */
export async function startVitest({ root, pool, redirect, onPrint }: Grounds): Promise<Vitest> {
  const vitest: Vitest = await createVitest(
    {
      root,
      config: false,
      watch: false,
      pool,
      // One process runs both suites of an exercise, one after the other.
      isolate: false,
      maxWorkers: 1,
      sequence: { sequencer: GivenOrder },
      allowOnly: false,
      passWithNoTests: false,
      testTimeout: TEST_PATIENCE,
      include: ['exercises/**/examples.test.ts', 'solutions/**/hidden.test.ts'],
      reporters: [
        {
          onUserConsoleLog(log) {
            onPrint(log, vitest.state.idMap.get(log.taskId ?? '')?.type === 'test');
          },
        },
      ],
      // vitest looks for snapshots from within the confined process, which may look here.
      resolveSnapshotPath: (path, extension) =>
        join(MODULES, '.snapshots', basename(path) + extension),
      cache: false,
      update: false,
      // A module cache on disk would answer with an earlier candidate, and keeps the suites in clear.
      fsModuleCache: false,
      color: false,
    },
    {
      oxc: false,
      logLevel: 'silent',
      plugins: [redirect, lowerTypeScript()],
      envDir: false,
      server: { watch: null },
    },
  );
  await vitest.standalone();
  return vitest;
}
