import type { Unit } from './report.ts';
import { summarize, type Summary } from './statistics.ts';

/** How much a run of the benchmark measures. */
export interface Plan {
  /** Samples of whatever takes less than a second. */
  readonly samples: number;
  /** Samples of what takes longer. */
  readonly slowSamples: number;
  /** Milliseconds between two saves at least; more when the next process takes longer to get ready. */
  readonly pause: number;
  /** Saves after which memory is looked at again. */
  readonly saves: number;
  /** Grade every candidate of every exercise, not a sample of them. */
  readonly all: boolean;
}

/** What one scenario found out about one thing. */
export interface Finding extends Summary {
  /** Its permanent id, by which limits, ratios and comparisons find it. */
  readonly name: string;
  /** What was measured, for the table. */
  readonly title: string;
  readonly unit: Unit;
  /** What the p50 should not exceed. */
  readonly target?: number;
  /** Names of findings whose p50s add up to what no implementation could go below. */
  readonly limitOf?: readonly string[];
  /** Where the time (or memory) above that limit goes. */
  readonly above?: string;
  /** What else a reader should know. */
  readonly notes?: readonly string[];
}

/** Something that is measured by itself. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  run(plan: Plan): Promise<readonly Finding[]>;
}

/** Makes a finding of samples. */
export function finding(about: Omit<Finding, keyof Summary>, samples: readonly number[]): Finding {
  return { ...about, ...summarize(samples) };
}
