import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { forwardSlashes } from '../catalog/listing.ts';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import type { Candidate } from '../grade/candidate.ts';
import { candidatesOf, type Candidates } from '../grade/candidates.ts';
import { createGrader, type Grader } from '../grade/grader.ts';
import { PythonHost } from '../grade/python/client.ts';
import { messageOf, type Verdict } from '../grade/verdict.ts';
import { startBatches, suitesOf, type Batches, type Ran } from './batch.ts';
import { runBriefExamples } from './brief-examples.ts';
import type { ExerciseFacts, Judged } from './facts.ts';
import { gradeMutants, runMutants, type MutationRun } from './mutation.ts';
import { runPythonExamples } from './python/brief-examples.ts';
import { runOrders } from './python/orders.ts';
import { startTypeChecker } from './types.ts';

/** Runs of the reference, each in another order. */
const ORDERS = 10;
/** Milliseconds without news after which a mutant counts as hung: at least, and in times of the suite's own. */
const PATIENCE = { least: 1_500, suites: 10 };
/** More than this many lanes would wait for each other. */
const LANES = Math.max(1, Math.min(4, availableParallelism()));

/** What an exercise's candidates are graded and run with. */
export interface Bench extends AsyncDisposable {
  /**
   * Finds out what the rules want to know about one edition.
   *
   * @param tell is told what is going on: a step, and how far it is in [0, 1].
   */
  gather(
    exercise: Exercise,
    edition: ExerciseEdition,
    tell: (step: string, share: number) => void,
  ): Promise<ExerciseFacts>;
}

/** @param root the clone's absolute path. */
export function openBench(root: string): Bench {
  const compiler = startTypeChecker(root);
  const graders = Array.from({ length: Math.min(2, LANES) }, () => createGrader(root));
  const python = new PythonHost(join(root, 'node_modules/.cache/backend-dojo/python'));
  let lanes: Promise<readonly Batches[]> | undefined;
  const openLanes = (): Promise<readonly Batches[]> =>
    (lanes ??= Promise.all(Array.from({ length: LANES }, () => startBatches(root))));

  return {
    async gather(exercise, edition, tell) {
      const candidates = await candidatesOf(exercise, edition);
      const { reference, starter } = candidates;
      const named = byName(candidates);
      const types = compiler.check(typedFilesOf(named));
      const verdicts = await gradeAll(graders, exercise, edition, named, (share) =>
        tell('grading', share * 0.4),
      );
      const judgedOf = (prefix: string): Record<string, Judged> =>
        Object.fromEntries(
          [...verdicts].flatMap(([name, verdict]) =>
            name.startsWith(prefix) ? [[name.slice(prefix.length), judged(verdict)]] : [],
          ),
        );
      const facts: ExerciseFacts = {
        starter: judged(verdicts.get('starter')),
        reference: judged(verdicts.get('reference')),
        mistakes: judgedOf('mistakes/'),
        alternatives: judgedOf('also/'),
        types: (await types).map((each) => ({ ...each, path: inClone(root, each.path) })),
        parity: [],
        orders: { runs: 0, failing: [] },
        waits: [],
        brief: [],
        suiteTime: 0,
      };
      // Nothing more can be learned from suites that their own reference does not pass.
      if (facts.reference.kind !== 'passed') return facts;
      if (edition.language === 'python') {
        tell('running in other orders', 0.4);
        const orders = await runOrders(python, exercise, edition, ORDERS);
        const brief = await runPythonExamples(python, exercise, edition);
        const mutation = await gradeMutants(
          graders,
          exercise,
          edition,
          progress((share) => tell('running mutants', 0.5 + share * 0.5)),
        );
        const suiteTime = facts.reference.tests.reduce((sum, { duration }) => sum + duration, 0);
        return { ...facts, orders, brief, suiteTime, ...mutationFact(mutation) };
      }
      const batches = await openLanes();
      const [first] = batches;
      if (!first) return facts;
      tell('running in other orders', 0.4);
      const runs = await inOtherOrders(batches, exercise, edition, reference);
      const [plainReference, plainStarter] = await first.run(suitesOf(exercise, edition), [
        reference,
        starter,
      ]);
      const times = runs.flatMap((ran) => (ran.kind === 'ran' ? [ran.duration] : []));
      const suiteTime = Math.min(...times, Infinity);
      const mutation = await runMutants(
        batches,
        exercise,
        edition,
        PATIENCE.least + PATIENCE.suites * (Number.isFinite(suiteTime) ? suiteTime : 0),
        progress((share) => tell('running mutants', 0.5 + share * 0.5)),
      );
      return {
        ...facts,
        parity: [
          ...differences('reference', facts.reference, plainReference),
          ...differences('starter', facts.starter, plainStarter),
        ],
        orders: { runs: runs.length, failing: runs.flatMap(failingOrder) },
        waits: runs.flatMap((ran) => (ran.kind === 'ran' ? ran.waits : [])).slice(0, 1),
        brief: [...(await runBriefExamples(first, exercise, edition))],
        suiteTime: Number.isFinite(suiteTime) ? suiteTime : 0,
        ...mutationFact(mutation),
      };
    },
    async [Symbol.asyncDispose]() {
      await compiler.close();
      await Promise.all([python.close(), ...graders.map((grader) => grader.close())]);
      await Promise.all(((await lanes) ?? []).map((lane) => lane[Symbol.asyncDispose]()));
    },
  };
}

