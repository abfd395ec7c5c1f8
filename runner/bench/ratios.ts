import type { Ratio } from './report.ts';
import type { Finding } from './scenario.ts';

/** The p50 of a finding, by its name. */
type Lookup = (name: string) => number;

interface RatioRule extends Omit<Ratio, 'value'> {
  /** NaN when something it needs was not measured. */
  readonly value: (p50: Lookup) => number;
}

const RULES: readonly RatioRule[] = [
  {
    name: 'faster-than-vitest',
    title: "vitest's fastest pool, in times of the engine",
    atLeast: 3.5,
    value: (p50) => Math.min(p50('threads'), p50('forks')) / p50('engine'),
  },
  {
    name: 'catalogue-size',
    title: 'Start with 1,000 exercises, in times of that with 10',
    atMost: 1.1,
    value: (p50) => p50('start-1000') / p50('start-10'),
  },
  {
    name: 'memory-growth',
    title: 'Memory after many saves, in times of that before',
    atMost: 1.1,
    value: (p50) => p50('memory-after') / p50('memory'),
  },
];

/** The ratios whose parts were measured. */
export function ratiosOf(findings: readonly Finding[]): Ratio[] {
  const p50: Lookup = (wanted) => findings.find(({ name }) => name === wanted)?.p50 ?? Number.NaN;
  return RULES.map(({ value, ...about }) => ({ ...about, value: value(p50) })).filter(({ value }) =>
    Number.isFinite(value),
  );
}
