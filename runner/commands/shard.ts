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

/** The items of a part: every n-th in the given order, so that the parts are of a size. */
export function inShard<T>(items: readonly T[], { index, of }: Shard): T[] {
  return items.filter((_, place) => place % of === index - 1);
}
