import { resetExercise } from '../workspace/workspace.ts';
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
  summary: 'Put the starter back; your files are kept in a backup.',
  words: 1,
  options: { ...SHARED, ...EDITION },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP },
  async run(args) {
    const dojo = await openDojo(args);
    const { exercise, edition, language } = namedExercise(dojo, args);
    const backup = await resetExercise(dojo.workspace, exercise, edition);
    await dojo.record({ type: 'reset', slug: exercise.slug, edition: language, backup }).written;
    if (args.options.json)
      printJson('reset', { exercise: exercise.slug, edition: language, backup });
    else print(`The starter of "${exercise.title}" is back. Your files are kept in ${backup}`);
    return EXIT.ok;
  },
};
