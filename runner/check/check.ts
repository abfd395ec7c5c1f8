import { join } from 'node:path';
import { checkContent } from '../catalog/check.ts';
import { editionOf, readContent, readText } from '../catalog/content.ts';
import type { Catalog, Edition, Exercise, ExerciseEdition, Problem } from '../catalog/model.ts';
import { readEquivalents } from './equivalents.ts';
import { openBench } from './gather.ts';
import { KeptFacts } from './kept.ts';
import { caughtBy, judge, mutationScore, type Finding, type MutationScore } from './rules.ts';

/** What the check has to say of one edition of an exercise. */
export interface Checked {
  readonly slug: string;
  readonly language: ExerciseEdition['language'];
  readonly tests: number;
  /** Milliseconds that the reference's tests take. */
  readonly suiteTime: number;
  /** Sentences of the hidden tests that fail with each mistake. */
  readonly mistakes: Readonly<Record<string, readonly string[]>>;
  /** Hidden tests that fail with none of the mistakes. */
  readonly catchNothing: readonly string[];
  readonly mutation: MutationScore | undefined;
  readonly findings: readonly Finding[];
  /** Milliseconds that the check took. */
  readonly duration: number;
  /** Whether it is known from an earlier check. */
  readonly kept: boolean;
}

export interface CheckReport {
  readonly exercises: readonly Checked[];
  /** What concerns none of these exercises in particular. */
  readonly others: readonly Finding[];
}

export interface CheckOptions {
  /** The one edition that is checked; all of an exercise without it. */
  readonly language?: Edition | undefined;
  /** Also what belongs to no exercise: tracks, the plan, loose files. */
  readonly everything: boolean;
  /** Find out anew what is known from an earlier check. */
  readonly fresh: boolean;
  /** Is told what is going on, and how far it is in [0, 1]. */
  readonly tell: (what: string, share: number) => void;
}

/** Checks exercises: their files, their texts, and what their suites prove. */
export async function check(
  catalog: Catalog,
  exercises: readonly Exercise[],
  { language, everything, fresh, tell }: CheckOptions,
): Promise<CheckReport> {
  const { root } = catalog;
  const keptFacts = new KeptFacts(join(root, 'node_modules/.cache/backend-dojo/check'));
  const texts = await checkContent(catalog, everything ? undefined : exercises);
  const written: Finding[] = [...catalog.problems, ...texts].map(asFinding);
  const editions = exercises.flatMap((exercise) =>
    editionsOf(exercise, language).map((edition) => ({ exercise, edition })),
  );
  await using bench = openBench(root);
  const checked: Checked[] = [];
  for (const [index, { exercise, edition }] of editions.entries()) {
    const start = performance.now();
    const share = (part: number): number => (index + part) / editions.length;
    tell(exercise.slug, share(0));
    const { facts, kept } = await keptFacts.of(exercise, edition, fresh, () =>
      bench.gather(exercise, edition, (step, part) =>
        tell(`${exercise.slug}: ${step}`, share(part)),
      ),
    );
    const { equivalents, problems } = await readEquivalents(root, exercise, edition);
    const all = {
      root,
      exercise,
      edition,
      content: await readContent(exercise),
      suites: {
        examples: await readText(join(exercise.folder, edition.examples)),
        hidden: await readText(join(exercise.solutionFolder, edition.hidden)),
      },
      facts,
      equivalents,
    };
    const caught = caughtBy(facts);
    const hidden = facts.reference.tests.filter(({ suite }) => suite === 'hidden');
    checked.push({
      slug: exercise.slug,
      language: edition.language,
      tests: facts.reference.tests.length,
      suiteTime: facts.suiteTime,
      mistakes: Object.fromEntries(
        Object.keys(facts.mistakes).map((name) => [
          name,
          hidden.filter(({ id }) => caught.get(id)?.includes(name)).map(({ sentence }) => sentence),
        ]),
      ),
      catchNothing: hidden.filter(({ id }) => !caught.has(id)).map(({ sentence }) => sentence),
      mutation: mutationScore(all),
      findings: [
        ...written.filter(({ path }) => belongsTo(path, exercise)),
        ...problems.map(asFinding),
        ...judge(all),
      ],
      duration: performance.now() - start,
      kept,
    });
  }
  const others = everything
    ? written.filter(({ path }) => !exercises.some((exercise) => belongsTo(path, exercise)))
    : [];
  return { exercises: checked, others };
}

function editionsOf(exercise: Exercise, language?: Edition): readonly ExerciseEdition[] {
  if (language === undefined) return exercise.editions;
  const edition = editionOf(exercise, language);
  return edition ? [edition] : [];
}

function belongsTo(path: string, { area, slug }: Exercise): boolean {
  const [, inArea, folder] = path.split('/');
  return inArea === area && folder === slug;
}

function asFinding(problem: Problem): Finding {
  return { level: 'problem', ...problem };
}
