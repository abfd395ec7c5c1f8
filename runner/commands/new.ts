import { KINDS, type Catalog, type Exercise, type Kind } from '../catalog/model.ts';
import { didYouMean } from '../catalog/nearest.ts';
import { findPlace, PlaceError, type Place } from '../scaffold/place.ts';
import {
  fillPythonEdition,
  fillTemplates,
  takeOffThePlan,
  writeScaffold,
  type Scaffold,
} from '../scaffold/scaffold.ts';
import {
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  text,
  UsageError,
  type Arguments,
  type Command,
} from './command.ts';
import { editionNamed, writtenExercise } from './choice.ts';
import { openDojo, type Dojo } from './dojo.ts';

export const command: Command = {
  usage: '<area>/<slug>',
  summary: 'Begin a new exercise, or its Python edition, with a sample that grades.',
  details: `Where the exercise is planned, title, kind, level and minutes are those of the plan. What it makes loads and
is graded at once; \`npm run check\` lists what is left to be written. With --edition python the slug of an exercise
is enough.`,
  words: 1,
  options: { ...SHARED, kind: { type: 'string' }, edition: { type: 'string' } },
  optionHelp: {
    ...SHARED_HELP,
    kind: `what the learner writes: ${KINDS.join(', ')} (default: code)`,
    edition: 'python: begin that edition of an exercise that is there (default: typescript)',
  },
  async run(args) {
    const kind = kindOf(args);
    const edition = editionNamed(text(args, 'edition') ?? 'typescript');
    const dojo = await openDojo(args);
    const begun = await (
      edition === 'python' ? beginPython(dojo, args) : begin(dojo, args, kind)
    ).catch((error: unknown) => {
      throw error instanceof PlaceError ? new UsageError(error.message) : error;
    });
    const files = [...begun.scaffold.files.keys()];
    const { slug, steps } = begun;
    if (args.options.json) printJson('new', { exercise: slug, files, steps });
    else print(told(begun));
    return EXIT.ok;
  },
};

/** What has been begun, and what to do next. */
interface Begun {
  readonly slug: string;
  readonly scaffold: Scaffold;
  readonly notice?: string;
  readonly steps: readonly string[];
}

async function begin(dojo: Dojo, args: Arguments, kind: Kind | undefined): Promise<Begun> {
  const place = await placeOf(dojo, args.words[0]);
  const { planned, slug } = place;
  const scaffold = await fillTemplates(place, kind ?? planned?.kind ?? 'code');
  const { root } = dojo.catalog;
  await writeScaffold(root, scaffold);
  if (!planned) return { slug, scaffold, steps: stepsOf(place) };
  await takeOffThePlan(root, slug);
  return {
    slug,
    scaffold,
    notice: `"${planned.title}" is taken off the plan.`,
    steps: stepsOf(place),
  };
}

async function beginPython({ catalog }: Dojo, args: Arguments): Promise<Begun> {
  const exercise = withoutPython(catalog, args);
  const scaffold = await fillPythonEdition(exercise);
  await writeScaffold(catalog.root, scaffold);
  return { slug: exercise.slug, scaffold, steps: pythonSteps(exercise) };
}

function kindOf(args: Arguments): Kind | undefined {
  const named = text(args, 'kind');
  if (named === undefined) return undefined;
  const kind = KINDS.find((each) => each === named);
  if (kind) return kind;
  throw new UsageError(
    `There is no kind "${named}".${didYouMean(named, KINDS)} The kinds are: ${KINDS.join(', ')}.`,
  );
}

/** The exercise whose Python edition is to be begun. */
function withoutPython(catalog: Catalog, args: Arguments): Exercise {
  const [name] = args.words;
  if (name === undefined) {
    throw new UsageError('Name the exercise: `npm run new -- rate-limiter --edition python`.');
  }
  const exercise = writtenExercise(
    catalog,
    name,
    'An exercise begins in TypeScript: the same command without --edition.',
  );
  const [kata] = exercise.editions.find(({ language }) => language === 'python')?.kata ?? [];
  if (kata !== undefined) {
    throw new UsageError(
      `"${exercise.title}" has a Python edition: exercises/${exercise.area}/${exercise.slug}/${kata}.`,
    );
  }
  if (exercise.kind === 'code') return exercise;
  throw new UsageError(
    `"${exercise.title}" is of kind ${exercise.kind}: only exercises of kind code have a Python edition.`,
  );
}

/** @throws PlaceError as `findPlace`. */
function placeOf({ catalog }: Dojo, name: string | undefined): Promise<Place> {
  if (name !== undefined) return findPlace(catalog, name);
  throw new UsageError('Name the area and the slug: `npm run new -- caching/rate-limiter`.');
}

function told({ scaffold, notice, steps }: Begun): string {
  const { files, exerciseFolder, solutionFolder } = scaffold;
  return [
    `${exerciseFolder} is what the learner gets, ${solutionFolder} is what decides (${files.size} files).`,
    ...(notice === undefined ? [] : [notice]),
    '',
    'Next:',
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
  ].join('\n');
}

function stepsOf({ area, slug }: Place): readonly string[] {
  return [
    `Write the reference solution, the hidden suite and the mistakes in solutions/${area}/${slug}, in this order; docs/writing-a-kata.md says how.`,
    `Write the brief, the starter, the examples and the hints in exercises/${area}/${slug}; \`npm run preview -- ${slug}\` shows what a learner will see.`,
    `\`npm run check -- ${slug}\` until it is silent; then list "${slug}" in a track.`,
  ];
}

function pythonSteps({ area, slug }: Exercise): readonly string[] {
  return [
    `Write kata.py, hidden_test.py and mistakes/*.py in solutions/${area}/${slug}, as a Python reviewer would want them; docs/exercise-format.md says what its suites look like.`,
    `Write kata.py and examples_test.py in exercises/${area}/${slug}, and reread the brief: it has to be true in both languages.`,
    `\`npm run check -- ${slug} --edition python\` until it is silent.`,
  ];
}
