import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { editionOf } from '../catalog/content.ts';
import { loadCatalog } from '../catalog/load.ts';
import type { Catalog, Edition, Exercise, ExerciseEdition, Track } from '../catalog/model.ts';
import { didYouMean } from '../catalog/nearest.ts';
import { CLONE } from '../location.ts';
import { deriveProgress } from '../progress/derive.ts';
import { appendEntry, readJournal, type Journal } from '../progress/journal.ts';
import type { Entry, NewEntry, Progress, TrackStanding } from '../progress/model.ts';
import { nextExercise, standTrack } from '../progress/standing.ts';
import { DEFAULT_WORKSPACE, type Workspace } from '../workspace/workspace.ts';
import { UsageError } from './command.ts';

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
function home(): string {
  return process.env.DOJO_HOME ? resolve(process.env.DOJO_HOME) : CLONE;
}

/**
 * Loads everything that a command needs.
 *
 * @param workspaceOption the folder that the learner named; it is remembered.
 * @throws UsageError when that folder cannot be a workspace.
 */
export async function openDojo(workspaceOption?: string): Promise<Dojo> {
  const root = home();
  const path = join(root, '.dojo', 'journal.jsonl');
  const [catalog, journal] = await Promise.all([
    loadCatalog(root, join(root, '.dojo', 'catalog.json')),
    readJournal(path),
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
      .then(() => undefined);
    return { progress, written: writing };
  };

  if (workspaceOption !== undefined) {
    const folder = resolve(workspaceOption);
    await checkWorkspace(root, folder);
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

async function checkWorkspace(root: string, folder: string): Promise<void> {
  const inside = relative(root, folder);
  const own = [
    'exercises',
    'solutions',
    'runner',
    'tracks',
    'test',
    'node_modules',
    '.git',
    '.dojo',
  ];
  if (inside === '' || own.includes(inside.split(sep)[0] ?? '')) {
    throw new UsageError(
      `--workspace ${folder} holds the dojo's own files. Name a folder for your katas only.`,
    );
  }
  const found = await stat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) throw new UsageError(`--workspace ${folder} is not a folder.`);
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

/** The chosen track as it stands, or `slug`'s; undefined when none is chosen yet. @throws UsageError for an unknown one. */
export function standingOf(dojo: Dojo, slug = dojo.progress().track): TrackStanding | undefined {
  return slug === undefined
    ? undefined
    : standTrack(dojo.catalog, findTrack(dojo, slug), dojo.progress());
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
  const standing = standingOf(dojo);
  const target =
    slug ??
    progress.current ??
    (standing && nextExercise(standing)?.slug) ??
    catalog.exercises.keys().next().value;
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

function missing(catalog: Catalog, slug: string): string {
  const planned = catalog.planned.get(slug);
  if (planned) return `"${planned.title}" (${slug}) is not written yet.`;
  const problem = catalog.problems.find(({ path }) => path.includes(`/${slug}/`));
  if (problem)
    return `The exercise "${slug}" is broken: ${problem.path}:${problem.line}: ${problem.message}`;
  return `There is no exercise "${slug}".${didYouMean(slug, catalog.exercises.keys())} \`npm run dojo -- list\` shows them all.`;
}
