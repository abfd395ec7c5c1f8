import type { ClassPlan, Grade, Results } from '../class/results.ts';
import { table } from './table.ts';
import { plural } from './wording.ts';

/** What is left to be said about results, beside the grades. */
export type Gaps = Pick<Results, 'conflicts' | 'damaged'> & {
  readonly plan: ClassPlan | undefined;
};

/** Results as a table, a row for each learner. */
export function classText(grades: readonly Grade[], gaps: Gaps): string {
  const learners = gaps.plan?.learners ?? [...new Set(grades.map(({ learner }) => learner))].sort();
  const exercises = [...new Set(grades.map(({ exercise }) => exercise))];
  const passedIn = (some: readonly Grade[]): string =>
    String(some.filter(({ verdict }) => verdict === 'passed').length);
  const rows = learners.map((learner) => {
    const own = grades.filter((grade) => grade.learner === learner);
    const cells = exercises.map((exercise) => cell(own.find((each) => each.exercise === exercise)));
    return [learner, ...cells, passedIn(own)];
  });
  const totals = exercises.map((exercise) =>
    passedIn(grades.filter((grade) => grade.exercise === exercise)),
  );
  const together = grades.filter(
    ({ boundary, verdict }) => boundary === 'together' && verdict !== 'not-begun',
  );
  const missing = missingIn(grades, gaps.plan);
  return [
    table(
      [
        { title: 'learner', align: 'left' },
        ...exercises.map((title) => ({ title, align: 'left' as const })),
        { title: 'passed', align: 'right' },
      ],
      [...rows, ['passed', ...totals, passedIn(grades)]],
    ),
    ...(together.length === 0
      ? []
      : [
          `* judged in one process with its suite, where a pass can be forged on purpose (docs/guarantee.md): ${names(together)}`,
        ]),
    ...broken(grades),
    ...(missing.length === 0
      ? []
      : [`Not graded yet: ${plural(missing.length, 'submission')} (${names(missing)}).`]),
    ...(gaps.conflicts.length === 0
      ? []
      : [`Two files disagree, and the one named last counts: ${names(gaps.conflicts)}`]),
    ...(gaps.damaged === 0
      ? []
      : [
          `${plural(gaps.damaged, 'line')} of the results cannot be read: grade once more to fill the gaps.`,
        ]),
  ].join('\n\n');
}

/** Results for spreadsheets (RFC 4180). */
export function classCsv(grades: readonly Grade[]): string {
  const header = 'learner,exercise,verdict,passed,total,milliseconds,boundary';
  const rows = grades.map((grade) =>
    [
      quoted(grade.learner),
      quoted(grade.exercise),
      grade.verdict,
      grade.passed,
      grade.total,
      Math.round(grade.duration),
      grade.boundary,
    ].join(','),
  );
  return [header, ...rows].join('\r\n');
}

/** Results in the dialect of JUnit that build engines read: a suite for each learner, a case for each exercise. */
export function classJunit(grades: readonly Grade[]): string {
  const byLearner = Object.groupBy(grades, ({ learner }) => learner);
  const suites = Object.entries(byLearner).map(([learner, own = []]) => {
    const failures = own.filter(({ verdict }) => !PASSING.has(verdict) && verdict !== 'broken');
    const errors = own.filter(({ verdict }) => verdict === 'broken');
    const skipped = own.filter(({ verdict }) => verdict === 'not-begun');
    const counts = `tests="${own.length}" failures="${failures.length}" errors="${errors.length}" skipped="${skipped.length}"`;
    return [
      `  <testsuite name="${escaped(learner)}" ${counts}>`,
      ...own.map((grade) => `    ${testcase(grade)}`),
      '  </testsuite>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites,
    '</testsuites>',
  ].join('\n');
}

/** Submissions of which there is no result. */
export function missingIn(
  grades: readonly Grade[],
  plan: ClassPlan | undefined,
): readonly { readonly learner: string; readonly exercise: string }[] {
  return (plan?.jobs ?? []).filter(
    (job) =>
      !grades.some(({ learner, exercise }) => learner === job.learner && exercise === job.exercise),
  );
}

const PASSING: ReadonlySet<Grade['verdict']> = new Set(['passed', 'not-begun']);

function cell(grade: Grade | undefined): string {
  if (!grade) return '-';
  const mark = grade.boundary === 'together' && grade.verdict !== 'not-begun' ? '*' : '';
  switch (grade.verdict) {
    case 'passed':
      return `passed${mark}`;
    case 'failed':
      return `${grade.passed} of ${grade.total}${mark}`;
    case 'not-begun':
      return 'not begun';
    default:
      return `${grade.verdict}${mark}`;
  }
}

function broken(grades: readonly Grade[]): string[] {
  return grades
    .filter(({ verdict }) => verdict === 'broken')
    .map(
      ({ learner, exercise, message }) =>
        `${learner}, ${exercise}: could not be graded. ${message ?? ''}`,
    );
}

function names(jobs: readonly { readonly learner: string; readonly exercise: string }[]): string {
  const some = jobs.slice(0, 5).map(({ learner, exercise }) => `${learner}/${exercise}`);
  return [
    ...some,
    ...(jobs.length > some.length ? [`${jobs.length - some.length} more`] : []),
  ].join(', ');
}

function testcase({
  learner,
  exercise,
  verdict,
  duration,
  passed,
  total,
  failing,
  message,
}: Grade): string {
  const head = `<testcase classname="${escaped(learner)}" name="${escaped(exercise)}" time="${(duration / 1000).toFixed(3)}"`;
  if (verdict === 'passed') return `${head}/>`;
  if (verdict === 'not-begun') return `${head}><skipped message="not begun"/></testcase>`;
  const tag = verdict === 'broken' ? 'error' : 'failure';
  const short =
    verdict === 'failed' ? `${passed} of ${total} tests pass` : `${verdict}. ${message ?? ''}`;
  return `${head}><${tag} message="${escaped(short)}">${escaped(failing.join('\n'))}</${tag}></testcase>`;
}

/** Text as XML 1.0 may hold it: what a learner has named or printed can be anything. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A leading `=`, `+`, `-` or `@` would be a formula to a spreadsheet. */
function quoted(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
