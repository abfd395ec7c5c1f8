import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readYaml, validate } from './document.ts';
import type { LineOf } from './document.ts';
import { CAPABILITIES } from './model.ts';
import type { Edition, Exercise, ExerciseEdition, Problem } from './model.ts';
import { didYouMean } from './nearest.ts';
import { SLUG, manifestSchema } from './schema.ts';
import type { Manifest } from './schema.ts';

/** The two folders of one exercise, as they lie on disk. */
export interface ExerciseFolder {
  readonly area: string;
  readonly slug: string;
  /** File names relative to `exercises/<area>/<slug>`. */
  readonly files: readonly string[];
  /** File names relative to `solutions/<area>/<slug>`. */
  readonly solutionFiles: readonly string[];
}

/** What was made of a folder; without an `exercise` where a problem keeps it from being solved. */
export interface ReadExercise extends ExerciseFolder {
  /** Of the manifest, relative to the clone. */
  readonly path: string;
  readonly lineOf: LineOf;
  readonly exercise?: Exercise;
  readonly problems: readonly Problem[];
}

/** Reads an exercise's manifest and checks that every file which solving it takes is there. */
export async function readExercise(root: string, folder: ExerciseFolder): Promise<ReadExercise> {
  const { area, slug } = folder;
  const path = `exercises/${area}/${slug}/exercise.yaml`;
  const broken = (problems: readonly Problem[], lineOf: LineOf = () => 1): ReadExercise => ({
    ...folder,
    path,
    lineOf,
    problems,
  });

  if (!folder.files.includes('exercise.yaml')) return broken([missing(path, 'Write it')]);
  const yaml = readYaml(path, await readFile(join(root, path), 'utf8'));
  if (yaml.problems.length > 0) return broken(yaml.problems, yaml.lineOf);
  const { value: manifest, problems } = validate(manifestSchema, yaml.value, path, yaml.lineOf);
  const misnamed = [area, slug].filter((name) => !SLUG.test(name)).map((n) => badName(path, n));
  if (!manifest || misnamed.length > 0) return broken([...misnamed, ...problems], yaml.lineOf);

  const kata = manifest.kata ?? folder.files.filter((file) => /^kata\.[^/]+$/.test(file));
  const editions = editionsOf(kata);
  const incomplete = [
    ...kataProblems(path, manifest, kata, editions),
    ...missingFiles(folder, manifest, editions, yaml.lineOf),
  ];
  if (incomplete.length > 0) return broken(incomplete, yaml.lineOf);

  const exercise: Exercise = {
    slug,
    area,
    title: manifest.title,
    kind: manifest.kind,
    level: manifest.level,
    minutes: manifest.minutes,
    summary: manifest.summary,
    needs: manifest.needs,
    editions,
    material: manifest.material,
    timeLimit: manifest.timeLimit * 1000,
    capabilities: CAPABILITIES.filter((capability) => manifest.allow[capability] !== undefined),
    ...(manifest.boundary ? { boundary: manifest.boundary } : {}),
    folder: join(root, 'exercises', area, slug),
    solutionFolder: join(root, 'solutions', area, slug),
  };
  return { ...folder, path, lineOf: yaml.lineOf, exercise, problems: [] };
}

/** The editions that kata files make up: one for each language they are written in, else a neutral one. */
function editionsOf(kata: readonly string[]): ExerciseEdition[] {
  const languages = new Map<Edition, string>([
    ['typescript', '.ts'],
    ['python', '.py'],
  ]);
  const neutral = kata.filter((file) => ![...languages.values()].some((end) => file.endsWith(end)));
  const editions = [...languages].flatMap(([language, end]) => {
    const own = kata.filter((file) => file.endsWith(end) || neutral.includes(file));
    return own.length > neutral.length ? [{ language, kata: own, ...SUITES[language] }] : [];
  });
  if (editions.length > 0 || kata.length === 0) return editions;
  return [{ language: 'neutral', kata, ...SUITES.typescript }];
}

const SUITES = {
  typescript: { examples: 'examples.test.ts', hidden: 'hidden.test.ts' },
  python: { examples: 'examples_test.py', hidden: 'hidden_test.py' },
};

function kataProblems(
  path: string,
  manifest: Manifest,
  kata: readonly string[],
  editions: readonly ExerciseEdition[],
): Problem[] {
  const problem = (message: string, remedy: string): Problem[] => [
    { path, line: 1, rule: 'kata-files', message, remedy },
  ];
  if (kata.length === 0)
    return problem(
      'There is no starter: no file is named kata.*.',
      'Add one, or list the files that the learner edits under `kata`.',
    );
  if (!manifest.kata && editions.some((edition) => edition.kata.length > 1))
    return problem(
      `Several files are named kata.*: ${kata.join(', ')}.`,
      'List those that the learner edits under `kata`.',
    );
  return [];
}

function missingFiles(
  { area, slug, files, solutionFiles }: ExerciseFolder,
  manifest: Manifest,
  editions: readonly ExerciseEdition[],
  lineOf: LineOf,
): Problem[] {
  const folder = `exercises/${area}/${slug}`;
  const listed = (field: 'kata' | 'material', names: readonly string[] = []): Problem[] =>
    names.flatMap((name, index) => {
      if (files.includes(name)) return [];
      return {
        path: `${folder}/exercise.yaml`,
        line: lineOf([field, index]),
        rule: 'missing-file',
        message: `\`${field}\` lists ${name}, which is not in the folder.${didYouMean(name, files)}`,
        remedy: 'Add the file, or take it off the list.',
      };
    });
  const absent = (base: string, present: readonly string[], names: readonly string[]) =>
    names
      .filter((name) => !present.includes(name))
      .map((name) => missing(`${base}/${name}`, 'Write it'));

  const examples = editions.map((edition) => edition.examples);
  const decisive = editions.flatMap(({ kata, hidden }) => [...kata, hidden]);
  const solution = `solutions/${area}/${slug}`;
  return [
    ...listed('kata', manifest.kata),
    ...listed('material', manifest.material),
    ...absent(folder, files, ['README.md', 'hints.md', ...examples]),
    ...(solutionFiles.length === 0
      ? [missing(solution, 'Add the folder with the reference, the suite and the explanation')]
      : absent(solution, solutionFiles, [...new Set(decisive), 'explanation.md'])),
  ];
}

function missing(path: string, action: string): Problem {
  return {
    path,
    line: 1,
    rule: 'missing-file',
    message: 'It does not exist.',
    remedy: `${action}; docs/exercise-format.md says what belongs there.`,
  };
}

function badName(path: string, name: string): Problem {
  return {
    path,
    line: 1,
    rule: 'slug-shape',
    message: `The folder name "${name}" is not made of lower-case words joined by hyphens.`,
    remedy: 'Rename the folder, in exercises/ and in solutions/.',
  };
}
