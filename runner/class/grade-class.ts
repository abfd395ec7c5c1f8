import { boundaryFor } from '../grade/boundary.ts';
import { folderCandidate } from '../grade/candidate.ts';
import type { Grader } from '../grade/grader.ts';
import type { Boundary } from '../grade/vitest/protocol.ts';
import { addResult, gradeOf, nameOf, readResults, type Grade } from './results.ts';
import type { Submission } from './submissions.ts';

export interface ClassRun {
  /** All submissions of the class; they become the plan of the results. */
  readonly all: readonly Submission[];
  readonly learners: readonly string[];
  /** Those of this part. */
  readonly part: readonly Submission[];
  /** The file of results: what it holds is not graded again. */
  readonly results: string;
  /** Graders, each of which works by itself. */
  readonly graders: readonly Grader[];
  readonly boundary: Boundary;
  /** Hash of what judges: suites, references and the grader. */
  readonly judgeOf: (submission: Submission) => Promise<string>;
  readonly signal: AbortSignal;
  /** Is told what was graded, and how far it is in [0, 1]. */
  readonly tell: (what: string, share: number) => void;
}

/**
 * Grades what is not graded yet, as many at once as there are graders, and writes each result as it comes.
 *
 * @returns the results of this part, known ones included; fewer when it was interrupted.
 */
export async function gradeClass(run: ClassRun): Promise<readonly Grade[]> {
  const { all, learners, part, results, graders, judgeOf, signal, tell } = run;
  const known = new Map((await readResults([results])).grades.map((each) => [nameOf(each), each]));
  const jobs = all.map(({ learner, exercise }) => ({ learner, exercise: exercise.slug }));
  await addResult(results, { type: 'plan', version: 1, jobs, learners: [...learners] });
  const graded: Grade[] = [];
  const waiting = [...part];

  async function work(grader: Grader): Promise<void> {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const key = `${next.hash}-${await judgeOf(next)}`;
      const before = known.get(nameOf({ learner: next.learner, exercise: next.exercise.slug }));
      const reusable = before?.key === key && !['broken', 'aborted'].includes(before.verdict);
      const grade = reusable ? before : await gradeOne(grader, next, key);
      if (grade.verdict === 'aborted') return;
      if (!reusable) await addResult(results, grade);
      graded.push(grade);
      tell(`${next.learner}: ${next.exercise.slug}`, graded.length / part.length);
    }
  }

  async function gradeOne(grader: Grader, submission: Submission, key: string): Promise<Grade> {
    const { learner, exercise, edition, folder, untouched } = submission;
    const boundary = boundaryFor(exercise, edition, run.boundary);
    if (untouched) return notBegun(learner, exercise.slug, key, boundary);
    const candidate = folderCandidate(edition, folder);
    const verdict = await grader.grade(exercise, edition, candidate, signal);
    return gradeOf(submission, key, verdict, boundary);
  }

  await Promise.all(graders.map(work));
  return graded;
}

/** The starter as it was handed out needs no grading. */
function notBegun(learner: string, exercise: string, key: string, boundary: Boundary): Grade {
  const none = { passed: 0, total: 0, failing: [], duration: 0 };
  return { type: 'grade', learner, exercise, key, verdict: 'not-begun', boundary, ...none };
}
