import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readContent } from '../catalog/content.ts';
import { fileCandidate, folderCandidate, type Candidate } from '../grade/candidate.ts';
import { createGrader } from '../grade/grader.ts';
import type { Verdict } from '../grade/verdict.ts';
import { verdictText } from '../report/text.ts';
import { PREPARING_PYTHON } from '../report/wording.ts';
import { openExercise } from '../workspace/workspace.ts';
import { namedExercise, type Chosen } from './choice.ts';
import {
  EDITION,
  EDITION_HELP,
  EXIT,
  print,
  printJson,
  SHARED,
  SHARED_HELP,
  tell,
  text,
  UsageError,
  type Command,
} from './command.ts';
import { boundaryOf, GRADING, GRADING_HELP, gradingOf } from './grading.ts';
import { openDojo, type Dojo } from './dojo.ts';

export const command: Command = {
  usage: '[slug]',
  summary: 'Grade one exercise once.',
  details: `Without a slug it grades the exercise that you opened last.

Exit codes: 0 passed, 1 not passed, 2 could not grade, 130 interrupted.`,
  words: 1,
  options: { ...SHARED, candidate: { type: 'string' }, ...EDITION, ...GRADING },
  optionHelp: {
    ...SHARED_HELP,
    ...GRADING_HELP,
    ...EDITION_HELP,
    candidate: 'grade this file or folder instead of your workspace; nothing is recorded',
  },
  async run(args) {
    const dojo = await openDojo(args);
    const chosen = namedExercise(dojo, args);
    const { exercise, edition } = chosen;
    const path = text(args, 'candidate');
    const candidate =
      path === undefined
        ? folderCandidate(edition, await openExercise(dojo.workspace, exercise, edition))
        : await candidateAt(chosen, resolve(path));
    const interrupt = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => interrupt.abort());
    }
    const grading = await gradingOf(args);
    const boundary = boundaryOf(exercise, edition, grading, args);
    const grader = createGrader(dojo.workspace.clone, {
      ...grading,
      onPreparing: (preparing) => preparing && tell(PREPARING_PYTHON),
    });
    try {
      const verdict = await grader.grade(exercise, edition, candidate, interrupt.signal);
      if (args.options.json)
        printJson('run', { exercise: exercise.slug, edition: edition.language, boundary, verdict });
      else print(verdictText(exercise, verdict, await readContent(exercise), chosen.language));
      if (path === undefined) await recordAttempt(dojo, chosen, verdict);
      return exitCode(verdict);
    } finally {
      await grader.close();
    }
  },
};

async function candidateAt({ exercise, edition }: Chosen, path: string): Promise<Candidate> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UsageError(`--candidate ${path} is not there.`);
  return found.isDirectory()
    ? folderCandidate(edition, path)
    : fileCandidate(exercise, edition, path);
}

/** Only real verdicts are written down. */
async function recordAttempt(
  dojo: Dojo,
  { exercise: { slug }, language: edition }: Chosen,
  verdict: Verdict,
): Promise<void> {
  if (verdict.kind === 'aborted' || verdict.kind === 'broken') return;
  const attempt = {
    type: 'attempt',
    slug,
    edition,
    verdict: verdict.kind,
    passed: verdict.tests.filter((test) => test.status === 'passed').length,
    total: verdict.tests.length,
    duration: Math.round(verdict.duration),
  } as const;
  await dojo.record(attempt).written;
  if (verdict.kind === 'passed') await dojo.record({ type: 'pass', slug, edition }).written;
}

function exitCode(verdict: Verdict): number {
  if (verdict.kind === 'passed') return EXIT.ok;
  if (verdict.kind === 'aborted') return EXIT.interrupted;
  return verdict.kind === 'broken' ? EXIT.failed : EXIT.notPassed;
}
