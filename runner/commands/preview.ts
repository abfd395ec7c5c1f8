import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { listMistakes, readContent, readSolution } from '../catalog/content.ts';
import { mistakeCandidate, starterCandidate } from '../grade/candidate.ts';
import { createGrader, type Grader } from '../grade/grader.ts';
import { previewPage } from '../report/preview-page.ts';
import { previewText, type Preview, type PreviewedMistake } from '../report/preview.ts';
import { namedExercise, type Chosen } from './choice.ts';
import {
  EDITION,
  EDITION_HELP,
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  text,
  UsageError,
  type Command,
} from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '<slug>',
  summary: 'Show all that a learner will see of an exercise.',
  details: `Brief, first verdict, the verdict on each mistake with its sentence, hints, and the explanation. Nothing is
recorded.`,
  words: 1,
  options: { ...SHARED, ...EDITION, html: { type: 'string' } },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP, html: 'write one HTML page to this file instead' },
  async run(args) {
    const [slug] = args.words;
    if (slug === undefined) throw new UsageError('Name an exercise: `npm run preview -- <slug>`.');
    const dojo = await openDojo(args);
    const chosen = namedExercise(dojo, args);
    const grader = createGrader(dojo.catalog.root);
    try {
      const preview = await gather(chosen, grader);
      const html = text(args, 'html');
      if (html !== undefined) await writePage(resolve(html), preview);
      if (args.options.json) printJson('preview', factsOf(preview));
      else print(html === undefined ? previewText(preview) : `Written to ${resolve(html)}`);
      return EXIT.ok;
    } finally {
      await grader.close();
    }
  },
};

async function gather(chosen: Chosen, grader: Grader): Promise<Preview> {
  const { exercise, edition, language } = chosen;
  const [content, { explanation }, known] = await Promise.all([
    readContent(exercise),
    readSolution(exercise, language),
    listMistakes(exercise, language),
  ]);
  const starter = await grader.grade(exercise, edition, starterCandidate(exercise, edition));
  const mistakes: PreviewedMistake[] = [];
  for (const mistake of known) {
    const { name, sentence } = mistake;
    const candidate = mistakeCandidate(exercise, edition, mistake);
    mistakes.push({ name, sentence, verdict: await grader.grade(exercise, edition, candidate) });
  }
  return { exercise, edition, content, explanation, starter, mistakes };
}

async function writePage(file: string, preview: Preview): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, previewPage(preview));
  } catch (error) {
    throw new UsageError(
      `--html ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function factsOf({ exercise, content, explanation, starter, mistakes }: Preview) {
  return { exercise: exercise.slug, ...content, explanation, starter, mistakes };
}
