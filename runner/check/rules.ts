import { join, relative } from 'node:path';
import { forwardSlashes } from '../catalog/listing.ts';
import type { Exercise, ExerciseContent, ExerciseEdition, Problem } from '../catalog/model.ts';
import { EQUIVALENTS } from '../catalog/rules.ts';
import { declaredAs, namesOf, type Equivalent } from './equivalents.ts';
import type { Change, ExerciseFacts, Judged, Tested } from './facts.ts';

/** Share of the mutants that a suite must notice, those declared to be equivalent aside. */
export const MUTATION_THRESHOLD = 0.85;
/** Milliseconds that the reference's tests may take: usually, and where a suite works with one of the slow tools. */
export const SUITE_BUDGET = { usual: 300, slowTools: 1_500 } as const;
/** A timer of this many milliseconds that really runs out is waiting. */
const REAL_WAIT = 20;
const FEWEST_MISTAKES = 3;

/** Something that a machine has found; warnings keep nobody from merging. */
export interface Finding extends Problem {
  readonly level: 'problem' | 'warning';
}

/** One edition of an exercise, and what is known of it. */
export interface Known {
  /** The clone's absolute path. */
  readonly root: string;
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  readonly content: ExerciseContent;
  /** The text of a suite, in which a test's line is looked up. */
  readonly suites: Readonly<Record<Tested['suite'], string>>;
  readonly facts: ExerciseFacts;
  readonly equivalents: readonly Equivalent[];
}

/** How the suites did against the mutants. */
export interface MutationScore {
  readonly total: number;
  readonly noticed: number;
  /** Mutants that are declared to be equivalent. */
  readonly declared: number;
  /** In [0, 1]. */
  readonly score: number;
  /** Unnoticed, and not declared. */
  readonly survivors: readonly Change[];
}

/** Undefined where the reference was not mutated. */
export function mutationScore({ facts, equivalents }: Known): MutationScore | undefined {
  if (!facts.mutation) return undefined;
  const { total, survivors } = facts.mutation;
  const left = survivors.filter((change) => !declaredAs(change, equivalents));
  const declared = survivors.length - left.length;
  const noticed = total - survivors.length;
  return {
    total,
    noticed,
    declared,
    score: total === declared ? 1 : noticed / (total - declared),
    survivors: left,
  };
}

/** Names of the mistakes that fail a test, by the test's id. */
export function caughtBy({ mistakes }: ExerciseFacts): ReadonlyMap<string, readonly string[]> {
  const caught = new Map<string, string[]>();
  for (const [name, { tests }] of Object.entries(mistakes))
    for (const { id, status } of tests)
      if (status === 'failed') caught.set(id, [...(caught.get(id) ?? []), name]);
  return caught;
}

type Rule = (known: Known) => readonly Finding[];

const referencePasses: Rule = (known) => {
  const { reference } = known.facts;
  if (reference.kind === 'passed') return [];
  const failing = failed(reference)[0];
  return [
    problem(
      failing ? placeOf(known, failing) : inSolution(known, known.edition.hidden),
      'reference',
      `The reference solution does not pass: ${said(reference)}`,
      'Mend the reference or the suite: the one must pass the other.',
    ),
  ];
};

const starterFailsAsItShould: Rule = (known) => {
  const { starter } = known.facts;
  const at = inExercise(known, known.edition.kata[0] ?? '');
  if (starter.kind !== 'failed') {
    return [
      problem(
        at,
        'starter',
        `The starter is "${starter.kind}" where it should load and fail: ${said(starter)}`,
        'It exports everything, throws "Not implemented yet" from its functions, and runs nothing as it loads.',
      ),
    ];
  }
  const examples = starter.tests.filter(({ suite }) => suite === 'examples');
  return examples.flatMap((test) => {
    if (test.status === 'passed') {
      return problem(
        placeOf(known, test),
        'starter',
        `The starter passes the example "${test.sentence}" before anybody has written a line.`,
        'Let the example ask for something that the starter does not do.',
      );
    }
    if (!test.error || isHonest(test.error)) return [];
    return problem(
      placeOf(known, test),
      'starter',
      `With the starter the example "${test.sentence}" ends in ${test.error.name}: ${test.error.message}`,
      'A beginner should read an assertion, or the starter\'s own "Not implemented yet".',
    );
  });
};

