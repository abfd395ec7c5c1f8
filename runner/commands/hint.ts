import { readContent } from '../catalog/content.ts';
import { namedExercise } from './choice.ts';
import {
  EDITION,
  EDITION_HELP,
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  type Command,
} from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '[slug]',
  summary: 'Print the next hint, after those that you have seen.',
  words: 1,
  options: { ...SHARED, ...EDITION },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP },
  async run(args) {
    const dojo = await openDojo(args);
    const { exercise, language } = namedExercise(dojo, args);
    const { hints } = await readContent(exercise);
    const seen = dojo.progress().exercises.get(exercise.slug)?.hints ?? 0;
    const shown = Math.min(hints.length, seen + 1);
    if (shown > seen) await dojo.record({ type: 'hint', slug: exercise.slug, hint: shown }).written;
    const visible = hints.slice(0, shown);
    if (args.options.json) {
      printJson('hint', {
        exercise: exercise.slug,
        edition: language,
        hints: visible,
        remaining: hints.length - shown,
      });
      return EXIT.ok;
    }
    for (const [index, hint] of visible.entries()) {
      print(`Hint ${index + 1} of ${hints.length}: ${hint.title}\n\n${hint.text.trim()}\n`);
    }
    if (shown === hints.length) print('That was the last hint.');
    return EXIT.ok;
  },
};
