import { join } from 'node:path';
import { readExercise } from './exercise.ts';
import type { ReadExercise } from './exercise.ts';
import { byExercise, listFiles } from './listing.ts';
import type { Catalog, Exercise, Problem, Track } from './model.ts';
import { PLANNED_PATH, readPlanned } from './planned.ts';
import { RULES } from './rules.ts';
import type { Context } from './rules.ts';
import { readTrack } from './track.ts';
import { readSnapshot, stateOf, writeSnapshot } from './snapshot.ts';

/**
 * Reads everything below `exercises/`, `solutions/` and `tracks/` of the clone `root` (absolute path).
 * Never fails over content: what is broken is left out and named in `problems`, in order of path and
 * line. Only manifests and folder listings are opened; `checkContent` looks into the other files. With a
 * `snapshot` (absolute path of a file) nothing is read again until some of it changes.
 */
export async function loadCatalog(root: string, snapshot?: string): Promise<Catalog> {
  if (snapshot === undefined) return makeCatalog(root, await readContext(root));
  const known = await readSnapshot(snapshot, root);
  if (known) return known;
  const state = stateOf(root, FOLDERS);
  const catalog = makeCatalog(root, await readContext(root));
  await writeSnapshot(snapshot, root, state, catalog);
  return catalog;
}

const FOLDERS = ['exercises', 'solutions', 'tracks'];

function makeCatalog(root: string, context: Context): Catalog {
  const { exercises, planned, tracks } = context;

  const written = new Map<string, Exercise>();
  for (const { exercise } of exercises)
    if (exercise && !written.has(exercise.slug)) written.set(exercise.slug, exercise);

  const found = [planned, ...exercises, ...tracks].flatMap((source) => source.problems);
  const broken = RULES.flatMap((rule) => rule(context));
  return {
    root,
    exercises: written,
    planned: new Map([...planned.exercises].filter(([slug]) => !written.has(slug))),
    tracks: inOrder(tracks),
    problems: [...found, ...broken].sort(byPlace),
  };
}

async function readContext(root: string): Promise<Context> {
  const [exerciseFiles, solutionFiles, trackFiles] = await Promise.all(
    FOLDERS.map((folder) => listFiles(join(root, folder))),
  );
  const listed = byExercise(exerciseFiles ?? []);
  const solutions = byExercise(solutionFiles ?? []);
  const trackNames = (trackFiles ?? []).filter((file) => /^[^/]+\.yaml$/.test(file));

  const reading = [...listed.folders].map(([folder, files]): Promise<ReadExercise> => {
    const [area = '', slug = ''] = folder.split('/');
    const solved = solutions.folders.get(folder) ?? [];
    return readExercise(root, { area, slug, files, solutionFiles: solved });
  });
  const [exercises, tracks, planned] = await Promise.all([
    Promise.all(reading),
    Promise.all(trackNames.map((file) => readTrack(root, file))),
    readPlanned(root),
  ]);
  return {
    exercises,
    tracks,
    planned,
    solutionFolders: [...solutions.folders.keys()],
    looseFiles: [
      ...listed.loose.map((file) => `exercises/${file}`).filter((file) => file !== PLANNED_PATH),
      ...solutions.loose.map((file) => `solutions/${file}`),
      ...(trackFiles ?? [])
        .filter((file) => !trackNames.includes(file))
        .map((file) => `tracks/${file}`),
    ],
  };
}

function inOrder(tracks: Context['tracks']): Track[] {
  return [...tracks]
    .sort((a, b) => a.position - b.position || a.path.localeCompare(b.path, 'en'))
    .flatMap(({ track }) => track ?? []);
}

function byPlace(a: Problem, b: Problem): number {
  return a.path.localeCompare(b.path, 'en') || a.line - b.line;
}
