import type { TestResult } from './verdict.ts';

/** Numbers of the tasks whose tests all passed, in order. */
export function doneTasks(tests: readonly TestResult[]): readonly number[] {
  const numbers = [...new Set(tests.map((test) => test.task))].sort((a, b) => a - b);
  return numbers.filter((number) =>
    tests.every((test) => test.task !== number || test.status === 'passed'),
  );
}
