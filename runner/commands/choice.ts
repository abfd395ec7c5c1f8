import { editionOf, languageFor } from '../catalog/content.ts';
import {
  EDITION_NAMES,
  EDITIONS,
  type Catalog,
  type Edition,
  type Exercise,
  type ExerciseEdition,
  type Problem,
  type Track,
} from '../catalog/model.ts';
import { didYouMean } from '../catalog/nearest.ts';
import type { TrackStanding } from '../progress/model.ts';
import { nextExercise, standTrack } from '../progress/standing.ts';
import { tell, text, UsageError, type Arguments } from './command.ts';
import type { Dojo } from './dojo.ts';

/** The learner's track; undefined when none is chosen, or the chosen one is there no more. */
export function chosenTrack(dojo: Dojo): Track | undefined {
  const { track } = dojo.progress();
  return dojo.catalog.tracks.find(({ slug }) => slug === track);
}

/** How a track, the learner's own unless another one is given, stands for them in an edition. */
export function standingOf(
  dojo: Dojo,
  track = chosenTrack(dojo),
  edition = dojo.progress().edition,
): TrackStanding | undefined {
  return track && standTrack(dojo.catalog, track, { ...dojo.progress(), edition });
}

/** The edition that `--edition` names, else the one that the learner takes. @throws UsageError for any other. */
export function chosenEdition(dojo: Dojo, args: Arguments): Edition {
  const named = text(args, 'edition');
  return named === undefined ? dojo.progress().edition : editionNamed(named);
}

/** @throws UsageError with the nearest slug when there is no such track. */
export function findTrack({ catalog }: Dojo, slug: string): Track {
  const track = catalog.tracks.find((each) => each.slug === slug);
  if (track) return track;
  const slugs = catalog.tracks.map((each) => each.slug);
  throw new UsageError(
    `There is no track "${slug}".${didYouMean(slug, slugs)} The tracks are: ${slugs.join(', ')}.`,
  );
}

/** An exercise in one of its editions. */
export interface Chosen {
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  readonly language: Edition;
}

/**
 * The exercise that the person at the keyboard names, with `--edition` or without; they are told where it is
 * not in the edition that they take.
 *
 * @throws UsageError as `chooseExercise`.
 */
export function namedExercise(dojo: Dojo, args: Arguments): Chosen {
  const chosen = chooseExercise(dojo, args.words[0], text(args, 'edition'));
  const { edition } = dojo.progress();
  if (text(args, 'edition') === undefined && chosen.language !== edition) {
    const own = EDITION_NAMES[edition];
    const other = EDITION_NAMES[chosen.language];
    tell(`"${chosen.exercise.title}" is not written in ${own} yet: this is its ${other} edition.`);
  }
  return chosen;
}

/**
 * The exercise that a command is about: the one named, else the one opened last, else the next one.
 *
 * @param wanted the edition; without it the one that the learner takes, where it is written, else the other.
 * @throws UsageError when it does not exist, is not written yet, or none can be found.
 */
export function chooseExercise(dojo: Dojo, slug?: string, wanted?: string): Chosen {
  const { catalog } = dojo;
  const target = slug ?? usualExercise(dojo);
  if (target === undefined) throw new UsageError('There is no exercise to work on.');
  const exercise = catalog.exercises.get(target);
  if (!exercise) throw new UsageError(missing(catalog, target));
  const usual = languageFor(exercise, dojo.progress().edition);
  const language = wanted === undefined ? usual : editionNamed(wanted);
  return { exercise, edition: requiredEdition(exercise, language), language };
}

/**
 * The exercise that `<slug>` or `<area>/<slug>` names.
 *
 * @param otherwise a sentence for whoever names one that does not exist.
 * @throws UsageError with all that is wrong with it when it is broken, or with the nearest name.
 */
export function writtenExercise(catalog: Catalog, name: string, otherwise = ''): Exercise {
  const { exercises } = catalog;
  const slug = name.split('/').at(-1) ?? name;
  const found = exercises.get(slug);
  if (found) return found;
  const broken = problemsOf(catalog, slug);
  if (broken.length > 0) {
    throw new UsageError(
      broken
        .map((each) => `${each.path}:${each.line}: ${each.message}\n  ${each.remedy}`)
        .join('\n'),
    );
  }
  throw new UsageError(
    [`There is no exercise "${name}".${didYouMean(slug, exercises.keys())}`, otherwise]
      .join(' ')
      .trim(),
  );
}

/** @throws UsageError with the edition that there is, when it is not written in this one. */
export function requiredEdition(exercise: Exercise, language: Edition): ExerciseEdition {
  const edition = editionOf(exercise, language);
  if (edition) return edition;
  const other = languageFor(exercise, language);
  throw new UsageError(
    `"${exercise.title}" is not written in ${EDITION_NAMES[language]} yet. Take it in ${EDITION_NAMES[other]} with --edition ${other}.`,
  );
}

/** @throws UsageError with the nearest name when there is no such edition. */
export function editionNamed(name: string): Edition {
  const edition = EDITIONS.find((each) => each === name);
  if (edition) return edition;
  throw new UsageError(
    `There is no edition "${name}".${didYouMean(name, EDITIONS)} The editions are: ${EDITIONS.join(', ')}.`,
  );
}

/** The exercise that was opened last, unless it is there no more; else the next one of the track. */
function usualExercise(dojo: Dojo): string | undefined {
  const { current } = dojo.progress();
  const { exercises } = dojo.catalog;
  if (
    current !== undefined &&
    (exercises.has(current) || problemsOf(dojo.catalog, current).length > 0)
  )
    return current;
  const standing = standingOf(dojo);
  return (standing && nextExercise(standing)?.slug) ?? exercises.keys().next().value;
}

function problemsOf({ problems }: Catalog, slug: string): Problem[] {
  return problems.filter(({ path }) => path.split('/')[2] === slug);
}

function missing(catalog: Catalog, slug: string): string {
  const planned = catalog.planned.get(slug);
  if (planned) return `"${planned.title}" (${slug}) is not written yet.`;
  const [problem] = problemsOf(catalog, slug);
  if (problem) {
    const { path, line, message, remedy } = problem;
    return `The exercise "${slug}" is broken. ${path}:${line}: ${message} ${remedy}`;
  }
  return `There is no exercise "${slug}".${didYouMean(slug, catalog.exercises.keys())} \`npm run dojo -- list\` shows them all.`;
}
