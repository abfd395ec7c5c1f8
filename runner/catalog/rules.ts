import type { ReadExercise } from './exercise.ts';
import type { Exercise, Problem } from './model.ts';
import { didYouMean } from './nearest.ts';
import { PLANNED_PATH } from './planned.ts';
import type { ReadPlanned } from './planned.ts';
import { firstListings } from './track.ts';
import type { ReadTrack } from './track.ts';

/** The file in a solution's folder that declares mutants of the reference to be as right as it is. */
export const EQUIVALENTS = 'equivalent.yaml';

/** Everything that was read, broken parts included: what the rules look at together. */
export interface Context {
  readonly exercises: readonly ReadExercise[];
  readonly planned: ReadPlanned;
  readonly tracks: readonly ReadTrack[];
  /** `<area>/<slug>` of every folder in `solutions/`. */
  readonly solutionFolders: readonly string[];
  /** Files that lie in no exercise's folder and are nothing known; relative to the clone. */
  readonly looseFiles: readonly string[];
}

type Rule = (context: Context) => Problem[];

const uniqueSlugs: Rule = ({ exercises }) => {
  const first = new Map<string, ReadExercise>();
  return exercises.flatMap((read) => {
    const other = first.get(read.slug);
    first.set(read.slug, other ?? read);
    if (!other) return [];
    return {
      path: read.path,
      line: 1,
      rule: 'duplicate-slug',
      message: `The slug "${read.slug}" is taken by exercises/${other.area}/${read.slug}.`,
      remedy: 'Rename the folder of the newer one: slugs are unique over all areas.',
    };
  });
};

const knownNeeds: Rule = (context) => {
  const known = knownSlugs(context);
  if (!known) return [];
  return written(context).flatMap(({ exercise, path, lineOf }) =>
    exercise.needs.flatMap((need, index) => {
      if (known.has(need)) return [];
      return {
        path,
        line: lineOf(['needs', index]),
        rule: 'unknown-need',
        message: `It needs "${need}", which is neither written nor planned.${didYouMean(need, known)}`,
        remedy: `Name an existing exercise, or plan it in ${PLANNED_PATH} and list it in a track.`,
      };
    }),
  );
};

const noCycles: Rule = (context) => {
  const reads = new Map(written(context).map((read) => [read.slug, read]));
  const finished = new Set<string>();
  const problems: Problem[] = [];

  const visit = (slug: string, trail: readonly string[]): void => {
    const start = trail.indexOf(slug);
    const read = reads.get(slug);
    if (!read || finished.has(slug)) return;
    if (start >= 0) {
      const cycle = [...trail.slice(start), slug];
      problems.push({
        path: read.path,
        line: read.lineOf(['needs', read.exercise.needs.indexOf(cycle[1] ?? slug)]),
        rule: 'cycle',
        message: `It needs itself, so it could never open: ${cycle.join(' -> ')}.`,
        remedy: 'Take one of these off the `needs` of the one before it.',
      });
      return;
    }
    for (const need of read.exercise.needs) visit(need, [...trail, slug]);
    finished.add(slug);
  };
  for (const slug of reads.keys()) visit(slug, []);
  return problems;
};

const knownInTracks: Rule = (context) => {
  const known = knownSlugs(context);
  if (!known) return [];
  return context.tracks.flatMap((track) =>
    [...firstListings(track)]
      .filter(([slug]) => !known.has(slug))
      .map(([slug, place]) => ({
        path: track.path,
        line: track.lineOf(place),
        rule: 'unknown-exercise',
        message: `The exercise "${slug}" is neither written nor planned.${didYouMean(slug, known)}`,
        remedy: `Name an existing exercise, or plan it in ${PLANNED_PATH}.`,
      })),
  );
};

const needsComeFirst: Rule = (context) => {
  const exercises = new Map(written(context).map(({ exercise }) => [exercise.slug, exercise]));
  return context.tracks.flatMap((track) => {
    const listings = firstListings(track);
    const order = [...listings.keys()];
    const lineOf = (slug: string) => track.lineOf(listings.get(slug) ?? []);
    return order.flatMap((slug, place) =>
      (exercises.get(slug)?.needs ?? [])
        .filter((need) => order.indexOf(need) > place)
        .map((need) => ({
          path: track.path,
          line: lineOf(slug),
          rule: 'track-order',
          message: `"${slug}" needs "${need}", which comes later (line ${lineOf(need)}).`,
          remedy: `List "${need}" before it.`,
        })),
    );
  });
};

