import { loadavg } from 'node:os';
import { describeMachine, describeVersions } from './machine.ts';
import { ratiosOf } from './ratios.ts';
import type { Measurement, Report } from './report.ts';
import type { Finding, Plan, Scenario } from './scenario.ts';

/**
 * Runs scenarios one after the other; one that fails takes no other down.
 *
 * @param tell is told what is going on, in a few words.
 */
export async function measure(
  scenarios: readonly Scenario[],
  plan: Plan,
  quick: boolean,
  tell: (progress: string) => void,
): Promise<Report> {
  const date = new Date().toISOString();
  const machine = describeMachine();
  const findings: Finding[] = [];
  const failures: { scenario: string; message: string }[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    tell(`${index + 1}/${scenarios.length} ${scenario.name}: ${scenario.summary} ...`);
    try {
      findings.push(...(await scenario.run(plan)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ scenario: scenario.name, message });
    }
  }
  const [after = 0] = loadavg();
  const { samples, pause, saves, all } = plan;
  return {
    version: 1,
    date,
    quick,
    options: { samples, pause, saves, all },
    machine: { ...machine, load: { ...machine.load, after } },
    versions: describeVersions(),
    measurements: findings.map((each) => withLimit(each, findings)),
    ratios: ratiosOf(findings),
    failures,
  };
}

/** Adds up the physical limit, where all its parts were measured. */
function withLimit({ limitOf, ...rest }: Finding, findings: readonly Finding[]): Measurement {
  const parts = (limitOf ?? []).map((wanted) => findings.find(({ name }) => name === wanted)?.p50);
  const value = parts.reduce<number>((sum, part) => sum + (part ?? Number.NaN), 0);
  const { above, notes, target, ...measured } = rest;
  return {
    ...measured,
    ...(target === undefined ? {} : { target }),
    ...(limitOf && Number.isFinite(value) ? { limit: { value, of: [...limitOf] } } : {}),
    ...(above === undefined ? {} : { above }),
    ...(notes === undefined ? {} : { notes: [...notes] }),
  };
}
