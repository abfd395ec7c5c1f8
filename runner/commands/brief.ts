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
  summary: 'Print the brief of an exercise.',
  words: 1,
  options: { ...SHARED, ...EDITION },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP },
  async run(args) {
    const dojo = await openDojo(args);
    const { exercise, language } = namedExercise(dojo, args);
    const { brief, tasks } = await readContent(exercise);
    if (args.options.json)
      printJson('brief', { exercise: exercise.slug, edition: language, brief, tasks });
    else print(brief.trimEnd());
    return EXIT.ok;
  },
};
