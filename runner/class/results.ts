import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { messageOf, type Verdict } from '../grade/verdict.ts';
import type { Submission } from './submissions.ts';

const job = z.object({ learner: z.string(), exercise: z.string() });
/** One kata of one learner. */
export type Job = z.infer<typeof job>;

const grade = job.extend({
  type: z.literal('grade'),
  /** Hash of the kata's files and of what has judged them: what is the same is not judged again. */
  key: z.string(),
  verdict: z.enum([
    'not-begun',
    'passed',
    'failed',
    'timed-out',
    'crashed',
    'broken',
    'unrunnable',
    'aborted',
  ]),
  passed: z.int(),
  total: z.int(),
  /** Sentences of the tests that fail. */
  failing: z.array(z.string()),
  /** What was said, where no single test is the news. */
  message: z.string().optional(),
  /** How it was judged: see docs/guarantee.md. */
  boundary: z.enum(['together', 'apart']),
  /** Milliseconds. */
  duration: z.number(),
});
/** What came of one submission. */
export type Grade = z.infer<typeof grade>;

const plan = z.object({
  type: z.literal('plan'),
  version: z.literal(1),
  /** Every submission of the class, those of other parts included. */
  jobs: z.array(job),
  learners: z.array(z.string()),
});
/** What there is to be graded. */
export type ClassPlan = z.infer<typeof plan>;

const line = z.discriminatedUnion('type', [grade, plan]);

/** What one or several files of results hold. */
export interface Results {
  /** The last one; undefined when no file has any. */
  readonly plan: ClassPlan | undefined;
  /** The latest of each job. */
  readonly grades: readonly Grade[];
  /** Jobs of which two files say different things. */
  readonly conflicts: readonly Job[];
  /** Lines that cannot be read, such as one that was cut off. */
  readonly damaged: number;
}

/** Reads files of results; one that does not exist is empty. */
export async function readResults(paths: readonly string[]): Promise<Results> {
  const grades = new Map<string, Grade>();
  const sources = new Map<string, string>();
  const conflicts: Job[] = [];
  let last: ClassPlan | undefined;
  let damaged = 0;
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (paths.length === 1 && isMissing(error)) return '';
      throw error;
    });
    for (const row of text.split('\n')) {
      if (row.trim() === '') continue;
      const read = parse(row);
      if (!read) damaged += 1;
      else if (read.type === 'plan') last = read;
      else {
        const name = nameOf(read);
        const known = grades.get(name);
        const elsewhere = known && sources.get(name) !== path;
        if (elsewhere && (known.key !== read.key || known.verdict !== read.verdict))
          conflicts.push({ learner: read.learner, exercise: read.exercise });
        grades.set(name, read);
        sources.set(name, path);
      }
    }
  }
  return { plan: last, grades: [...grades.values()], conflicts, damaged };
}

/** Adds a line to a file of results, which is made when needed. */
export async function addResult(path: string, entry: Grade | ClassPlan): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${JSON.stringify(entry)}\n`);
}

/** What a verdict comes to in the results. */
export function gradeOf(
  { learner, exercise }: Submission,
  key: string,
  verdict: Verdict,
  boundary: Grade['boundary'],
): Grade {
  const message = messageOf(verdict);
  return {
    type: 'grade',
    learner,
    exercise: exercise.slug,
    key,
    verdict: verdict.kind,
    passed: verdict.tests.filter(({ status }) => status === 'passed').length,
    total: verdict.tests.length,
    failing: verdict.tests
      .filter(({ status }) => status !== 'passed')
      .map(({ sentence }) => sentence),
    ...(message === undefined ? {} : { message }),
    boundary,
    duration: verdict.duration,
  };
}

/** Tells one job from another. */
export function nameOf({ learner, exercise }: Job): string {
  return JSON.stringify([learner, exercise]);
}

function parse(row: string): Grade | ClassPlan | undefined {
  try {
    return line.parse(JSON.parse(row));
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
