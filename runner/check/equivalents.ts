import { join, relative } from 'node:path';
import { z } from 'zod';
import { readText } from '../catalog/content.ts';
import { readYaml, validate } from '../catalog/document.ts';
import { forwardSlashes } from '../catalog/listing.ts';
import type { Exercise, ExerciseEdition, Problem } from '../catalog/model.ts';
import { EQUIVALENTS } from '../catalog/rules.ts';
import type { Change } from './facts.ts';

const entries = z.array(
  z.strictObject({
    before: z.string().describe('The first line of the change in the reference, without indent.'),
    after: z.string().describe('The same line in the mutant; empty where it is left out.'),
    reason: z.string().min(10).describe('Why no suite can, or should, tell the two apart.'),
  }),
);

/** A mutant that its author holds to be as right as the reference. */
export interface Equivalent {
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  /** 1-based, in the file that declares it. */
  readonly line: number;
}

/**
 * The mutants that an exercise declares to be equivalent in one of its editions, and what is wrong with the
 * file that does so. Each belongs to the edition in whose reference its line stands; to the first one where it
 * stands nowhere.
 */
export async function readEquivalents(
  root: string,
  exercise: Exercise,
  edition: ExerciseEdition,
): Promise<{ readonly equivalents: readonly Equivalent[]; readonly problems: readonly Problem[] }> {
  const { solutionFolder, editions } = exercise;
  const file = join(solutionFolder, EQUIVALENTS);
  const text = await readText(file).catch(() => undefined);
  if (text === undefined) return { equivalents: [], problems: [] };
  const path = forwardSlashes(relative(root, file));
  const { value, lineOf, problems } = readYaml(path, text);
  if (problems.length > 0) return { equivalents: [], problems };
  const valid = validate(entries, value, path, lineOf);
  const references = await Promise.all(editions.map((each) => linesOf(exercise, each)));
  const equivalents = (valid.value ?? []).flatMap((entry, index) => {
    const home = references.findIndex((lines) => lines.has(entry.before));
    return editions[Math.max(0, home)] === edition ? [{ ...entry, line: lineOf([index]) }] : [];
  });
  return { equivalents, problems: valid.problems };
}

/** The lines of a reference, without indent. */
async function linesOf(
  { solutionFolder }: Exercise,
  { kata }: ExerciseEdition,
): Promise<ReadonlySet<string>> {
  const texts = kata.map((file) => readText(join(solutionFolder, file)).catch(() => ''));
  return new Set(
    (await Promise.all(texts)).flatMap((text) => text.split('\n').map((line) => line.trim())),
  );
}

/** How a declaration names a change: by its first line, before and after. */
export function namesOf({ before, after }: Change): {
  readonly before: string;
  readonly after: string;
} {
  return { before: before[0]?.trim() ?? '', after: after[0]?.trim() ?? '' };
}

/** The declaration that speaks of a change. */
export function declaredAs(
  change: Change,
  equivalents: readonly Equivalent[],
): Equivalent | undefined {
  const { before, after } = namesOf(change);
  return equivalents.find((each) => each.before === before && each.after === after);
}