const testsAreGrouped: Rule = (known) => {
  const { content, facts } = known;
  const titles = new Set(content.tasks.map(({ number, title }) => `${number}. ${title}`));
  const stray = facts.reference.tests.filter(({ id }) => !titles.has(id.split(' > ')[1] ?? ''));
  const tested = new Set(
    facts.reference.tests.filter(({ suite }) => suite === 'hidden').map(({ task }) => task),
  );
  if (facts.reference.tests.length === 0) return [];
  return [
    ...stray.map((test) =>
      problem(
        placeOf(known, test),
        'tasks',
        `The test "${test.sentence}" stands under no task of the brief.`,
        'Put it into a `describe` with the title of its task, such as "1. Count the words".',
      ),
    ),
    ...content.tasks
      .filter(({ number }) => !tested.has(number))
      .map(({ number, title }) =>
        problem(
          inSolution(known, known.edition.hidden),
          'tasks',
          `No hidden test belongs to the task "${number}. ${title}".`,
          'Test it, or take the task out of the brief.',
        ),
      ),
  ];
};

const mistakesAreRejected: Rule = (known) => {
  const { mistakes, reference } = known.facts;
  const folder = inSolution(known, 'mistakes');
  const names = Object.keys(mistakes);
  if (reference.kind !== 'passed') return [];
  const few =
    names.length >= FEWEST_MISTAKES
      ? []
      : [
          problem(
            folder,
            'mistakes',
            `There ${names.length === 1 ? 'is one mistake' : `are ${names.length} mistakes`}; ${FEWEST_MISTAKES} at least are asked for.`,
            'Write down what people really get wrong: each is a whole solution with one misconception.',
          ),
        ];
  return [...few, ...names.flatMap((name) => mistakeFindings(known, name, mistakes[name]))];
};

function mistakeFindings(known: Known, name: string, verdict: Judged | undefined): Finding[] {
  const at = inSolution(known, `mistakes/${name}`);
  if (!verdict) return [];
  if (verdict.kind === 'passed') {
    return [
      problem(
        at,
        'mistake-passes',
        `The suites accept the mistake "${name}".`,
        'Write the test that its sentence is about; or, if it is right, move it to also/.',
      ),
    ];
  }
  const failing = failed(verdict);
  if (verdict.kind !== 'failed' || failing.length === 0) {
    return [
      problem(
        at,
        'mistake-unjudged',
        `The mistake "${name}" is "${verdict.kind}", and no test rejects it: ${said(verdict)}`,
        'A mistake runs, and a test says what is wrong with it.',
      ),
    ];
  }
  if (failing.some(({ error }) => !error || isAssertion(error))) return [];
  return [
    warning(
      at,
      'mistake-crashes',
      `The mistake "${name}" dies of ${failing[0]?.error?.name ?? 'a crash'} only: no assertion is about it.`,
      'Let a test compare what it returns, so that its author reads what was expected.',
    ),
  ];
}

const otherSolutionsPass: Rule = (known) =>
  Object.entries(known.facts.alternatives).flatMap(([name, verdict]) => {
    if (verdict.kind === 'passed') return [];
    return problem(
      inSolution(known, `also/${name}`),
      'suite-too-strict',
      `The suites reject "${name}", which is held to be right: ${said(verdict)}`,
      'The suite asks for more than the brief does, or the solution is wrong: mend one of them.',
    );
  });

const everythingCompiles: Rule = ({ facts }) =>
  facts.types.map(({ path, line, message }) =>
    problem(
      { path, line },
      'types',
      message,
      'Mend it: starters, references and mistakes compile under the flags of tsconfig.json.',
    ),
  );

const briefHolds: Rule = (known) =>
  known.facts.brief.map(({ line, message }) =>
    problem(
      { ...inExercise(known, 'README.md'), line },
      'example',
      `The example does not hold with the reference: ${message}`,
      'Write what really comes out; learners take an example at its word.',
    ),
  );

const plainVitestAgrees: Rule = (known) =>
  known.facts.parity.map(({ candidate, id, plain, graded }) =>
    problem(
      inSolution(known, known.edition.hidden),
      'parity',
      `With the ${candidate} the test "${id}" is ${plain} under plain vitest, and ${graded} in the grader.`,
      'A suite uses vitest and #kit only, and depends on nothing around it.',
    ),
  );

const anyOrderWillDo: Rule = (known) => {
  const { runs, failing } = known.facts.orders;
  const [first] = failing;
  if (!first) return [];
  return [
    problem(
      inSolution(known, known.edition.hidden),
      'flaky',
      `The reference fails in ${failing.length} of ${runs} runs in another order (seed ${first.seed}): "${first.tests[0] ?? ''}".`,
      'Let no test depend on another one, on the time or on chance.',
    ),
  ];
};

const nobodyWaits: Rule = (known) =>
  known.facts.waits
    .filter(({ milliseconds }) => milliseconds >= REAL_WAIT)
    .map(({ test, milliseconds }) =>
      problem(
        inSolution(known, known.edition.hidden),
        'real-waiting',
        `"${test}" really waits ${milliseconds} ms.`,
        'Inject a clock, or use the fake timers of vitest: every learner waits at every save.',
      ),
    );

