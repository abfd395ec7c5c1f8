import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { leadingComment } from './comment.ts';
import { listFiles } from './listing.ts';
import { headingsOf, numberedSections } from './markdown.ts';
import type { NumberedSection } from './markdown.ts';
import { EDITIONS } from './model.ts';
import type {
  Alternative,
  Edition,
  Exercise,
  ExerciseContent,
  ExerciseEdition,
  ExerciseSolution,
  Mistake,
} from './model.ts';

/** The edition that serves a learner of this language: its own, or the neutral one. */
export function editionOf(exercise: Exercise, edition: Edition): ExerciseEdition | undefined {
  return exercise.editions.find(({ language }) => language === edition || language === 'neutral');
}

/**
 * The language in which a learner who takes `edition` works on an exercise: that one where it is served,
 * else the one in which the exercise is written.
 */
export function languageFor(exercise: Exercise, edition: Edition): Edition {
  if (editionOf(exercise, edition)) return edition;
  return EDITIONS.find((each) => editionOf(exercise, each)) ?? edition;
}

/** Reads what a learner sees before the pass. Fails as `readFile` does when a file is gone by now. */
export async function readContent(exercise: Exercise): Promise<ExerciseContent> {
  const [brief, hints] = await Promise.all([
    readText(join(exercise.folder, 'README.md')),
    readText(join(exercise.folder, 'hints.md')),
  ]);
  return {
    brief,
    tasks: tasksOf(brief).map(({ number, title }) => ({ number, title })),
    hints: hintsOf(hints).map(({ title, text }) => ({ title, text })),
  };
}

/** The numbered sections below `## Your task` of a brief. */
export function tasksOf(brief: string): NumberedSection[] {
  const sections = headingsOf(brief).filter(({ level }) => level <= 2);
  const index = sections.findIndex(({ text }) => text.toLowerCase() === 'your task');
  const start = sections[index]?.line;
  if (start === undefined) return [];
  const end = sections[index + 1]?.line ?? Infinity;
  return numberedSections(brief, 3).filter(({ line }) => line > start && line < end);
}

/** The numbered sections of a ladder of hints. */
export function hintsOf(hints: string): NumberedSection[] {
  return numberedSections(hints, 2);
}

/** Reads what is revealed after the pass. Throws when the exercise has no edition for the language. */
export async function readSolution(
  exercise: Exercise,
  edition: Edition,
): Promise<ExerciseSolution> {
  const { kata, hidden } = requireEdition(exercise, edition);
  const read = (name: string) => readText(join(exercise.solutionFolder, name));
  const [explanation, suite, ...texts] = await Promise.all(
    ['explanation.md', hidden, ...kata].map(read),
  );
  return {
    files: kata.map((name, index) => ({ name, text: texts[index] ?? '' })),
    explanation: explanation ?? '',
    suite: { name: hidden, text: suite ?? '' },
  };
}

/** The wrong solutions of an edition, by name; the sentence is empty where a file has no comment. */
export function listMistakes(exercise: Exercise, edition: Edition): Promise<Mistake[]> {
  return listVariants(exercise, edition, 'mistakes');
}

/** Other right solutions of an edition, by name; the hidden suite must accept them. */
export function listAlternatives(exercise: Exercise, edition: Edition): Promise<Alternative[]> {
  return listVariants(exercise, edition, 'also');
}

async function listVariants(
  exercise: Exercise,
  edition: Edition,
  below: 'mistakes' | 'also',
): Promise<Mistake[]> {
  const folder = join(exercise.solutionFolder, below);
  const variants = variantsOf(requireEdition(exercise, edition), await listFiles(folder));
  return Promise.all(
    [...variants].map(async ([name, files]) => {
      const paths = [...files].map(([kata, file]) => [kata, join(folder, file)] as const);
      return { name, sentence: await sentenceOf(paths), files: new Map(paths) };
    }),
  );
}

/**
 * The variants that an edition has among the files of `mistakes/` or `also/`: name -> kata file -> file.
 * A file stands for a kata of one file, a folder holds those of a kata that differ from the reference.
 */
export function variantsOf(
  { kata, language }: ExerciseEdition,
  files: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const [only, ...others] = kata;
  const variants = new Map<string, Map<string, string>>();
  for (const file of files) {
    const [name = '', ...inside] = file.split('/');
    if (inside.length === 0 && only !== undefined && others.length === 0) {
      const fits = language === 'neutral' || extname(file) === extname(only);
      if (fits) variants.set(file.replace(/(?<=.)\..*$/, ''), new Map([[only, file]]));
    } else if (kata.includes(inside.join('/'))) {
      const variant = variants.get(name) ?? new Map<string, string>();
      variants.set(name, variant.set(inside.join('/'), file));
    }
  }
  for (const [name, variant] of variants) variants.set(name, inKataOrder(variant, kata));
  return variants;
}

function inKataOrder(variant: ReadonlyMap<string, string>, kata: readonly string[]) {
  return new Map([...variant].sort(([a], [b]) => kata.indexOf(a) - kata.indexOf(b)));
}

/** The leading comment of the first file that has one: some formats know no comments. */
async function sentenceOf(paths: readonly (readonly [string, string])[]): Promise<string> {
  for (const [kata, path] of paths) {
    const comment = leadingComment(kata, await readText(path));
    if (comment !== undefined) return comment;
  }
  return '';
}

function requireEdition(exercise: Exercise, edition: Edition): ExerciseEdition {
  const found = editionOf(exercise, edition);
  if (!found) throw new Error(`The exercise "${exercise.slug}" has no ${edition} edition.`);
  return found;
}

/** A text with its line ends as `\n`, whatever the editor or git made of them. */
export async function readText(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}
