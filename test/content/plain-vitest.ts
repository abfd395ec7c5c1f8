import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vitest/config';
import { createVitest, type TestCase, type Vitest } from 'vitest/node';
import type { Exercise, ExerciseEdition } from '../../runner/catalog/model.ts';
import type { Candidate } from '../../runner/grade/candidate.ts';
import { lowerTypeScript } from '../../runner/grade/lower.ts';

/** Runs suites as `npx vitest run` does, on vitest's own pool: the measure for our grader. */
export interface PlainVitest {
  /** @returns the state of each test, by the id that it has in a verdict. */
  run(
    exercise: Exercise,
    edition: ExerciseEdition,
    candidate: Candidate,
  ): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

export async function startPlainVitest(root: string): Promise<PlainVitest> {
  const kata = kataOf();
  const vitest: Vitest = await createVitest(
    {
      root,
      config: false,
      watch: false,
      include: ['exercises/**/examples.test.ts', 'solutions/**/hidden.test.ts'],
      reporters: [{}],
      // It would answer with an earlier candidate.
      fsModuleCache: false,
    },
    {
      oxc: false,
      logLevel: 'silent',
      plugins: [kata.plugin, lowerTypeScript()],
      server: { watch: null },
    },
  );
  await vitest.standalone();
  return {
    async run(exercise, edition, candidate) {
      kata.answerWith(candidate);
      const suites = [
        join(exercise.folder, edition.examples),
        join(exercise.solutionFolder, edition.hidden),
      ];
      for (const suite of suites) vitest.invalidateFile(suite);
      const project = vitest.getRootProject();
      const specifications = suites.map((suite) => project.createSpecification(suite));
      const { testModules } = await vitest.runTestSpecifications(specifications, false);
      return new Map(
        testModules.flatMap((module) => {
          if (!suites.includes(module.moduleId)) return [];
          const suite = module.moduleId.startsWith(exercise.solutionFolder) ? 'hidden' : 'examples';
          return [...module.children.allTests()].map(
            (test) => [[suite, ...titlesOf(test)].join(' > '), test.result().state] as const,
          );
        }),
      );
    },
    close: () => vitest.close(),
  };
}

/** Lets suites import whatever candidate is named last. */
function kataOf(): { plugin: Plugin; answerWith(candidate: Candidate): void } {
  let current: Candidate | undefined;
  return {
    answerWith(candidate) {
      current = candidate;
    },
    plugin: {
      name: 'test:candidate',
      enforce: 'pre',
      resolveId(specifier, importer = '') {
        if (!/\.test\.ts$/.test(basename(importer)) || dirname(specifier) !== '.') return null;
        const [name = '', query] = basename(specifier).split('?');
        const path = current?.files.get(name) ?? current?.files.get(`${name}.ts`);
        return path === undefined || !specifier.startsWith('./')
          ? null
          : path + (query ? `?${query}` : '');
      },
    },
  };
}

function titlesOf(test: TestCase): string[] {
  const titles = [test.name];
  for (let { parent } = test; parent.type === 'suite'; parent = parent.parent)
    titles.unshift(parent.name);
  return titles;
}
