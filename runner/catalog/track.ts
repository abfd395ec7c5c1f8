import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readYaml, validate } from './document.ts';
import type { LineOf } from './document.ts';
import type { Problem, Track } from './model.ts';
import { SLUG, trackSchema } from './schema.ts';

/** What was made of `tracks/<slug>.yaml`; without a `track` where it breaks its schema. */
export interface ReadTrack {
  /** Relative to the clone. */
  readonly path: string;
  readonly lineOf: LineOf;
  readonly track?: Track;
  /** Its place among the tracks. */
  readonly position: number;
  readonly problems: readonly Problem[];
}

/** Reads one file of `tracks/`. */
export async function readTrack(root: string, file: string): Promise<ReadTrack> {
  const path = `tracks/${file}`;
  const slug = basename(file, '.yaml');
  const text = await readFile(join(root, path), 'utf8');
  const { value, lineOf, problems } = readYaml(path, text);
  const broken = (found: readonly Problem[]) => ({ path, lineOf, position: 0, problems: found });
  if (problems.length > 0) return broken(problems);
  if (!SLUG.test(slug)) return broken([badName(path, slug)]);
  const checked = validate(trackSchema, value, path, lineOf);
  if (!checked.value) return broken(checked.problems);
  const { position = Infinity, ...track } = checked.value;
  return { path, lineOf, track: { slug, ...track }, position, problems: [] };
}

/** Where a track lists each exercise first, as a path into its file; in solving order. */
export function firstListings({ track }: ReadTrack): Map<string, readonly PropertyKey[]> {
  const first = new Map<string, readonly PropertyKey[]>();
  track?.phases.forEach((phase, p) => {
    phase.topics.forEach((topic, t) => {
      topic.exercises.forEach((slug, e) => {
        if (!first.has(slug)) first.set(slug, ['phases', p, 'topics', t, 'exercises', e]);
      });
    });
  });
  return first;
}

function badName(path: string, slug: string): Problem {
  return {
    path,
    line: 1,
    rule: 'slug-shape',
    message: `The file name "${slug}" is not made of lower-case words joined by hyphens.`,
    remedy: 'Rename the file.',
  };
}
