import type { Checked, CheckReport } from '../check/check.ts';
import { percent, type Finding } from '../check/rules.ts';
import { table } from './table.ts';
import { plural } from './wording.ts';

/**
 * A check as plain lines: what is wrong, which tests catch which mistake where one exercise is looked at,
 * and a table of all.
 */
export function checkText({ exercises, others }: CheckReport): string {
  const findings = [...others, ...exercises.flatMap((each) => each.findings)];
  const [only] = exercises.length === 1 ? exercises : [];
  return [
    ...findings.map(findingText),
    ...(only ? [mistakesText(only)] : []),
    ...(exercises.length > 0 ? [summary(exercises)] : []),
    ending(findings),
  ].join('\n\n');
}

function findingText({ level, path, line, rule, message, remedy }: Finding): string {
  return `${path}:${line}: ${level === 'warning' ? 'warning: ' : ''}${message} [${rule}]\n  ${remedy}`;
}

/** Which tests catch which mistake, and which catch none. */
function mistakesText({ mistakes, catchNothing }: Checked): string {
  const caught = Object.entries(mistakes).flatMap(([name, tests]) => [
    `${name}, caught by ${plural(tests.length, 'hidden test')}:`,
    ...tests.map((sentence) => `  ${sentence}`),
  ]);
  const idle =
    catchNothing.length === 0
      ? []
      : [
          `No mistake fails ${plural(catchNothing.length, 'hidden test')}:`,
          ...catchNothing.map((sentence) => `  ${sentence}`),
        ];
  return [...caught, ...idle].join('\n');
}

function summary(exercises: readonly Checked[]): string {
  return table(
    [
      { title: 'exercise', align: 'left' },
      { title: 'edition', align: 'left' },
      { title: 'tests', align: 'right' },
      { title: 'ms', align: 'right' },
      { title: 'mistakes', align: 'right' },
      { title: 'mutants', align: 'right' },
      { title: 'declared', align: 'right' },
      { title: 'noticed', align: 'right' },
      { title: 'problems', align: 'right' },
      { title: 'warnings', align: 'right' },
      { title: 'checked in', align: 'right' },
    ],
    exercises.map((each) => [
      each.slug,
      each.language,
      String(each.tests),
      each.suiteTime.toFixed(0),
      String(Object.keys(each.mistakes).length),
      each.mutation ? String(each.mutation.total) : '-',
      each.mutation ? String(each.mutation.declared) : '-',
      each.mutation ? percent(each.mutation.score) : '-',
      String(counted(each.findings, 'problem')),
      String(counted(each.findings, 'warning')),
      each.kept ? 'known' : `${(each.duration / 1000).toFixed(1)} s`,
    ]),
  );
}

function ending(findings: readonly Finding[]): string {
  const problems = counted(findings, 'problem');
  const warnings = counted(findings, 'warning');
  const besides = warnings === 0 ? '' : `, ${plural(warnings, 'warning')}`;
  return problems === 0 ? `No problem${besides}.` : `${plural(problems, 'problem')}${besides}.`;
}

function counted(findings: readonly Finding[], level: Finding['level']): number {
  return findings.filter((finding) => finding.level === level).length;
}
