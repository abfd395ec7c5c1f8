import { join } from 'node:path';
import { listMistakes } from '../../runner/catalog/content.ts';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { starterCandidate } from '../../runner/grade/candidate.ts';
import { createGrader } from '../../runner/grade/grader.ts';
import { learnMistakes, type KnownMistake } from '../../runner/grade/known-mistakes.ts';
import { likelyMistake } from '../../runner/grade/likeness.ts';
import type { TestResult } from '../../runner/grade/verdict.ts';
import { CLONE } from '../../runner/location.ts';

// How often the right mistake is offered, and how often a wrong one, over all mistakes of the clone:
// `node runner/main.mjs exec tsx test/content/measure-likeness.ts`.

/** A failure that is made up: which tests fail, and which mistake it comes from, if from any that is known. */
interface Case {
  readonly what: string;
  readonly failing: ReadonlySet<string>;
  readonly known: readonly KnownMistake[];
  readonly right?: string;
}

/** Park and Miller's minimal generator (CACM 31, 1988): the same cases each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}
const draw = random(20_261_121);

function casesOf(
  tests: readonly TestResult[],
  known: readonly KnownMistake[],
  starter: ReadonlySet<string>,
): Case[] {
  const tasks = [...new Set(tests.map(({ task }) => task))].sort((a, b) => a - b);
  const idsOf = (wanted: (task: number) => boolean): Set<string> =>
    new Set(tests.filter(({ task }) => wanted(task)).map(({ id }) => id));
  const cases: Case[] = [{ what: 'nothing: the starter', failing: starter, known }];
  for (const mistake of known) {
    const { failing, name: right } = mistake;
    const others = known.filter((other) => other !== mistake);
    cases.push({ what: 'the mistake as we know it', failing, known, right });
    cases.push({ what: 'a mistake that we do not know (leave one out)', failing, known: others });
    for (const last of tasks.slice(0, -1)) {
      const begun = failing.intersection(idsOf((task) => task <= last));
      const undone = idsOf((task) => task > last);
      const what = 'the mistake, later tasks not begun';
      if (begun.size > 0) cases.push({ what, failing: begun.union(undone), known, right });
    }
    const passing = tests.map(({ id }) => id).filter((id) => !failing.has(id));
    for (let time = 0; time < 3 && passing.length > 0; time += 1) {
      const one = passing[draw(passing.length)] ?? '';
      const what = 'the mistake, and one more test fails';
      cases.push({ what, failing: new Set([...failing, one]), known, right });
    }
  }
  for (const task of tasks) {
    const own = [...idsOf((each) => each === task)];
    const later = idsOf((each) => each > task);
    cases.push({ what: 'nothing: one task not begun', failing: new Set(own), known });
    cases.push({ what: 'nothing: later tasks not begun', failing: later, known });
    for (let time = 0; time < 10; time += 1) {
      const some = own.filter(() => draw(2) === 0);
      const what = 'nothing: tests of one task fail at random';
      cases.push({ what, failing: new Set([...some, ...later]), known });
    }
  }
  return cases;
}

const counts = new Map<string, { cases: number; right: number; wrong: number }>();
const catalog = await loadCatalog(CLONE);
const grader = createGrader(CLONE);
const cache = join(CLONE, 'node_modules/.cache/backend-dojo/mistakes');
for (const exercise of catalog.exercises.values()) {
  for (const edition of exercise.editions) {
    const language = edition.language === 'neutral' ? 'typescript' : edition.language;
    const mistakes = await listMistakes(exercise, language);
    const known = await learnMistakes(cache, exercise, edition, mistakes, (candidate) =>
      grader.grade(exercise, edition, candidate),
    );
    const { tests } = await grader.grade(exercise, edition, starterCandidate(exercise, edition));
    const starter = new Set(tests.filter(({ status }) => status === 'failed').map(({ id }) => id));
    for (const { what, failing, known: among, right } of casesOf(tests, known ?? [], starter)) {
      const results = tests.map(({ id, task }) => {
        const status: TestResult['status'] = failing.has(id) ? 'failed' : 'passed';
        return { id, task, status };
      });
      const offered = likelyMistake(results, among)?.name;
      const count = counts.get(what) ?? { cases: 0, right: 0, wrong: 0 };
      count.cases += 1;
      if (offered !== undefined) count[offered === right ? 'right' : 'wrong'] += 1;
      counts.set(what, count);
    }
  }
}
await grader.close();
const share = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)} %`;
for (const [what, { cases, right, wrong }] of [...counts].sort()) {
  const text = `${what.padEnd(48)} ${String(cases).padStart(4)} cases, right offered ${share(right, cases).padStart(7)}, wrong ${share(wrong, cases).padStart(6)}`;
  process.stdout.write(`${text}\n`);
}
