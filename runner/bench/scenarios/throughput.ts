import { editionOf, listMistakes } from '../../catalog/content.ts';
import { loadCatalog } from '../../catalog/load.ts';
import type { Exercise, ExerciseEdition } from '../../catalog/model.ts';
import { mistakeCandidate, referenceCandidate, type Candidate } from '../../grade/candidate.ts';
import { createGrader, type Grader } from '../../grade/grader.ts';
import { CLONE } from '../../location.ts';
import { finding, type Scenario } from '../scenario.ts';

const GRADERS = 2;

/** What an author, or CI, waits for: every reference and every mistake of the catalogue is graded. */
export const throughput: Scenario = {
  name: 'throughput',
  summary: 'references and mistakes graded by two graders at once',
  async run({ all, slowSamples }) {
    const jobs = await jobsOf(all ? Infinity : slowSamples, all ? Infinity : 1);
    const graders = Array.from({ length: GRADERS }, () => createGrader(CLONE));
    const surprises: string[] = [];
    const times: number[] = [];
    const waiting = [...jobs];
    const start = performance.now();
    try {
      await Promise.all(
        graders.map(async (grader) => {
          for (let job = waiting.shift(); job; job = waiting.shift()) {
            const graded = await grade(grader, job);
            times.push(...graded.times);
            surprises.push(...graded.surprises);
          }
        }),
      );
    } finally {
      await Promise.all(graders.map((grader) => grader.close()));
    }
    const seconds = (performance.now() - start) / 1_000;
    const scope = `${jobs.length} exercises, ${times.length} candidates, ${seconds.toFixed(1)} s`;
    return [
      finding(
        {
          name: 'exercises-per-second',
          title: `Exercises checked per second (${all ? 'all' : 'a sample'})`,
          unit: '/s',
          notes: [scope, ...surprises],
        },
        [jobs.length / seconds],
      ),
      finding(
        { name: 'candidates-per-second', title: 'Candidates graded per second', unit: '/s' },
        [times.length / seconds],
      ),
      finding({ name: 'candidate', title: 'One candidate of these', unit: 'ms' }, times),
    ];
  },
};

/** An exercise with the candidates of it that are graded: first the reference, which must pass. */
interface Job {
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  readonly candidates: readonly Candidate[];
}

async function jobsOf(exercises: number, mistakes: number): Promise<Job[]> {
  const { exercises: found } = await loadCatalog(CLONE);
  return Promise.all(
    [...found.values()].slice(0, exercises).flatMap((exercise) => {
      const edition = editionOf(exercise, 'typescript');
      return edition ? [jobOf(exercise, edition, mistakes)] : [];
    }),
  );
}

async function jobOf(exercise: Exercise, edition: ExerciseEdition, mistakes: number): Promise<Job> {
  const wrong = (await listMistakes(exercise, 'typescript')).slice(0, mistakes);
  return {
    exercise,
    edition,
    candidates: [
      referenceCandidate(exercise, edition),
      ...wrong.map((mistake) => mistakeCandidate(exercise, edition, mistake)),
    ],
  };
}

async function grade(
  grader: Grader,
  { exercise, edition, candidates }: Job,
): Promise<{ readonly times: readonly number[]; readonly surprises: readonly string[] }> {
  const times: number[] = [];
  const surprises: string[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const { kind, duration } = await grader.grade(exercise, edition, candidate);
    times.push(duration);
    if ((index === 0) !== (kind === 'passed')) {
      const who = index === 0 ? 'the reference' : `a mistake (${[...candidate.files.values()][0]})`;
      surprises.push(`Unexpected: ${who} of ${exercise.slug} came to "${kind}".`);
    }
  }
  return { times, surprises };
}
