import { UsageError } from './command.ts';

/** The part of a work that this machine does. */
export interface Shard {
  /** 1-based. */
  readonly index: number;
  readonly of: number;
}

/** @throws UsageError when it is not of the form `2/4`. */
export function parseShard(text: string): Shard {
  const [index = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (index >= 1 && index <= of) return { index, of };
  throw new UsageError(
    `--shard ${text} is no part: write 2/4 for the second of four parts, from 1/4 to 4/4.`,
  );
}

/**
 * The part that this machine does: the one that is named, or else the one that the engine which started us
 * gives it. GitLab's `parallel` sets CI_NODE_INDEX (from 1) and CI_NODE_TOTAL, an Indexed Job of Kubernetes
 * JOB_COMPLETION_INDEX (from 0); how many there are is told by JOB_COMPLETIONS, which the job sets itself.
 *
 * @returns undefined where there is one machine.
 * @throws UsageError when a part is named or set that cannot be.
 */
export function shardOf(
  named: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Shard | undefined {
  if (named !== undefined) return parseShard(named);
  const { CI_NODE_INDEX, CI_NODE_TOTAL, JOB_COMPLETION_INDEX, JOB_COMPLETIONS } = environment;
  if (CI_NODE_INDEX !== undefined && CI_NODE_TOTAL !== undefined) {
    return parseShard(`${CI_NODE_INDEX}/${CI_NODE_TOTAL}`);
  }
  if (JOB_COMPLETION_INDEX === undefined) return undefined;
  if (JOB_COMPLETIONS === undefined) {
    throw new UsageError(
      'JOB_COMPLETION_INDEX is set, but not JOB_COMPLETIONS: give the container the number of `completions` under this name, or name the part with --shard.',
    );
  }
  return parseShard(`${Number(JOB_COMPLETION_INDEX) + 1}/${JOB_COMPLETIONS}`);
}

/** The items of a part: every n-th in the given order, so that the parts are of a size. */
export function inShard<T>(items: readonly T[], { index, of }: Shard): T[] {
  return items.filter((_, place) => place % of === index - 1);
}
