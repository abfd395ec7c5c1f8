import { trackText } from '../report/tracks.ts';
import { chosenEdition, chosenTrack, findTrack, standingOf } from './choice.ts';
import {
  EDITION,
  EDITION_HELP,
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  text,
  type Command,
} from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '',
  summary: 'List the topics and exercises of your track.',
  words: 0,
  options: { ...SHARED, ...EDITION, track: { type: 'string' } },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP, track: 'list this track instead of your own' },
  async run(args) {
    const dojo = await openDojo(args);
    const named = text(args, 'track');
    const track = named === undefined ? chosenTrack(dojo) : findTrack(dojo, named);
    const edition = chosenEdition(dojo, args);
    const standing = standingOf(dojo, track ?? dojo.catalog.tracks[0], edition);
    if (args.options.json) printJson('list', { edition, track: standing ?? null });
    else print(standing ? trackText(standing) : 'There is no track.');
    return EXIT.ok;
  },
};
