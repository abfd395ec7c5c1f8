import type { Measurement, Ratio, Report, Unit } from './report.ts';
import { table, type Column } from '../report/table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'what', align: 'left' },
  { title: 'unit', align: 'left' },
  { title: 'samples', align: 'right' },
  { title: 'p50', align: 'right' },
  { title: 'p90', align: 'right' },
  { title: 'max', align: 'right' },
  { title: 'target', align: 'right' },
  { title: '', align: 'left' },
  { title: 'limit', align: 'right' },
  { title: 'p50 / limit', align: 'right' },
];

/** A report as a person reads it: tables, and a line for each limit. */
export function reportText(report: Report): string {
  const { measurements, ratios, failures } = report;
  return [
    heading(report),
    ...(measurements.length > 0 ? [table(COLUMNS, measurements.map(rowOf))] : []),
    ...(ratios.length > 0 ? [ratioTable(ratios)] : []),
    ...section(
      'What is left above the limits',
      measurements.flatMap((each) => above(each, measurements)),
    ),
    ...section(
      'Notes',
      measurements.flatMap(({ name, notes = [] }) => notes.map((note) => `${name}: ${note}`)),
    ),
    ...section(
      'Could not be measured',
      failures.map(({ scenario, message }) => `${scenario}: ${message}`),
    ),
  ].join('\n\n');
}

function heading({ date, quick, machine, versions }: Report): string {
  const { processor, cores, memory, system, load } = machine;
  return [
    `Benchmark of ${date.slice(0, 16).replace('T', ' ')} UTC${quick ? ', quick: too few samples to rely on' : ''}`,
    `${processor}, ${cores} cores, ${memory} GB, ${system}; load ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after${load.before > cores ? ': the machine was busy with something else' : ''}`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  ].join('\n');
}

function rowOf({ title, unit, samples, p50, p90, max, target, limit }: Measurement): string[] {
  return [
    title,
    unit,
    String(samples),
    ...[p50, p90, max].map((value) => figure(value, unit)),
    target === undefined ? '' : String(target),
    target === undefined ? '' : p50 <= target ? 'met' : 'missed',
    limit ? figure(limit.value, unit) : '',
    limit ? times(p50 / limit.value) : '',
  ];
}

function ratioTable(ratios: readonly Ratio[]): string {
  return table(
    [
      { title: 'ratio', align: 'left' },
      { title: 'value', align: 'right' },
      { title: 'target', align: 'left' },
      { title: '', align: 'left' },
    ],
    ratios.map(({ title, value, atLeast, atMost }) => [
      title,
      times(value),
      [
        ...(atLeast === undefined ? [] : [`at least ${times(atLeast)}`]),
        ...(atMost === undefined ? [] : [`at most ${times(atMost)}`]),
      ].join(', '),
      value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity) ? 'met' : 'missed',
    ]),
  );
}

function above(
  { name, unit, p50, limit, above: rest }: Measurement,
  all: readonly Measurement[],
): string[] {
  if (!limit) return [];
  const parts = limit.of.map((part) => {
    const found = all.find((each) => each.name === part);
    return `${part} ${found ? figure(found.p50, unit) : ''}`.trim();
  });
  const left = `${figure(p50 - limit.value, unit)} ${unit} above ${figure(limit.value, unit)} (${parts.join(' + ')})`;
  return [`${name}: ${left}${rest ? `: ${rest}` : ''}.`];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${line}`)].join('\n')];
}

/** A value with as many decimals as mean something. */
export function figure(value: number, unit: Unit): string {
  const decimals = unit === '/s' ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toFixed(decimals);
}

function times(value: number): string {
  return `${value.toFixed(2)} x`;
}