const suitesAreQuick: Rule = (known) => {
  const { suiteTime } = known.facts;
  const slow = /#kit\/(postgres|typecheck|shell)/.test(Object.values(known.suites).join('\n'));
  const budget = slow ? SUITE_BUDGET.slowTools : SUITE_BUDGET.usual;
  if (suiteTime <= budget) return [];
  return [
    warning(
      inSolution(known, known.edition.hidden),
      'slow-suite',
      `The tests take ${Math.round(suiteTime)} ms with the reference; ${budget} are allowed.`,
      'Ask for the same in fewer runs: smaller inputs, one database for many questions.',
    ),
  ];
};

const mutantsAreNoticed: Rule = (known) => {
  const score = mutationScore(known);
  if (!score) return [];
  const level = score.score < MUTATION_THRESHOLD ? 'problem' : 'warning';
  return [
    ...(level === 'problem'
      ? [
          problem(
            inSolution(known, known.edition.hidden),
            'mutation-score',
            `The suites notice ${percent(score.score)} of the mutants of the reference; ${percent(MUTATION_THRESHOLD)} are asked for.`,
            'The survivors below show what no test looks at.',
          ),
        ]
      : []),
    ...score.survivors.map((change): Finding => {
      const { before, after } = namesOf(change);
      return {
        level,
        path: inSolution(known, change.file).path,
        line: change.line,
        rule: 'survivor',
        message: `No test notices: ${before} -> ${after === '' ? '(nothing)' : after}`,
        remedy: `Test it, or declare it in ${EQUIVALENTS}, with the reason.`,
      };
    }),
  ];
};

const declarationsHold: Rule = (known) => {
  const { facts, equivalents } = known;
  const survivors = facts.mutation?.survivors ?? [];
  return equivalents
    .filter((each) => !survivors.some((change) => declaredAs(change, [each])))
    .map(({ before, after, line }) =>
      problem(
        { ...inSolution(known, EQUIVALENTS), line },
        'equivalent',
        `No unnoticed mutant changes \`${before}\` to \`${after}\`.`,
        'Delete it: a test notices it now, or the reference has changed.',
      ),
    );
};

const RULES: readonly Rule[] = [
  referencePasses,
  starterFailsAsItShould,
  testsAreGrouped,
  mistakesAreRejected,
  otherSolutionsPass,
  everythingCompiles,
  briefHolds,
  plainVitestAgrees,
  anyOrderWillDo,
  nobodyWaits,
  suitesAreQuick,
  declarationsHold,
  mutantsAreNoticed,
];

/** Everything that is to be said of an edition. */
export function judge(known: Known): readonly Finding[] {
  return RULES.flatMap((rule) => rule(known));
}

/** `97.9 %`. */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(share === 1 ? 0 : 1)} %`;
}

interface Place {
  readonly path: string;
  readonly line: number;
}

function problem(place: Place, rule: string, message: string, remedy: string): Finding {
  return { level: 'problem', ...place, rule, message: oneLine(message), remedy };
}

function warning(place: Place, rule: string, message: string, remedy: string): Finding {
  return { ...problem(place, rule, message, remedy), level: 'warning' };
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

function inExercise({ root, exercise }: Known, file: string): Place {
  return { path: forwardSlashes(relative(root, join(exercise.folder, file))), line: 1 };
}

function inSolution({ root, exercise }: Known, file: string): Place {
  return { path: forwardSlashes(relative(root, join(exercise.solutionFolder, file))), line: 1 };
}

/** Where a test stands in its suite: the line with its title; line 1 where a title is put together. */
function placeOf(known: Known, test: Tested): Place {
  const { edition, suites } = known;
  const title = test.id.split(' > ').at(-1) ?? '';
  const lines = suites[test.suite].split('\n');
  const index = lines.findIndex((line) => line.includes(title));
  const place =
    test.suite === 'examples'
      ? inExercise(known, edition.examples)
      : inSolution(known, edition.hidden);
  return { ...place, line: Math.max(index, 0) + 1 };
}

function failed({ tests }: Judged): readonly Tested[] {
  return tests.filter(({ status }) => status === 'failed');
}

function said(verdict: Judged): string {
  const [first] = failed(verdict);
  if (verdict.message !== undefined) return verdict.message;
  return first ? `"${first.sentence}" ${first.error?.message ?? 'fails'}` : verdict.kind;
}

function isAssertion({ name }: { readonly name: string }): boolean {
  return name === 'AssertionError';
}

/** Whether an error was thrown for people to read: the others tell of a program that went astray. */
function isHonest({ name }: { readonly name: string }): boolean {
  return !['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError'].includes(name);
}
