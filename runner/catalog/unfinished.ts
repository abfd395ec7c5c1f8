import { join, relative } from 'node:path';
import { readText } from './content.ts';
import { forwardSlashes, listFiles } from './listing.ts';
import type { Exercise, Problem } from './model.ts';

/** The mark of what is not written yet. In a starter it shows the learner where to work; elsewhere it is the author's. */
const MARK = /\bTODO\b:?\s*/;

/**
 * Finds what the author of an exercise has not written yet: lines that say TODO in the brief, the hints, the
 * manifest, and all that decides. Starters, material and `also/` may say it.
 *
 * @param root the clone's absolute path.
 */
export async function findUnfinished(root: string, exercise: Exercise): Promise<Problem[]> {
  const { folder, solutionFolder, editions } = exercise;
  const own = ['exercise.yaml', 'README.md', 'hints.md', ...editions.map((each) => each.examples)];
  const deciding = (await listFiles(solutionFolder)).filter((file) => !file.startsWith('also/'));
  const paths = [
    ...own.map((file) => join(folder, file)),
    ...deciding.map((file) => join(solutionFolder, file)),
  ];
  const found = paths.map(async (path) => {
    const lines = (await readText(path)).split('\n');
    return lines.flatMap((text, index) =>
      unfinished(forwardSlashes(relative(root, path)), index + 1, text),
    );
  });
  return (await Promise.all(found)).flat();
}

function unfinished(path: string, line: number, text: string): Problem[] {
  // A brief may speak of the `TODO:` in its starter.
  if (!MARK.test(text.replaceAll(/`[^`]*`/g, ''))) return [];
  return [
    {
      path,
      line,
      rule: 'unfinished',
      message: `It still says ${quote(text)}.`,
      remedy: 'Write what belongs there, and delete the TODO.',
    },
  ];
}

/** The words from the mark on, cut to what fits on a line. */
function quote(text: string): string {
  const words = text
    .slice(text.search(MARK))
    .trim()
    .replace(/[*\-/>'"]+$/, '')
    .trim();
  return `"${words.length > 60 ? `${words.slice(0, 59).trimEnd()}…` : words}"`;
}
