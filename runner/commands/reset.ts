import { resetExercise } from '../workspace/workspace.ts';
import { chooseExercise } from './choice.ts';
import { EXIT, print, printJson, SHARED, SHARED_HELP, type Command } from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '[slug]',
  summary: 'Put the starter back; your files are kept in a backup.',
  words: 1,
  options: SHARED,
  optionHelp: SHARED_HELP,
  async run(args) {
    const dojo = await openDojo(args);
    const { exercise, edition, language } = chooseExercise(dojo, args.words[0]);
    const backup = await resetExercise(dojo.workspace, exercise, edition);
    await dojo.record({ type: 'reset', slug: exercise.slug, edition: language, backup }).written;
    if (args.options.json) printJson('reset', { exercise: exercise.slug, backup });
    else print(`The starter of "${exercise.title}" is back. Your files are kept in ${backup}`);
    return EXIT.ok;
  },
};
