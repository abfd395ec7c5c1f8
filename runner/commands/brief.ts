import { readContent } from '../catalog/content.ts';
import { chooseExercise } from './choice.ts';
import { EXIT, print, printJson, SHARED, SHARED_HELP, type Command } from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '[slug]',
  summary: 'Print the brief of an exercise.',
  words: 1,
  options: SHARED,
  optionHelp: SHARED_HELP,
  async run(args) {
    const dojo = await openDojo(args);
    const { exercise } = chooseExercise(dojo, args.words[0]);
    const { brief, tasks } = await readContent(exercise);
    if (args.options.json) printJson('brief', { exercise: exercise.slug, brief, tasks });
    else print(brief.trimEnd());
    return EXIT.ok;
  },
};
