import { editionOf } from '../catalog/content.ts';
import type { Catalog, Edition, Exercise } from '../catalog/model.ts';
import { check, type CheckReport } from '../check/check.ts';
import { changedFiles, GitError } from '../process/git.ts';
import { checkText } from '../report/check.ts';
import { editionNamed, requiredEdition, writtenExercise } from './choice.ts';
import {
  EDITION,
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  text,
  UsageError,
  type Arguments,
  type Command,
} from './command.ts';
import { openDojo } from './dojo.ts';
import { progressBar } from './progress-bar.ts';
import { inShard, parseShard } from './shard.ts';

const DEFAULT_BASE = 'main';

export const command: Command = {
  usage: '[slug ...]',
  summary: 'Prove that exercises are fair: files, texts, suites and their mutants.',
  details: `Without a slug: what you have changed since ${DEFAULT_BASE}. What was found out is kept, so that an exercise which has
not changed costs nothing.

Exit codes: 0 no problem (warnings are allowed), 1 problems, 2 could not check.`,
  words: Infinity,
  options: {
    ...SHARED,
    ...EDITION,
    all: { type: 'boolean' },
    changed: { type: 'boolean' },
    shard: { type: 'string' },
    fresh: { type: 'boolean' },
  },
  optionHelp: {
    ...SHARED_HELP,
    edition: 'the one language to check, typescript or python (default: all that an exercise has)',
    all: 'every exercise, and what belongs to none: tracks, the plan, loose files',
    changed: `those that differ from a branch: --changed [base], ${DEFAULT_BASE} unless named`,
    shard: 'a part of them, such as 2/4',
    fresh: 'find out anew what is known from an earlier check',
  },
  async run(args) {
    const { catalog } = await openDojo(args);
    const named = text(args, 'edition');
    const language = named === undefined ? undefined : editionNamed(named);
    const chosen = await chosenExercises(args, catalog, language);
    const part = text(args, 'shard');
    const exercises = part === undefined ? chosen : inShard(chosen, parseShard(part));
    const bar = progressBar();
    const report = await check(catalog, exercises, {
      language,
      everything: args.options.all === true,
      fresh: args.options.fresh === true,
      tell: (what, share) => bar.tell(what, share),
    });
    bar.end();
    if (args.options.json) printJson('check', { ...report });
    else print(checkText(report));
    return isClean(report) ? EXIT.ok : EXIT.notPassed;
  },
};

async function chosenExercises(
  { words, options }: Arguments,
  catalog: Catalog,
  language: Edition | undefined,
): Promise<readonly Exercise[]> {
  const all = [...catalog.exercises.values()]
    .filter((exercise) => language === undefined || editionOf(exercise, language) !== undefined)
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
  if (options.all === true) {
    if (words.length > 0) throw new UsageError('--all takes no slug.');
    return all;
  }
  if (words.length > 0 && options.changed !== true) {
    const chosen = words.map((slug) => writtenExercise(catalog, slug));
    if (language !== undefined) for (const each of chosen) requiredEdition(each, language);
    return chosen;
  }
  const changed = await changedSlugs(catalog.root, words[0] ?? DEFAULT_BASE);
  return all.filter(({ area, slug }) => changed.has(`${area}/${slug}`));
}

/** `<area>/<slug>` of every exercise with a changed file. */
async function changedSlugs(root: string, base: string): Promise<ReadonlySet<string>> {
  try {
    const files = await changedFiles(root, base);
    const folders = files
      .filter((file) => /^(exercises|solutions)\//.test(file))
      .map((file) => file.split('/').slice(1, 3).join('/'));
    return new Set(folders);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UsageError(
      `What has changed since "${base}" cannot be told: ${error.message}. Name a branch (--changed origin/main), or slugs.`,
    );
  }
}

function isClean({ exercises, others }: CheckReport): boolean {
  const findings = [...others, ...exercises.flatMap((each) => each.findings)];
  return findings.every(({ level }) => level === 'warning');
}
