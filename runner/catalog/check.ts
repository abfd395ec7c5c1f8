import { access } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  hintsOf,
  listAlternatives,
  listMistakes,
  readText,
  tasksOf,
  variantsOf,
} from './content.ts';
import { forwardSlashes, listFiles } from './listing.ts';
import { fencesOf, linksOf } from './markdown.ts';
import type { Catalog, Edition, Exercise, Problem } from './model.ts';
import { findUnfinished } from './unfinished.ts';

/** One exercise with its texts read. */
interface Read {
  readonly root: string;
  readonly exercise: Exercise;
  readonly brief: string;
  readonly hints: string;
  readonly explanation: string;
}

type Check = (read: Read) => Problem[] | Promise<Problem[]>;

/** Opens the texts of exercises, of all in the catalogue unless some are named, and returns what is wrong in them. */
export async function checkContent(
  { root, exercises }: Catalog,
  chosen: Iterable<Exercise> = exercises.values(),
): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const exercise of chosen) {
    const read = await readTexts(root, exercise);
    for (const check of CHECKS) found.push(...(await check(read)));
  }
  return found;
}

async function readTexts(root: string, exercise: Exercise): Promise<Read> {
  const [brief, hints, explanation] = await Promise.all([
    readText(join(exercise.folder, 'README.md')),
    readText(join(exercise.folder, 'hints.md')),
    readText(join(exercise.solutionFolder, 'explanation.md')),
  ]);
  return { root, exercise, brief, hints, explanation };
}

const tasksAreNumbered: Check = (read) => {
  const path = inExercise(read, 'README.md');
  const tasks = tasksOf(read.brief);
  const { level, minutes } = read.exercise;
  const fewest = level === 1 && minutes <= 10 ? 2 : 3;
  const problems: Problem[] = [];
  if (tasks.length < fewest || tasks.length > 6)
    problems.push({
      path,
      line: 1,
      rule: 'tasks',
      message: `The brief has ${counted(tasks.length, 'task')}; ${fewest} to 6 are asked for.`,
      remedy: 'Write them as `### 1. What it achieves` below `## Your task`.',
    });
  return [...problems, ...misnumbered(tasks, path, 'tasks', 'task')];
};

const linksLeadSomewhere: Check = async (read) => {
  const { exercise, brief } = read;
  const path = inExercise(read, 'README.md');
  const leavesTheClone = /^([a-z][a-z\d+.-]*:|#|\/\/)/i;
  const within = linksOf(brief).filter(({ target }) => !leavesTheClone.test(target));
  const checked = within.map(async ({ target, line }): Promise<Problem[]> => {
    const file = target.replace(/[?#].*$/, '').replaceAll('%20', ' ');
    if (await exists(join(exercise.folder, file))) return [];
    return [
      {
        path,
        line,
        rule: 'broken-link',
        message: `The link leads to ${target}, which does not exist.`,
        remedy: 'Mend the link; it is relative to the folder of the exercise.',
      },
    ];
  });
  return (await Promise.all(checked)).flat();
};

const hintsAreALadder: Check = (read) => {
  const path = inExercise(read, 'hints.md');
  const hints = hintsOf(read.hints);
  const problems: Problem[] = [];
  if (hints.length < 3 || hints.length > 5)
    problems.push({
      path,
      line: 1,
      rule: 'hints',
      message: `There ${hints.length === 1 ? 'is' : 'are'} ${counted(hints.length, 'hint')}; 3 to 5 are asked for.`,
      remedy: 'Write them as `## 1. A question that points at the idea`, smallest first.',
    });
  for (const { title, text, line } of hints)
    if (text === '')
      problems.push({
        path,
        line,
        rule: 'hints',
        message: `The hint "${title}" is empty.`,
        remedy: 'Write its text below the heading.',
      });
  return [...problems, ...misnumbered(hints, path, 'hints', 'hint')];
};

const fencesHaveLanguages: Check = (read) =>
  (
    [
      [inExercise(read, 'README.md'), read.brief],
      [inExercise(read, 'hints.md'), read.hints],
      [inSolution(read, 'explanation.md'), read.explanation],
    ] as const
  ).flatMap(([path, text]) =>
    fencesOf(text)
      .filter(({ language }) => language === '')
      .map(({ line }) => ({
        path,
        line,
        rule: 'fence',
        message: 'This block of code does not say its language.',
        remedy:
          'Write it behind the marks: ```ts, ```sql, ```console, or ```text for what has none.',
      })),
  );

const explanationExplains: Check = (read) => {
  const words = read.explanation.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  if (words.length > 0) return [];
  return [
    {
      path: inSolution(read, 'explanation.md'),
      line: 1,
      rule: 'explanation',
      message: 'The explanation is empty.',
      remedy: 'Say why the solution works, and what the alternatives cost.',
    },
  ];
};

const variantsHaveSentences: Check = async (read) => {
  const { root, exercise } = read;
  const listed = await Promise.all(
    editionsServed(exercise).flatMap((edition) => [
      listMistakes(exercise, edition),
      listAlternatives(exercise, edition),
    ]),
  );
  return listed.flat().flatMap(({ name, sentence, files }) => {
    const [first] = files.values();
    if (sentence !== '' || first === undefined) return [];
    return {
      path: forwardSlashes(relative(root, first)),
      line: 1,
      rule: 'sentence',
      message: `"${name}" does not open with a comment.`,
      remedy: 'Say in one or two sentences, as a comment at its top, what is different and why.',
    };
  });
};

const variantsAreWhole: Check = async (read) => {
  const { editions, solutionFolder } = read.exercise;
  const stray = ['mistakes', 'also'].map(async (below) => {
    const files = await listFiles(join(solutionFolder, below));
    const used = new Set(
      editions.flatMap((edition) =>
        [...variantsOf(edition, files).values()].flatMap((variant) => [...variant.values()]),
      ),
    );
    return files.filter((file) => !used.has(file)).map((file) => `${below}/${file}`);
  });
  return (await Promise.all(stray)).flat().map((file) => ({
    path: inSolution(read, file),
    line: 1,
    rule: 'unknown-file',
    message: 'It stands for no file of the kata.',
    remedy:
      'Name it <name>.<ext of the kata>, or, where the kata has several files, <name>/<kata file>.',
  }));
};

const everythingIsWritten: Check = ({ root, exercise }) => findUnfinished(root, exercise);

const CHECKS: readonly Check[] = [
  tasksAreNumbered,
  linksLeadSomewhere,
  hintsAreALadder,
  fencesHaveLanguages,
  explanationExplains,
  variantsHaveSentences,
  variantsAreWhole,
  everythingIsWritten,
];

/** The first section whose number is not its place. */
function misnumbered(
  sections: readonly { readonly number: number; readonly line: number }[],
  path: string,
  rule: string,
  what: string,
): Problem[] {
  const index = sections.findIndex(({ number }, place) => number !== place + 1);
  const wrong = sections[index];
  if (!wrong) return [];
  return [
    {
      path,
      line: wrong.line,
      rule,
      message: `This ${what} has the number ${wrong.number}, but it is number ${index + 1}.`,
      remedy: `Number the ${what}s 1, 2, 3, ... in their order.`,
    },
  ];
}

function editionsServed({ editions }: Exercise): Edition[] {
  return editions.map(({ language }) => (language === 'neutral' ? 'typescript' : language));
}

function inExercise({ root, exercise }: Read, file: string): string {
  return forwardSlashes(relative(root, join(exercise.folder, file)));
}

function inSolution({ root, exercise }: Read, file: string): string {
  return forwardSlashes(relative(root, join(exercise.solutionFolder, file)));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
