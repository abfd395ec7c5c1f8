import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';
import { boundaryFor } from './boundary.ts';
import { referenceCandidate, starterCandidate, type Candidate } from './candidate.ts';
import { decide } from './decide.ts';
import { Expectations, SuiteError } from './expected.ts';
import { frameReader } from './frames.ts';
import { PythonHost } from './python/client.ts';
import { pythonMaterial, pythonSuites } from './python/suites.ts';
import type { SandboxLayer } from './sandbox/layer.ts';
import type { Verdict } from './verdict.ts';
import { VitestHost } from './vitest/client.ts';
import type { Boundary, Facts, Needs, Profile } from './vitest/protocol.ts';

/** Grades candidates. One grading runs at a time; more asked for at once wait in line. */
export interface Grader {
  /**
   * Judges a candidate by the examples and the hidden suite of an exercise. Never throws: what goes
   * wrong on our side is a `broken` verdict.
   *
   * @param signal aborts the grading: the verdict is then `aborted`.
   */
  grade(
    exercise: Exercise,
    edition: ExerciseEdition,
    candidate: Candidate,
    signal?: AbortSignal,
  ): Promise<Verdict>;
  /** Gets ready for gradings of an exercise while the learner reads. */
  prepare(exercise: Exercise, edition: ExerciseEdition): Promise<void>;
  /** Ends every process; gradings under way end as `aborted`. */
  close(): Promise<void>;
}

export interface GraderOptions {
  /**
   * `together`: suite and kata share one fresh process for each grading. `apart`: the kata has a process of
   * its own, and a pass cannot be forged from there; see docs/guarantee.md.
   */
  readonly boundary?: Boundary;
  /** Apart: the wall of the operating system around the kata's process; see `sandbox/detect.ts`. */
  readonly sandbox?: SandboxLayer;
  /** Told when a first Python interpreter begins to be made, and when it is there. */
  readonly onPreparing?: (preparing: boolean) => void;
}

/**
 * The grader that runs suites with vitest, those of Python editions with CPython in WebAssembly, in processes
 * that were started before the save.
 *
 * @param root the clone's absolute path.
 */
export function createGrader(
  root: string,
  { boundary = 'together', sandbox = 'none', onPreparing }: GraderOptions = {},
): Grader {
  const host = new VitestHost(root);
  const cache = join(root, 'node_modules/.cache/backend-dojo');
  const python = new PythonHost(join(cache, 'python'), onPreparing);
  // They may hold sources of the reference solution: katas can read the packages, and what lies between them.
  const expectations = new Expectations(join(root, '.dojo', 'expected'));

  async function facts(
    exercise: Exercise,
    edition: ExerciseEdition,
    candidate: Candidate,
    profile: Profile,
    signal?: AbortSignal,
  ): Promise<Facts> {
    const timeLimit = profile.trusted
      ? Math.max(exercise.timeLimit, FIRST_TIME_LIMIT)
      : exercise.timeLimit;
    if (edition.language === 'python') {
      const [suites, material] = await Promise.all([
        pythonSuites(exercise, edition),
        pythonMaterial(exercise),
      ]);
      const ours = profile.trusted || candidate.folder === exercise.solutionFolder;
      const testLimit = ours ? timeLimit : pythonTestLimit(timeLimit);
      return python.grade({ suites, candidate, material, timeLimit, testLimit }, signal);
    }
    return host.grade(
      {
        suites: [
          // vite knows a file by its real path only.
          { name: 'examples', path: await realpath(join(exercise.folder, edition.examples)) },
          { name: 'hidden', path: await realpath(join(exercise.solutionFolder, edition.hidden)) },
        ],
        files: Object.fromEntries(candidate.files),
        contract: Object.fromEntries(starterCandidate(exercise, edition).files),
        folder: candidate.folder,
        arguments: exercise.boundary?.arguments ?? 'copied',
        profile,
        timeLimit,
      },
      signal,
    );
  }

  function expected(exercise: Exercise, edition: ExerciseEdition): ReturnType<Expectations['of']> {
    const reference = referenceCandidate(exercise, edition);
    const sources = [
      join(exercise.folder, edition.examples),
      join(exercise.solutionFolder, edition.hidden),
      ...reference.files.values(),
      ...exercise.material.map((name) => join(exercise.folder, name)),
    ];
    return expectations.of(sources, () =>
      facts(exercise, edition, reference, {
        ...profileOf(exercise, NO_NEEDS, 'together'),
        trusted: true,
      }),
    );
  }

  function profileOf(exercise: Exercise, needs: Needs, how: Boundary): Profile {
    const capabilities = [...exercise.capabilities];
    return { ...needs, boundary: how, sandbox, capabilities, trusted: false };
  }

  return {
    async grade(exercise, edition, candidate, signal) {
      const start = performance.now();
      const elapsed = (): number => performance.now() - start;
      try {
        const { tests, needs } = await expected(exercise, edition);
        const profile = profileOf(exercise, needs, boundaryFor(exercise, edition, boundary));
        const found = await facts(exercise, edition, candidate, profile, signal);
        return decide(found, {
          expected: tests,
          timeLimit: exercise.timeLimit,
          frames: await frameReader(found, candidate),
          duration: elapsed(),
        });
      } catch (error) {
        return broken(error, elapsed());
      }
    },
    async prepare(exercise, edition) {
      if (edition.language === 'python') python.warm();
      // What is wrong with a suite is told by the first verdict.
      const known = await expected(exercise, edition).catch(() => undefined);
      if (known && edition.language !== 'python')
        host.warm(profileOf(exercise, known.needs, boundaryFor(exercise, edition, boundary)));
    },
    async close() {
      await Promise.all([host.close(), python.close()]);
    },
  };
}

/** Milliseconds for one test of a Python suite: two seconds, more where the manifest gives more than usual. */
function pythonTestLimit(timeLimit: number): number {
  return Math.max(2_000, timeLimit / 5);
}

/** Milliseconds for a reference solution, whose first run also fills caches such as database images. */
const FIRST_TIME_LIMIT = 90_000;

const NO_NEEDS: Needs = { imports: [], tools: [] };

function broken(error: unknown, duration: number): Verdict {
  return {
    kind: 'broken',
    message: error instanceof Error ? error.message : String(error),
    remedy:
      error instanceof SuiteError
        ? error.remedy
        : 'This is a fault of the dojo, not yours. Save again (or press r); if it stays, please report it.',
    tests: [],
    output: '',
    outputDropped: 0,
    duration,
  };
}
