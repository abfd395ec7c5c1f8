import { EDITIONS, KINDS, type Kind } from '../catalog/model.ts';
import { didYouMean } from '../catalog/nearest.ts';
import { findPlace, PlaceError, type Place } from '../scaffold/place.ts';
import {
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
import { openDojo, type Dojo } from './dojo.ts';

export const command: Command = {
  usage: '<area>/<slug>',
  summary: 'Begin a new exercise: both folders, with a sample that grades.',
  details: `Where the exercise is planned, title, kind, level and minutes are those of the plan. What it makes loads and
is graded at once; \`npm run check\` lists what is left to be written.`,
  words: 1,
  options: { ...SHARED, kind: { type: 'string' }, edition: { type: 'string' } },
  optionHelp: {
    ...SHARED_HELP,
    kind: `what the learner writes: ${KINDS.join(', ')} (default: code)`,
    edition: 'the language of the kata, where its kind has one (default: typescript)',
  },
  async run(args) {
    const kind = kindOf(args);
    checkEdition(args);
    const dojo = await openDojo(args);
    const place = await placeOf(dojo, args.words[0]);
    const scaffold = await fillTemplates(place, kind ?? place.planned?.kind ?? 'code');
    const { root } = dojo.catalog;
    await writeScaffold(root, scaffold);
    if (place.planned) await takeOffThePlan(root, place.slug);
    const files = [...scaffold.files.keys()];
    if (args.options.json) printJson('new', { exercise: place.slug, files, steps: steps(place) });
    else print(told(place, scaffold));
    return EXIT.ok;
  },
};

function kindOf(args: Arguments): Kind | undefined {
  const named = text(args, 'kind');
  if (named === undefined) return undefined;
  const kind = KINDS.find((each) => each === named);
  if (kind) return kind;
  throw new UsageError(
    `There is no kind "${named}".${didYouMean(named, KINDS)} The kinds are: ${KINDS.join(', ')}.`,
  );
}

function checkEdition(args: Arguments): void {
  const named = text(args, 'edition') ?? 'typescript';
  if (named === 'typescript') return;
  const known = EDITIONS.some((each) => each === named);
  throw new UsageError(
    known
      ? `An exercise begins in its typescript edition; the ${named} edition is added to it later.`
      : `There is no edition "${named}".${didYouMean(named, EDITIONS)}`,
  );
}

async function placeOf({ catalog }: Dojo, name: string | undefined): Promise<Place> {
  if (name === undefined) {
    throw new UsageError('Name the area and the slug: `npm run new -- caching/rate-limiter`.');
  }
  try {
    return await findPlace(catalog, name);
  } catch (error) {
    throw error instanceof PlaceError ? new UsageError(error.message) : error;
  }
}

function told(place: Place, { files, exerciseFolder, solutionFolder }: Scaffold): string {
  return [
    `${exerciseFolder} is what the learner gets, ${solutionFolder} is what decides (${files.size} files).`,
    ...(place.planned ? [`"${place.planned.title}" is taken off the plan.`] : []),
    '',
    'Next:',
    ...steps(place).map((step, index) => `  ${index + 1}. ${step}`),
  ].join('\n');
}

function steps({ area, slug }: Place): readonly string[] {
  return [
    `Write the reference solution, the hidden suite and the mistakes in solutions/${area}/${slug}, in this order; docs/writing-a-kata.md says how.`,
    `Write the brief, the starter, the examples and the hints in exercises/${area}/${slug}; \`npm run preview -- ${slug}\` shows what a learner will see.`,
    `\`npm run check -- ${slug}\` until it is silent; then list "${slug}" in a track.`,
  ];
}
