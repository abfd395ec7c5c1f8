import { createVitest } from 'vitest/node';

// A process of its own, as vitest's users have it: keeps vitest alive, and runs the suites of a folder
// again whenever it is told to. Arguments: the folder, and the name of the pool.

const [root = '', pool = 'forks'] = process.argv.slice(2);
const suites = ['examples.test.ts', 'hidden.test.ts'].map((name) => `${root}/${name}`);

const vitest = await createVitest({
  root,
  config: false,
  watch: false,
  pool,
  // As the dojo's own pool: one fresh worker for both suites.
  isolate: false,
  maxWorkers: 1,
  cache: false,
  fsModuleCache: false,
  reporters: [{}],
});
await vitest.standalone();
const specifications = suites.map((path) => vitest.getRootProject().createSpecification(path));

process.on('message', () => {
  void rerun().then((answer) => process.send?.(answer));
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

/** Runs the suites after their kata has changed; milliseconds, and how many tests passed. */
async function rerun(): Promise<{ readonly elapsed: number; readonly passed: number }> {
  const start = performance.now();
  vitest.invalidateFile(`${root}/kata.ts`);
  const { testModules } = await vitest.rerunTestSpecifications(specifications, false);
  const elapsed = performance.now() - start;
  const tests = testModules.flatMap((module) => [...module.children.allTests('passed')]);
  return { elapsed, passed: tests.length };
}