const groundworkIsListed: Rule = ({ tracks }) =>
  tracks.flatMap(({ track, path, lineOf }) =>
    (track?.phases ?? []).flatMap((phase, p) =>
      phase.topics.flatMap((topic, t) =>
        topic.groundwork.flatMap((slug, g) => {
          if (topic.exercises.includes(slug)) return [];
          return {
            path,
            line: lineOf(['phases', p, 'topics', t, 'groundwork', g]),
            rule: 'groundwork',
            message: `The groundwork "${slug}" is not among the topic's exercises.${didYouMean(slug, topic.exercises)}`,
            remedy: 'Name one of them; groundwork marks exercises, it does not add them.',
          };
        }),
      ),
    ),
  );

const plannedIsNotWritten: Rule = (context) =>
  written(context).flatMap(({ slug, exercise }) => {
    if (!context.planned.slugs?.has(slug)) return [];
    return {
      path: PLANNED_PATH,
      line: context.planned.lineOf([slug]),
      rule: 'planned-but-written',
      message: `"${slug}" is written: exercises/${exercise.area}/${slug}.`,
      remedy: 'Delete its entry here.',
    };
  });

const plannedIsListed: Rule = ({ exercises, planned, tracks }) => {
  if (tracks.some(({ track }) => !track)) return [];
  const listed = new Set(tracks.flatMap((track) => [...firstListings(track).keys()]));
  const folders = new Set(exercises.map(({ slug }) => slug));
  return [...planned.exercises.keys()]
    .filter((slug) => !listed.has(slug) && !folders.has(slug))
    .map((slug) => ({
      path: PLANNED_PATH,
      line: planned.lineOf([slug]),
      rule: 'planned-unlisted',
      message: `No track lists the planned exercise "${slug}".`,
      remedy: 'List it in a track, or delete its entry.',
    }));
};

const noUnknownFiles: Rule = (context) => {
  const unknown = (path: string, message: string, remedy: string): Problem => ({
    path,
    line: 1,
    rule: 'unknown-file',
    message,
    remedy,
  });
  const move = 'Delete it, or move it where docs/exercise-format.md says that it belongs.';
  const name = 'Delete it, or name it under `kata` or `material` in exercise.yaml.';
  return [
    ...context.looseFiles.map((path) => unknown(path, 'It belongs to nothing.', move)),
    ...written(context).flatMap(({ area, slug, exercise, files, solutionFiles }) => {
      const [own, solving] = [ownFiles(exercise), solutionFilesOf(exercise)];
      return [
        ...files
          .filter((file) => !own.has(file))
          .map((file) => unknown(`exercises/${area}/${slug}/${file}`, 'Nothing names it.', name)),
        ...solutionFiles
          .filter((file) => !solving.has(file) && !/^(mistakes|also)\//.test(file))
          .map((file) => unknown(`solutions/${area}/${slug}/${file}`, 'Nothing names it.', move)),
      ];
    }),
  ];
};

const solutionsHaveExercises: Rule = ({ exercises, solutionFolders }) => {
  const folders = new Set(exercises.map(({ area, slug }) => `${area}/${slug}`));
  return solutionFolders
    .filter((folder) => !folders.has(folder))
    .map((folder) => ({
      path: `solutions/${folder}`,
      line: 1,
      rule: 'orphan-solution',
      message: `There is no exercises/${folder}.`,
      remedy: 'Write the exercise, or move or delete this folder.',
    }));
};

/** The rules across files. Each leaves alone what is reported as broken already. */
export const RULES: readonly Rule[] = [
  uniqueSlugs,
  knownNeeds,
  noCycles,
  knownInTracks,
  needsComeFirst,
  groundworkIsListed,
  plannedIsNotWritten,
  plannedIsListed,
  noUnknownFiles,
  solutionsHaveExercises,
];

type WrittenExercise = ReadExercise & { readonly exercise: Exercise };

function written({ exercises }: Context): WrittenExercise[] {
  return exercises.flatMap((read) => (read.exercise ? { ...read, exercise: read.exercise } : []));
}

/** Slugs that may be named, those of broken exercises included; undefined while the plan is unreadable. */
function knownSlugs({ exercises, planned }: Context): ReadonlySet<string> | undefined {
  if (!planned.slugs) return undefined;
  return new Set([...exercises.map(({ slug }) => slug), ...planned.slugs]);
}

function ownFiles({ editions, material }: Exercise): ReadonlySet<string> {
  return new Set([
    'exercise.yaml',
    'README.md',
    'hints.md',
    ...material,
    ...editions.flatMap(({ kata, examples }) => [...kata, examples]),
  ]);
}

function solutionFilesOf({ editions }: Exercise): ReadonlySet<string> {
  return new Set([
    'explanation.md',
    EQUIVALENTS,
    ...editions.flatMap(({ kata, hidden }) => [...kata, hidden]),
  ]);
}
