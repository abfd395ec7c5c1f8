import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { whyTogether } from '../grade/boundary.ts';
import type { GraderOptions } from '../grade/grader.ts';
import { detectSandbox } from '../grade/sandbox/detect.ts';
import type { Boundary } from '../grade/vitest/protocol.ts';
import { tell, UsageError, type Arguments } from './command.ts';

/** Options of the commands that grade. */
export const GRADING = {
  apart: { type: 'boolean' },
  'require-sandbox': { type: 'boolean' },
} as const;

export const GRADING_HELP = {
  apart: 'judge in a process that never loads the code that is judged (docs/guarantee.md)',
  'require-sandbox': 'as --apart, and refuse where the system has no sandbox of its own',
};

/**
 * How these options want verdicts to come about.
 *
 * @throws UsageError when they ask for more than this system has.
 */
export async function gradingOf({ options }: Arguments): Promise<GraderOptions> {
  const required = options['require-sandbox'] === true;
  if (options.apart !== true && !required) return { boundary: 'together' };
  const found = await detectSandbox();
  if (required && found.layer === 'none') {
    throw new UsageError(
      `--require-sandbox: this system has no sandbox that works here (${found.reason}). \`npm run dojo -- doctor\` says more.`,
    );
  }
  return { boundary: 'apart', sandbox: found.layer };
}

/**
 * How an exercise is judged under these options: some cannot be judged apart, and that is said.
 *
 * @throws UsageError where its verdict would not be what `--require-sandbox` asks for.
 */
export function boundaryOf(
  exercise: Exercise,
  edition: ExerciseEdition,
  wanted: GraderOptions,
  { options }: Arguments,
): Boundary {
  const reason = whyTogether(exercise, edition);
  if (wanted.boundary !== 'apart' || reason === undefined) return wanted.boundary ?? 'together';
  if (options['require-sandbox'] === true) {
    throw new UsageError(
      `--require-sandbox: ${exercise.slug} is always judged in one process with its suite. ${reason}`,
    );
  }
  tell(`--apart: ${exercise.slug} is judged in one process with its suite all the same. ${reason}`);
  return 'together';
}
