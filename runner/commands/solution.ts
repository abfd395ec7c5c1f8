import { readSolution } from '../catalog/content.ts';
import { EDITION_NAMES } from '../catalog/model.ts';
import { hasPassed } from '../progress/standing.ts';
import { namedExercise } from './choice.ts';
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
  usage: '[slug]',
  summary: 'Print explanation, reference solution and hidden suite of an exercise that you passed.',
  words: 1,
  options: { ...SHARED, ...EDITION },
  optionHelp: { ...SHARED_HELP, ...EDITION_HELP },
  async run(args) {
    const dojo = await openDojo(args);
    const { exercise, language } = namedExercise(dojo, args);
    if (!hasPassed(dojo.progress(), exercise, language)) {
      const passed = dojo.progress().exercises.get(exercise.slug)?.passedAt !== undefined;
      const where = passed ? ` in ${EDITION_NAMES[language]}` : '';
      throw new UsageError(
        `"${exercise.title}" is not passed${where} yet: its solution opens with the pass. \`npm run dojo -- hint ${exercise.slug}\` helps until then.`,
      );
    }
    const solution = await readSolution(exercise, language);
    await dojo.record({ type: 'reveal', slug: exercise.slug }).written;
    if (args.options.json) {
      printJson('solution', { exercise: exercise.slug, edition: language, ...solution });
      return EXIT.ok;
    }
    print(solution.explanation.trimEnd());
    for (const file of [...solution.files, solution.suite])
      print(`\n--- ${file.name}\n\n${file.text.trimEnd()}`);
    return EXIT.ok;
  },
};