/** Runs the reference in {@link ORDERS} orders, by seed. */
async function inOtherOrders(
  lanes: readonly Batches[],
  exercise: Exercise,
  edition: ExerciseEdition,
  reference: Candidate,
): Promise<readonly Ran[]> {
  const runs: Ran[] = [];
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      while (next < ORDERS) {
        const seed = (next += 1);
        const [ran] = await lane.run(suitesOf(exercise, edition), [reference], { seed });
        if (ran) runs[seed - 1] = ran;
      }
    }),
  );
  return runs;
}

/** The katas that are TypeScript. */
function typedFilesOf(candidates: ReadonlyMap<string, Candidate>): readonly string[] {
  const files = [...candidates.values()].flatMap((candidate) => [...candidate.files.values()]);
  return [...new Set(files)].filter((file) => /\.tsx?$/.test(file));
}

function mutationFact(run: MutationRun | undefined): Pick<ExerciseFacts, 'mutation'> {
  return run ? { mutation: { total: run.total, survivors: [...run.survivors] } } : {};
}

/** What is kept may be read in another clone. */
function inClone(root: string, path: string): string {
  return forwardSlashes(relative(root, path));
}

/** Counts calls into a share of the total that each of them names. */
function progress(tell: (share: number) => void): (total: number) => void {
  let done = 0;
  return (total) => tell(Math.min(1, (done += 1) / total));
}

/** By name: `starter`, `reference`, `mistakes/<name>`, `also/<name>`. */
function byName(candidates: Candidates): ReadonlyMap<string, Candidate> {
  const below = (folder: string, named: ReadonlyMap<string, Candidate>) =>
    [...named].map(([name, candidate]) => [`${folder}/${name}`, candidate] as const);
  return new Map([
    ['reference', candidates.reference],
    ['starter', candidates.starter],
    ...below('mistakes', candidates.mistakes),
    ...below('also', candidates.alternatives),
  ]);
}

async function gradeAll(
  graders: readonly Grader[],
  exercise: Exercise,
  edition: ExerciseEdition,
  candidates: ReadonlyMap<string, Candidate>,
  tell: (share: number) => void,
): Promise<ReadonlyMap<string, Verdict>> {
  const waiting = [...candidates];
  const verdicts = new Map<string, Verdict>();
  await Promise.all(
    graders.map(async (grader) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [name, candidate] = next;
        verdicts.set(name, await grader.grade(exercise, edition, candidate));
        tell(verdicts.size / candidates.size);
      }
    }),
  );
  return new Map(
    [...candidates.keys()].flatMap((name) => {
      const verdict = verdicts.get(name);
      return verdict ? [[name, verdict] as const] : [];
    }),
  );
}

function judged(verdict: Verdict | undefined): Judged {
  if (!verdict) return { kind: 'aborted', tests: [] };
  const message = messageOf(verdict);
  return {
    kind: verdict.kind,
    ...(message === undefined ? {} : { message }),
    tests: verdict.tests.map(({ id, suite, task, sentence, status, failure, duration }) => ({
      id,
      suite,
      task,
      sentence,
      status,
      duration,
      ...(failure ? { error: { name: failure.name, message: failure.message } } : {}),
    })),
  };
}

function differences(
  candidate: string,
  { tests }: Judged,
  ran: Ran | undefined,
): ExerciseFacts['parity'] {
  if (ran?.kind !== 'ran') return [{ candidate, id: '', plain: 'hung', graded: 'judged' }];
  const graded = new Map(tests.map(({ id, status }) => [id, status] as const));
  const ids = new Set([...graded.keys(), ...ran.tests.keys()]);
  return [...ids].flatMap((id) => {
    const [plain, ours] = [ran.tests.get(id) ?? 'missing', graded.get(id) ?? 'missing'];
    return plain === ours ? [] : [{ candidate, id, plain, graded: ours }];
  });
}

function failingOrder(ran: Ran, index: number): ExerciseFacts['orders']['failing'] {
  const seed = index + 1;
  if (ran.kind === 'hung') return [{ seed, tests: ['(hung)'] }];
  const failing = [...ran.tests].flatMap(([id, state]) => (state === 'passed' ? [] : [id]));
  const tests = [...failing, ...ran.errors];
  return tests.length > 0 ? [{ seed, tests }] : [];
}
