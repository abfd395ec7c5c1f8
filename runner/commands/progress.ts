import { progressText } from '../report/tracks.ts';
import { chosenEdition, chosenTrack, standingOf } from './choice.ts';
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
  usage: '',
  summary: 'Say how far you are.',
  words: 0,
  options: { ...SHARED, ...EDITION },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP },
  async run(args) {
    const dojo = await openDojo(args);
    const progress = { ...dojo.progress(), edition: chosenEdition(dojo, args) };
    const standing = standingOf(dojo, chosenTrack(dojo), progress.edition);
    if (args.options.json) {
      printJson('progress', {
        track: standing
          ? { slug: standing.slug, exercises: standing.exercises, topics: standing.topics }
          : null,
        edition: progress.edition,
        current: progress.current ?? null,
        exercises: Object.fromEntries(progress.exercises),
      });
    } else {
      print(progressText(progress, standing));
    }
    return EXIT.ok;
  },
};
