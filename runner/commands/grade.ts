import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { Catalog, Exercise, ExerciseEdition } from '../catalog/model.ts';
import { gradeClass } from '../class/grade-class.ts';
import { nameOf, readResults, type Grade, type Results } from '../class/results.ts';
import { findSubmissions, lookInto, type Submission } from '../class/submissions.ts';
import { whyTogether } from '../grade/boundary.ts';
import { graderFingerprint, suiteFingerprint } from '../grade/fingerprint.ts';
import { createGrader } from '../grade/grader.ts';
import { classCsv, classJunit, classText, missingIn, type Gaps } from '../report/class.ts';
import { findTrack } from './choice.ts';
import {
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  tell,
  text,
  UsageError,
  type Arguments,
  type Command,
} from './command.ts';
import { openDojo, type Dojo } from './dojo.ts';
import { GRADING_HELP, gradingOf } from './grading.ts';
import { progressBar } from './progress-bar.ts';
import { inShard, shardOf } from './shard.ts';

export const command: Command = {
  usage: '<folder of submissions> | merge <results ...>',
  summary: 'Grade a class: a folder with one folder for each learner.',
  details: `Each kata is judged apart from its suite, in a locked-down process of its own. Results are written as they come, and
a second run grades only what is missing. docs/class-grading.md shows how to spread the work over machines.

Exit codes: 0 graded, whatever the grades; 1 something could not be graded; 2 usage; 130 interrupted.`,
  words: Infinity,
  options: {
    ...SHARED,
    'require-sandbox': { type: 'boolean' },
    track: { type: 'string' },
    exercise: { type: 'string' },
    shard: { type: 'string' },
    jobs: { type: 'string' },
    out: { type: 'string' },
    csv: { type: 'boolean' },
    junit: { type: 'boolean' },
  },
  optionHelp: {
    ...SHARED_HELP,
    'require-sandbox': GRADING_HELP['require-sandbox'].replace('as --apart, and refuse', 'refuse'),
    track: 'the exercises of this track only',
    exercise: 'this exercise only',
    shard: 'a part of the submissions, such as 2/4; else as GitLab or Kubernetes say',
    jobs: 'gradings at once (default: as many as there are cores)',
    out: 'the file of results (default: grades.jsonl in the folder)',
    csv: 'print the results for a spreadsheet',
    junit: 'print the results as JUnit XML',
  },
  async run(args) {
    const [first, ...rest] = args.words;
    if (first === 'merge') return merge(rest, args);
    if (first === undefined || rest.length > 0) {
      throw new UsageError('Name the folder of submissions: `npm run grade -- <folder>`.');
    }
    return gradeFolder(resolve(first), args);
  },
};

async function merge(paths: readonly string[], args: Arguments): Promise<number> {
  if (paths.length === 0)
    throw new UsageError('Name the results: `npm run grade -- merge a.jsonl b.jsonl`.');
  const results = await readResults(paths.map((path) => resolve(path))).catch((error: unknown) => {
    throw new UsageError(`The results cannot be read: ${reasonOf(error)}`);
  });
  return tellResults(results.grades, results, args);
}

async function gradeFolder(folder: string, args: Arguments): Promise<number> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new UsageError(`There is no folder ${folder}.`);
  }
  const dojo = await openDojo(args);
  const handed = await findSubmissions(folder, chosenExercises(dojo, args));
  if (handed.learners.length === 0) {
    throw new UsageError(`${folder} holds no folder: one for each learner is expected.`);
  }
  for (const learner of handed.empty) {
    const found = await lookInto(join(folder, learner));
    const inside = found.length === 0 ? 'it is empty' : `it holds ${found.join(', ')}`;
    tell(
      `${learner}: no kata was found; ${inside}. Katas are looked for in <area>/<slug>/, workspace/<area>/<slug>/ and <slug>/.`,
    );
  }
  const shard = shardOf(text(args, 'shard'), process.env);
  const part = shard ? inShard(handed.submissions, shard) : handed.submissions;
  const name = shard ? `grades-${shard.index}-of-${shard.of}.jsonl` : 'grades.jsonl';
  const results = resolve(text(args, 'out') ?? join(folder, name));

  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupt.abort());
  }
  const grading = await gradingOf({ ...args, options: { ...args.options, apart: true } });
  refuseTogether(part, args);
  const lanes = Math.min(jobsOf(args), Math.max(1, part.length));
  const graders = Array.from({ length: lanes }, () => createGrader(dojo.catalog.root, grading));
  const bar = progressBar();
  try {
    const grades = await gradeClass({
      all: handed.submissions,
      learners: handed.learners,
      part,
      results,
      graders,
      boundary: 'apart',
      judgeOf: judges(),
      signal: interrupt.signal,
      tell: (what, share) => bar.tell(what, share),
    });
    bar.end();
    if (interrupt.signal.aborted) {
      tell(
        `Interrupted: ${grades.length} of ${part.length} are graded, and kept in ${results}. The same command goes on.`,
      );
      return EXIT.interrupted;
    }
    const { plan, damaged } = await readResults([results]);
    return tellResults(
      grades.toSorted(byPlace(handed.submissions)),
      { plan: shard ? undefined : plan, damaged, conflicts: [] },
      args,
    );
  } finally {
    await Promise.all(graders.map((grader) => grader.close()));
  }
}

