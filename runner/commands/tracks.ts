import { standTrack } from '../progress/standing.ts';
import { tracksText } from '../report/tracks.ts';
import { findTrack } from './choice.ts';
import { EXIT, print, printJson, SHARED, SHARED_HELP, type Command } from './command.ts';
import { openDojo } from './dojo.ts';

export const command: Command = {
  usage: '[slug]',
  summary: 'List the tracks, or choose one.',
  words: 1,
  options: SHARED,
  optionHelp: SHARED_HELP,
  async run(args) {
    const dojo = await openDojo(args);
    const [slug] = args.words;
    if (slug !== undefined) {
      const { title } = findTrack(dojo, slug);
      if (dojo.progress().track !== slug) await dojo.record({ type: 'track', track: slug }).written;
      if (!args.options.json) print(`Your track is now: ${title}`);
    }
    const { track: chosen } = dojo.progress();
    const standings = dojo.catalog.tracks.map((track) =>
      standTrack(dojo.catalog, track, dojo.progress()),
    );
    if (args.options.json) {
      const tracks = standings.map(({ phases: _, ...summary }) => summary);
      printJson('tracks', { chosen: chosen ?? null, tracks });
    } else if (slug === undefined) {
      print(tracksText(standings, chosen));
    }
    return EXIT.ok;
  },
};
