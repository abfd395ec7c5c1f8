import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readText } from '../catalog/content.ts';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { folderCandidate, referenceCandidate, type Candidate } from '../grade/candidate.ts';
import { compileKata } from '../grade/compile.ts';
import type { Grader } from '../grade/grader.ts';
import { isCode } from '../grade/kata-file.ts';
import { suitesOf, type Batches, type Ran } from './batch.ts';
import type { Change } from './facts.ts';
import { mutantsOf, type Mutant } from './mutants.ts';

/** Mutants between two runs of the reference in the same process: it must still pass. */
const BETWEEN_CONTROLS = 25;

export interface MutationRun {
  /** How many mutants were run. */
  readonly total: number;
  /** Those that no test has noticed. */
  readonly survivors: readonly Change[];
}

/**
 * Runs the suites of an exercise on every mutant of its reference solution.
 *
 * Mutants share processes. Should one of them leave something behind that makes even the reference fail,
 * the mutants around it run again, each in a process of its own.
 *
 * @param lanes run mutants side by side.
 * @param patience milliseconds without news after which a mutant counts as hung, and so as noticed.
 * @param onRan is told how many there are, as each is done.
 * @returns undefined where the reference has nothing that can be mutated.
 */
export async function runMutants(
  lanes: readonly Batches[],
  exercise: Exercise,
  edition: ExerciseEdition,
  patience: number,
  onRan: (total: number) => void,
): Promise<MutationRun | undefined> {
  const reference = referenceCandidate(exercise, edition);
  return withMutants(edition, reference, async (mutants, survived) => {
    const waiting = chunksOf(mutants, lanes.length);
    const work = async (lane: Batches): Promise<void> => {
      const run = (candidates: readonly Candidate[], onEach?: () => void) =>
        lane.run(suitesOf(exercise, edition), candidates, {
          bail: true,
          patience,
          ...(onEach ? { onRan: onEach } : {}),
        });
      for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
        const outcomes = await run([...chunk.map(({ candidate }) => candidate), reference], () =>
          onRan(mutants.length),
        );
        const control = outcomes.at(-1);
        for (const [index, { candidate, mutant }] of chunk.entries()) {
          const [outcome] =
            control && !noticed(control) ? [outcomes[index]] : await run([candidate]);
          if (outcome && !noticed(outcome)) survived(mutant);
        }
      }
    };
    await Promise.all(lanes.map(work));
  });
}

/**
 * As {@link runMutants}, for a Python edition: each mutant is graded, in an interpreter of its own, which takes
 * some hundredths of a second.
 *
 * @param graders grade mutants side by side.
 */
export async function gradeMutants(
  graders: readonly Grader[],
  exercise: Exercise,
  edition: ExerciseEdition,
  onRan: (total: number) => void,
): Promise<MutationRun | undefined> {
  const reference = referenceCandidate(exercise, edition);
  return withMutants(edition, reference, async (mutants, survived) => {
    const waiting = [...mutants];
    const work = async (grader: Grader): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { kind } = await grader.grade(exercise, edition, next.candidate);
        if (kind === 'passed') survived(next.mutant);
        onRan(mutants.length);
      }
    };
    await Promise.all(graders.map(work));
  });
}

interface WrittenMutant {
  readonly mutant: Mutant;
  readonly candidate: Candidate;
}

/** Writes the mutants of a reference into a folder for as long as `run` takes, which names the survivors. */
async function withMutants(
  edition: ExerciseEdition,
  reference: Candidate,
  run: (mutants: readonly WrittenMutant[], survived: (mutant: Mutant) => void) => Promise<void>,
): Promise<MutationRun | undefined> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dojo-mutants-')));
  try {
    const mutants = await writeMutants(folder, edition, reference);
    if (mutants.length === 0) return undefined;
    const survivors = new Set<Mutant>();
    await run(mutants, (mutant) => survivors.add(mutant));
    const inOrder = mutants.flatMap(({ mutant }) => (survivors.has(mutant) ? [mutant] : []));
    return { total: mutants.length, survivors: inOrder.map(changeOf) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function chunksOf<T>(items: readonly T[], lanes: number): T[][] {
  const size = Math.min(BETWEEN_CONTROLS, Math.ceil(items.length / lanes));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function changeOf({ file, operator, line, before, after }: Mutant): Change {
  return { file, operator, line, before: [...before], after: [...after] };
}

/** Whether the suites say that something is wrong. */
export function noticed(outcome: Ran): boolean {
  return (
    outcome.kind === 'hung' ||
    outcome.errors.length > 0 ||
    [...outcome.tests.values()].some((state) => state !== 'passed')
  );
}

/** Each mutant gets a folder with the whole kata, so that its files find one another. */
async function writeMutants(
  folder: string,
  edition: ExerciseEdition,
  { files }: Candidate,
): Promise<readonly WrittenMutant[]> {
  const texts = new Map<string, string>();
  for (const [name, path] of files) texts.set(name, await readText(path));
  const written: WrittenMutant[] = [];
  for (const [name, text] of texts) {
    for (const mutant of await mutantsOf(name, text)) {
      const own = join(folder, String(written.length));
      for (const [file, original] of texts) {
        await mkdir(dirname(join(own, file)), { recursive: true });
        await writeFile(join(own, file), file === name ? mutant.text : original);
      }
      if (await compiles(join(own, name), own))
        written.push({ mutant, candidate: folderCandidate(edition, own) });
    }
  }
  return written;
}

/** What does not compile is no mutant: nobody could save it and wonder. */
async function compiles(path: string, folder: string): Promise<boolean> {
  if (!isCode(path)) return true;
  return compileKata(path, folder).then(
    () => true,
    () => false,
  );
}