function tellResults(
  grades: readonly Grade[],
  gaps: Gaps | Results,
  { options }: Arguments,
): number {
  if (options.json) {
    const { plan, conflicts, damaged } = gaps;
    printJson('grade', { grades, missing: missingIn(grades, plan), conflicts, damaged });
  } else if (options.csv) print(classCsv(grades));
  else if (options.junit) print(classJunit(grades));
  else print(classText(grades, gaps));
  const whole =
    grades.every(({ verdict }) => verdict !== 'broken') &&
    missingIn(grades, gaps.plan).length + gaps.conflicts.length + gaps.damaged === 0;
  return whole ? EXIT.ok : EXIT.notPassed;
}

/** The exercises that count, in the order of the track. */
function chosenExercises(dojo: Dojo, args: Arguments): Exercise[] {
  const { catalog } = dojo;
  return slugsOf(dojo, catalog, args).flatMap((slug) => catalog.exercises.get(slug) ?? []);
}

function slugsOf(dojo: Dojo, catalog: Catalog, args: Arguments): readonly string[] {
  const only = text(args, 'exercise');
  if (only !== undefined) {
    if (catalog.exercises.has(only)) return [only];
    throw new UsageError(`There is no exercise "${only}".`);
  }
  const named = text(args, 'track');
  if (named === undefined) return [...catalog.exercises.keys()].sort();
  const track = findTrack(dojo, named);
  return track.phases.flatMap(({ topics }) => topics.flatMap(({ exercises }) => exercises));
}

/** @throws UsageError where an exercise cannot be judged as `--require-sandbox` asks. */
function refuseTogether(part: readonly Submission[], { options }: Arguments): void {
  if (options['require-sandbox'] !== true) return;
  const found = part.find(({ exercise, edition }) => whyTogether(exercise, edition) !== undefined);
  if (!found) return;
  throw new UsageError(
    `--require-sandbox: ${found.exercise.slug} is always judged in one process with its suite. Leave it out with --exercise or --track.`,
  );
}

function jobsOf(args: Arguments): number {
  const jobs = text(args, 'jobs');
  if (jobs === undefined) return availableParallelism();
  if (/^[1-9]\d*$/.test(jobs)) return Number(jobs);
  throw new UsageError(`--jobs ${jobs} is no number of gradings.`);
}

/** Hashes of what judges, each made once. */
function judges(): (submission: Submission) => Promise<string> {
  const grader = graderFingerprint();
  const suites = new Map<ExerciseEdition, Promise<string>>();
  return async ({ exercise, edition }) => {
    const suite = suites.get(edition) ?? suiteFingerprint(exercise, edition);
    suites.set(edition, suite);
    return `${(await grader).slice(0, 12)}-${(await suite).slice(0, 12)}`;
  };
}

function byPlace(submissions: readonly Submission[]): (a: Grade, b: Grade) => number {
  const places = new Map(
    submissions.map(({ learner, exercise }, index) => [
      nameOf({ learner, exercise: exercise.slug }),
      index,
    ]),
  );
  return (a, b) => (places.get(nameOf(a)) ?? 0) - (places.get(nameOf(b)) ?? 0);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
