import { trackText } from '../report/tracks.ts';
import { chosenTrack, findTrack, standingOf } from './choice.ts';
import { EXIT, print, printJson, SHARED, SHARED_HELP, text, type Command } from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '',
  summary: 'List the topics and exercises of your track.',
  words: 0,
  options: { ...SHARED, track: { type: 'string' } },
  optionHelp: { ...SHARED_HELP, track: 'list this track instead of your own' },
  async run(args) {
    const dojo = await openDojo(args);
    const named = text(args, 'track');
    const track = named === undefined ? chosenTrack(dojo) : findTrack(dojo, named);
    const standing = standingOf(dojo, track ?? dojo.catalog.tracks[0]);
    if (args.options.json) printJson('list', { track: standing ?? null });
    else print(standing ? trackText(standing) : 'There is no track.');
    return EXIT.ok;
  },
};
