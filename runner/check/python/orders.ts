import type { Exercise, ExerciseEdition } from '../../catalog/model.ts';
import { referenceCandidate } from '../../grade/candidate.ts';
import { testId } from '../../grade/decide.ts';
import type { PythonHost } from '../../grade/python/client.ts';
import { pythonMaterial, pythonSuites } from '../../grade/python/suites.ts';
import type { Facts } from '../../grade/vitest/protocol.ts';
import type { ExerciseFacts } from '../facts.ts';

/** Milliseconds, of all tests and of one. */
const PATIENCE = { timeLimit: 60_000, testLimit: 10_000 };

/** Runs the reference of a Python edition in many orders, each in an interpreter of its own. */
export async function runOrders(
  python: PythonHost,
  exercise: Exercise,
  edition: ExerciseEdition,
  runs: number,
): Promise<ExerciseFacts['orders']> {
  const suites = await pythonSuites(exercise, edition);
  const material = await pythonMaterial(exercise);
  const candidate = referenceCandidate(exercise, edition);
  const failing: ExerciseFacts['orders']['failing'] = [];
  for (let seed = 1; seed <= runs; seed += 1) {
    const facts = await python.grade({ suites, candidate, material, order: seed, ...PATIENCE });
    const tests = failingIn(facts);
    if (tests.length > 0) failing.push({ seed, tests });
  }
  return { runs, failing };
}

function failingIn({ tests, loadErrors, unhandled, end }: Facts): string[] {
  return [
    ...tests.flatMap((test) => (test.status === 'passed' ? [] : [testId(test)])),
    ...[...loadErrors.map(({ error }) => error), ...unhandled].map(({ message }) => message),
    ...(end ? [`(${end.reason})`] : []),
  ];
}
