import { nextExercise } from '../progress/standing.ts';
import { openExercise } from '../workspace/workspace.ts';
import { chooseExercise, standingOf } from './choice.ts';
import {
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  UsageError,
  type Command,
} from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '',
  summary: 'Open the next exercise of your track in the workspace.',
  words: 0,
  options: SHARED,
  optionHelp: SHARED_HELP,
  async run(args) {
    const dojo = await openDojo(args);
    const standing = standingOf(dojo);
    if (!standing) throw new UsageError('Choose a track first: `npm run dojo -- tracks <slug>`.');
    const row = nextExercise(standing, dojo.progress().current);
    if (!row) {
      if (args.options.json) printJson('next', { exercise: null });
      else print(`Every exercise of "${standing.title}" that is written is passed or skipped.`);
      return EXIT.ok;
    }
    const { exercise, edition } = chooseExercise(dojo, row.slug);
    const folder = await openExercise(dojo.workspace, exercise, edition);
    if (dojo.progress().current !== exercise.slug)
      await dojo.record({ type: 'open', slug: exercise.slug }).written;
    if (args.options.json)
      printJson('next', {
        exercise: exercise.slug,
        title: exercise.title,
        folder,
        kata: edition.kata,
      });
    else
      print(`${exercise.title} (${exercise.slug}): edit ${edition.kata.join(', ')} in ${folder}`);
    return EXIT.ok;
  },
};
