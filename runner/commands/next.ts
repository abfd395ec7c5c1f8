import { EDITION_NAMES } from '../catalog/model.ts';
import { nextExercise } from '../progress/standing.ts';
import { openExercise } from '../workspace/workspace.ts';
import { chooseExercise, chosenEdition, chosenTrack, standingOf } from './choice.ts';
import {
  EDITION,
  EDITION_HELP,
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
  options: { ...SHARED, ...EDITION },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP },
  async run(args) {
    const dojo = await openDojo(args);
    const language = chosenEdition(dojo, args);
    const standing = standingOf(dojo, chosenTrack(dojo), language);
    if (!standing) throw new UsageError('Choose a track first: `npm run dojo -- tracks <slug>`.');
    const row = nextExercise(standing, dojo.progress().current);
    if (!row) {
      if (args.options.json) printJson('next', { exercise: null });
      else {
        const where = standing.exercises.otherEdition > 0 ? ` in ${EDITION_NAMES[language]}` : '';
        print(
          `Every exercise of "${standing.title}" that is written${where} is passed or skipped.`,
        );
      }
      return EXIT.ok;
    }
    const { exercise, edition } = chooseExercise(dojo, row.slug, language);
    const folder = await openExercise(dojo.workspace, exercise, edition);
    if (dojo.progress().current !== exercise.slug)
      await dojo.record({ type: 'open', slug: exercise.slug }).written;
    if (args.options.json)
      printJson('next', {
        exercise: exercise.slug,
        edition: language,
        title: exercise.title,
        folder,
        kata: edition.kata,
      });
    else
      print(`${exercise.title} (${exercise.slug}): edit ${edition.kata.join(', ')} in ${folder}`);
    return EXIT.ok;
  },
};
