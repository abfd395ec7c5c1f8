import type { Measurement, Report } from './report.ts';
import { table } from '../report/table.ts';
import { figure } from './text.ts';

/**
 * Holds two reports against each other.
 *
 * @param before what is there already.
 * @param after what has changed it.
 * @returns a table with a row for everything that either of them measured, in the order of `after`.
 */
export function compareText(before: Report, after: Report): string {
  const old = new Map(before.measurements.map((each) => [each.name, each]));
  const rows = after.measurements.map((each) => rowOf(old.get(each.name), each));
  const now = new Set(after.measurements.map(({ name }) => name));
  const gone = before.measurements
    .filter(({ name }) => !now.has(name))
    .map((each) => rowOf(each, undefined));
  const right = ['p50 before', 'p50 after', 'change', 'p90 before', 'p90 after', 'change'];
  return [
    ...differences(before, after),
    table(
      [
        { title: 'what', align: 'left' },
        { title: 'unit', align: 'left' },
        ...right.map((title) => ({ title, align: 'right' }) as const),
      ],
      [...rows, ...gone],
    ),
  ].join('\n');
}

function rowOf(before: Measurement | undefined, after: Measurement | undefined): string[] {
  const { title = '', unit = 'ms' } = after ?? before ?? {};
  const pair = (old: number | undefined, now: number | undefined): string[] => [
    old === undefined ? '' : figure(old, unit),
    now === undefined ? '' : figure(now, unit),
    old === undefined || now === undefined ? '' : change(old, now),
  ];
  return [title, unit, ...pair(before?.p50, after?.p50), ...pair(before?.p90, after?.p90)];
}

function change(before: number, after: number): string {
  const percent = Math.round((after / before - 1) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

/** What makes the comparison doubtful, a line each. */
function differences(before: Report, after: Report): string[] {
  const machines = [before, after].map(
    ({ machine: { processor, cores, system } }) => `${processor}, ${cores} cores, ${system}`,
  );
  const quick = [before, after].some((each) => each.quick);
  const versions = Object.keys(after.versions).filter(
    (name) => before.versions[name] !== after.versions[name],
  );
  const lines = [
    ...(machines[0] === machines[1] ? [] : [`Different machines: ${machines.join(' and ')}.`]),
    ...(quick ? ['One of them is quick: too few samples to rely on.'] : []),
    ...versions.map(
      (name) =>
        `${name}: ${before.versions[name] ?? 'unknown'} before, ${after.versions[name] ?? 'unknown'} after.`,
    ),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}
