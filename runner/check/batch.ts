import { join } from 'node:path';
import { createVitest, type TestCase } from 'vitest/node';
import { z } from 'zod';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import type { Candidate } from '../grade/candidate.ts';
import { lowerTypeScript } from '../grade/lower.ts';
import type { SuiteName } from '../grade/verdict.ts';
import { GivenOrder } from '../grade/vitest/given-order.ts';
import { RUNNER } from '../location.ts';
import { BatchProcess } from './batch-process.ts';
import type { Wait } from './facts.ts';
import { Lookout } from './lookout.ts';
import { suiteOf, Variants, variantOf } from './variants.ts';

export type TestState = 'passed' | 'failed' | 'skipped' | 'pending';

/** What vitest says of one variant of a kata. */
export type Ran =
  | {
      readonly kind: 'ran';
      /** Id, as in a verdict -> state. */
      readonly tests: ReadonlyMap<string, TestState>;
      /** Id of a test that failed -> what its first error says. */
      readonly failures: ReadonlyMap<string, string>;
      /** Messages of what went wrong outside of tests: while loading, or with nobody waiting for it. */
      readonly errors: readonly string[];
      /** Real timers that ran out. */
      readonly waits: readonly Wait[];
      /** Milliseconds that its tests took. */
      readonly duration: number;
    }
  /** It did not come back: from a test, or from being loaded. */
  | { readonly kind: 'hung' };

export interface BatchOptions {
  /** Leaves out what comes after the first failure of a variant. */
  readonly bail?: boolean;
  /** Has the tests run in an order that is drawn from it. */
  readonly seed?: number;
  /** Milliseconds without news after which a variant counts as hung. */
  readonly patience?: number;
  /** Is called as each variant is done. */
  readonly onRan?: () => void;
}

/** Vitest as an author runs it, without our grader and its walls: for code of our own. */
export interface Batches extends AsyncDisposable {
  /**
   * Runs suites on each variant, in the given order. They share a process, which makes
   * this many times faster than gradings; one that hangs costs the process, and the rest go on in another.
   *
   * @returns in the order of the variants.
   */
  run(
    suites: readonly Suite[],
    variants: readonly Candidate[],
    options?: BatchOptions,
  ): Promise<readonly Ran[]>;
}

/** A file of tests. */
export interface Suite {
  readonly name: SuiteName;
  /** Absolute. */
  readonly path: string;
}

/** The suites by which an exercise is judged. */
export function suitesOf(
  { folder, solutionFolder }: Exercise,
  { examples, hidden }: ExerciseEdition,
): readonly Suite[] {
  return [
    { name: 'examples', path: join(folder, examples) },
    { name: 'hidden', path: join(solutionFolder, hidden) },
  ];
}

/** Milliseconds. */
const PATIENCE = 10_000;

/** @param root the clone's absolute path. */
export async function startBatches(root: string): Promise<Batches> {
  const variants = new Variants();
  const lookout = new Lookout();
  const vitest = await createVitest(
    {
      root,
      config: false,
      watch: false,
      pool: { name: 'batch', createPoolWorker: () => lookout.follow(new BatchProcess()) },
      isolate: false,
      maxWorkers: 1,
      sequence: { sequencer: GivenOrder },
      setupFiles: [join(RUNNER, 'check', 'setup.ts')],
      include: ['exercises/**/examples.test.ts', 'solutions/**/hidden.test.ts'],
      reporters: [lookout.reporter],
      cache: false,
      fsModuleCache: false,
      color: false,
    },
    {
      oxc: false,
      logLevel: 'silent',
      plugins: [variants.plugin, lowerTypeScript()],
      server: { watch: null },
    },
  );
  await vitest.standalone();
  const project = vitest.getRootProject();

  /** Runs variants in one process, until one of them hangs. */
  async function runUntilOneHangs(
    suites: readonly Suite[],
    numbers: readonly number[],
    { patience = PATIENCE, onRan }: BatchOptions,
  ): Promise<ReadonlyMap<number, Ran>> {
    using watch = lookout.watch(patience, suites.length, onRan);
    const specifications = numbers.flatMap((number) =>
      suites.map(({ path }) => project.createSpecification(suiteOf(path, number))),
    );
    const run = await vitest.runTestSpecifications(specifications, false);
    const loose = z.array(looseError).parse(run.unhandledErrors);
    const { hung } = watch;
    const done = hung === undefined ? numbers : numbers.slice(0, numbers.indexOf(hung));
    const outcomes = new Map<number, Ran>();
    for (const number of done) {
      const tests = suites.flatMap(({ name, path }) => {
        const module = run.testModules.find(({ moduleId }) => moduleId === suiteOf(path, number));
        return [...(module?.children.allTests() ?? [])].map((test) => [name, test] as const);
      });
      const errors = [
        ...run.testModules
          .filter(({ moduleId }) => variantOf(moduleId) === number)
          .flatMap((module) => module.errors().map(({ message }) => message)),
        ...loose.filter(({ path }) => variantOf(path) === number).map(({ message }) => message),
      ];
      outcomes.set(number, {
        kind: 'ran',
        tests: new Map(tests.map(([suite, test]) => [idOf(suite, test), test.result().state])),
        failures: new Map(
          tests.flatMap(([suite, test]) => {
            const [error] = test.result().errors ?? [];
            return error ? [[idOf(suite, test), error.message] as const] : [];
          }),
        ),
        errors,
        waits: tests.flatMap(([suite, test]) => waitsIn(idOf(suite, test), test)),
        duration: tests.reduce((sum, [, test]) => sum + (test.diagnostic()?.duration ?? 0), 0),
      });
    }
    return hung === undefined ? outcomes : outcomes.set(hung, { kind: 'hung' });
  }

  return {
    async run(suites, candidates, options = {}) {
      const { bail = false, seed, patience = PATIENCE } = options;
      project.provide('bail', bail);
      // A promise that never settles is found out by vitest, a loop by us.
      project.config.testTimeout = patience;
      Object.assign(project.config.sequence, {
        shuffle: { tests: seed !== undefined, files: false },
        seed: seed ?? 0,
      });
      const numbers = variants.take(candidates);
      const outcomes = new Map<number, Ran>();
      while (outcomes.size < numbers.length) {
        const left = numbers.filter((number) => !outcomes.has(number));
        const ran = await runUntilOneHangs(suites, left, options);
        if (ran.size === 0) throw new Error('vitest runs none of the variants.');
        for (const [number, outcome] of ran) outcomes.set(number, outcome);
      }
      return numbers.flatMap((number) => outcomes.get(number) ?? []);
    },
    async [Symbol.asyncDispose]() {
      await vitest.close();
    },
  };
}

/** An error that no test was waiting for, and the suite that was running then. */
const looseError = z
  .object({ VITEST_TEST_PATH: z.string().default(''), message: z.string().default('') })
  .transform(({ VITEST_TEST_PATH: path, message }) => ({ path, message }));

/** What `setup.ts` has noted of a test. */
function waitsIn(id: string, test: TestCase): Wait[] {
  const { waits = [] } = test.meta();
  return waits.map((milliseconds) => ({ test: id, milliseconds }));
}

function idOf(suite: SuiteName, test: TestCase): string {
  const titles = [test.name];
  for (let { parent } = test; parent.type === 'suite'; parent = parent.parent)
    titles.unshift(parent.name);
  return [suite, ...titles].join(' > ');
}
