import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml, validate } from './document.ts';
import type { LineOf } from './document.ts';
import { isMissing } from './listing.ts';
import type { PlannedExercise, Problem } from './model.ts';
import { SLUG, plannedEntrySchema } from './schema.ts';

export const PLANNED_PATH = 'exercises/planned.yaml';

/** What was made of `exercises/planned.yaml`. */
export interface ReadPlanned {
  readonly lineOf: LineOf;
  readonly exercises: ReadonlyMap<string, PlannedExercise>;
  /** Every slug that it names, also those of broken entries; undefined where it could not be read. */
  readonly slugs?: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Reads the planned exercises entry by entry, so that a broken one costs only itself. */
export async function readPlanned(root: string): Promise<ReadPlanned> {
  const yaml = readYaml(PLANNED_PATH, await readIfThere(join(root, PLANNED_PATH)));
  const entries = validate(anyEntries, yaml.value ?? {}, PLANNED_PATH, yaml.lineOf);
  const unreadable = [...yaml.problems, ...entries.problems];
  if (!entries.value || unreadable.length > 0)
    return { lineOf: yaml.lineOf, exercises: new Map(), problems: unreadable };

  const exercises = new Map<string, PlannedExercise>();
  const problems: Problem[] = [];
  for (const [slug, value] of Object.entries(entries.value)) {
    const lineOf: LineOf = (at) => yaml.lineOf([slug, ...at]);
    const entry = validate(plannedEntrySchema, value, PLANNED_PATH, lineOf);
    problems.push(...entry.problems);
    if (!SLUG.test(slug)) problems.push(badName(slug, lineOf([])));
    else if (entry.value) exercises.set(slug, { slug, ...entry.value });
  }
  const slugs = new Set(Object.keys(entries.value));
  return { lineOf: yaml.lineOf, exercises, slugs, problems };
}

const anyEntries = z.record(z.string(), z.unknown());

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

function badName(slug: string, line: number): Problem {
  return {
    path: PLANNED_PATH,
    line,
    rule: 'slug-shape',
    message: `The slug "${slug}" is not made of lower-case words joined by hyphens.`,
    remedy: 'Rename it.',
  };
}
