import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { editionOf } from '../catalog/content.ts';
import { loadCatalog } from '../catalog/load.ts';
import type {
  Catalog,
  Edition,
  Exercise,
  ExerciseEdition,
  Problem,
  Track,
} from '../catalog/model.ts';
import { didYouMean } from '../catalog/nearest.ts';
import { CLONE } from '../location.ts';
import { deriveProgress } from '../progress/derive.ts';
import { appendEntry, readJournal, type Journal } from '../progress/journal.ts';
import type { Entry, NewEntry, Progress, TrackStanding } from '../progress/model.ts';
import { nextExercise, standTrack } from '../progress/standing.ts';
import { DEFAULT_WORKSPACE, makeWorkspace, type Workspace } from '../workspace/workspace.ts';
import { tell, text, UsageError, type Arguments } from './command.ts';

/** What every command works on: the catalogue, the learner's journal and their workspace. */
export interface Dojo {
  readonly catalog: Catalog;
  readonly workspace: Workspace;
  /** Sentences that the learner should see once. */
  readonly notices: readonly string[];
  /** The journal as it was found. */
  readonly journal: Pick<Journal, 'damaged'> & { readonly entries: number };
  progress(): Progress;
  record(entry: NewEntry): { readonly progress: Progress; readonly written: Promise<void> };
}

/** Content and progress lie in the clone, unless `DOJO_HOME` names another folder that is laid out like it. */
async function home(): Promise<string> {
  const named = process.env.DOJO_HOME;
  if (!named) return CLONE;
  const folder = resolve(named);
  if (await stat(join(folder, 'exercises')).catch(() => undefined)) return folder;
  throw new UsageError(`DOJO_HOME names ${folder}, which holds no folder "exercises".`);
}

/** Loads what a command needs, and tells the learner what they should know. @throws UsageError as `loadDojo`. */
export async function openDojo(args: Arguments): Promise<Dojo> {
  const dojo = await loadDojo(args);
  dojo.notices.forEach(tell);
  return dojo;
}

/**
 * Loads everything that a command needs.
 *
 * @param args `--workspace` names the learner's folder; it is remembered.
 * @throws UsageError when that folder cannot be a workspace, or the learner's own files cannot be used.
 */
export async function loadDojo(args: Arguments): Promise<Dojo> {
  const root = await home();
  const path = join(root, '.dojo', 'journal.jsonl');
  const [catalog, journal] = await Promise.all([
    loadCatalog(root, join(root, '.dojo', 'catalog.json')),
    readJournal(path).catch((error: unknown) => {
      throw new UsageError(`Your journal ${path} cannot be read: ${reasonOf(error)}`);
    }),
  ]);
  const entries: Entry[] = [...journal.entries];
  let progress = deriveProgress(entries);
  let writing = Promise.resolve();

  const record: Dojo['record'] = (entry) => {
    const now = new Date();
    entries.push({ ...entry, at: now.toISOString() });
    progress = deriveProgress(entries);
    writing = writing
      .catch(() => undefined)
      .then(() => appendEntry(path, entry, now))
      .then(
        () => undefined,
        (error: unknown) => {
          throw new UsageError(`Your progress cannot be written: ${reasonOf(error)}`);
        },
      );
    return { progress, written: writing };
  };

  const named = text(args, 'workspace');
  if (named !== undefined) {
    const folder = resolve(named);
    refuseOwnFolders(root, folder);
    await makeWorkspace({ clone: root, folder });
    if (folder !== progress.workspace) await record({ type: 'workspace', folder }).written;
  }
  const folder = progress.workspace ?? join(root, DEFAULT_WORKSPACE);
  return {
    catalog,
    workspace: { clone: root, folder },
    notices: noticesOf(catalog, journal.damaged),
    journal: { ...journal, entries: journal.entries.length },
    progress: () => progress,
    record,
  };
}

/** Folders of the clone in which no workspace can lie. */
const OWN = [
  'exercises',
  'solutions',
  'runner',
  'tracks',
  'test',
  'docs',
  'node_modules',
  '.git',
  '.dojo',
];

function refuseOwnFolders(root: string, folder: string): void {
  const [first = '', ...rest] = relative(root, folder).split(sep);
  const around = [first, ...rest].every((part) => part === '..' || part === '');
  if (around || OWN.includes(first)) {
    throw new UsageError(
      `--workspace ${folder} holds the dojo's own files. Name a folder for your katas only.`,
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function noticesOf(
  catalog: Catalog,
  damaged: { path: string; lines: number } | undefined,
): string[] {
  const notices: string[] = [];
  if (damaged) {
    const lines = damaged.lines === 1 ? 'One line' : `${damaged.lines} lines`;
    notices.push(
      `${lines} of your journal could not be read and are kept in ${damaged.path}. Everything else is there.`,
    );
  }
  const [first] = catalog.problems;
  if (first) {
    const more =
      catalog.problems.length > 1 ? ` (and ${catalog.problems.length - 1} more problems)` : '';
    notices.push(`${first.path}:${first.line}: ${first.message} ${first.remedy}${more}`);
  }
  return notices;
}

/** The learner's track; undefined when none is chosen, or the chosen one is there no more. */
export function chosenTrack(dojo: Dojo): Track | undefined {
  const { track } = dojo.progress();
  return dojo.catalog.tracks.find(({ slug }) => slug === track);
}

/** How a track, the learner's own unless another one is given, stands for them. */
export function standingOf(dojo: Dojo, track = chosenTrack(dojo)): TrackStanding | undefined {
  return track && standTrack(dojo.catalog, track, dojo.progress());
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

/** An exercise in the edition that the learner takes. */
export interface Chosen {
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  readonly language: Edition;
}

/**
 * The exercise that a command is about: the one named, else the one opened last, else the next one.
 *
 * @throws UsageError when it does not exist, is not written yet, or none can be found.
 */
export function chooseExercise(dojo: Dojo, slug?: string): Chosen {
  const { catalog } = dojo;
  const progress = dojo.progress();
  const target = slug ?? usualExercise(dojo);
  if (target === undefined) throw new UsageError('There is no exercise to work on.');
  const exercise = catalog.exercises.get(target);
  if (!exercise) throw new UsageError(missing(catalog, target));
  const edition = editionOf(exercise, progress.edition);
  if (!edition) {
    throw new UsageError(
      `"${exercise.title}" is not written in the ${progress.edition} edition yet.`,
    );
  }
  return { exercise, edition, language: progress.edition };
}

/** The exercise that was opened last, unless it is there no more; else the next one of the track. */
function usualExercise(dojo: Dojo): string | undefined {
  const { current } = dojo.progress();
  const { exercises } = dojo.catalog;
  if (current !== undefined && (exercises.has(current) || problemOf(dojo.catalog, current)))
    return current;
  const standing = standingOf(dojo);
  return (standing && nextExercise(standing)?.slug) ?? exercises.keys().next().value;
}

function problemOf({ problems }: Catalog, slug: string): Problem | undefined {
  return problems.find(({ path }) => path.includes(`/${slug}/`));
}

function missing(catalog: Catalog, slug: string): string {
  const planned = catalog.planned.get(slug);
  if (planned) return `"${planned.title}" (${slug}) is not written yet.`;
  const problem = problemOf(catalog, slug);
  if (problem) {
    const { path, line, message, remedy } = problem;
    return `The exercise "${slug}" is broken. ${path}:${line}: ${message} ${remedy}`;
  }
  return `There is no exercise "${slug}".${didYouMean(slug, catalog.exercises.keys())} \`npm run dojo -- list\` shows them all.`;
}
