/** What is kept of a series of samples; in the unit of the samples. */
export interface Summary {
  /** How many there were. */
  readonly samples: number;
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
}

/**
 * The smallest sample that is at least as large as the given share of all of them (nearest rank).
 *
 * @param share above 0, up to 1: 0.5 for the median.
 * @throws RangeError when there is no sample.
 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('There are no samples to look at.');
  return found;
}

/** @throws RangeError when there is no sample. */
export function summarize(samples: readonly number[]): Summary {
  return {
    samples: samples.length,
    p50: quantile(samples, 0.5),
    p90: quantile(samples, 0.9),
    max: quantile(samples, 1),
  };
}
