import { listAlternatives, listMistakes } from '../catalog/content.ts';
import { EDITIONS, type Exercise, type ExerciseEdition } from '../catalog/model.ts';
import {
  mistakeCandidate,
  referenceCandidate,
  starterCandidate,
  type Candidate,
} from './candidate.ts';

/** What an exercise comes with in one edition. */
export interface Candidates {
  readonly reference: Candidate;
  readonly starter: Candidate;
  /** By name. */
  readonly mistakes: ReadonlyMap<string, Candidate>;
  /** Other right solutions, by name. */
  readonly alternatives: ReadonlyMap<string, Candidate>;
}

/** Everything that can be graded of an edition. */
export async function candidatesOf(
  exercise: Exercise,
  edition: ExerciseEdition,
): Promise<Candidates> {
  const language = edition.language === 'neutral' ? EDITIONS[0] : edition.language;
  const named = (found: Awaited<ReturnType<typeof listMistakes>>): Map<string, Candidate> =>
    new Map(found.map((each) => [each.name, mistakeCandidate(exercise, edition, each)]));
  return {
    reference: referenceCandidate(exercise, edition),
    starter: starterCandidate(exercise, edition),
    mistakes: named(await listMistakes(exercise, language)),
    alternatives: named(await listAlternatives(exercise, language)),
  };
}
