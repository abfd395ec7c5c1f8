import type { Task } from '../catalog/model.ts';
import { doneTasks } from '../grade/tasks.ts';
import type { TestResult, Verdict } from '../grade/verdict.ts';

/** One task of a brief, as a verdict leaves it. */
export interface Stair {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'current' | 'to-come';
  readonly examples: readonly TestResult[];
  readonly hidden: readonly TestResult[];
}

/**
 * The tasks of a brief as a staircase: those done, the first one that is not, those to come.
 * `doneBefore` stands in for a verdict whose tests never ran. Tests that belong to no task make
 * a last stair of their own.
 */
export function staircase(
  tasks: readonly Task[],
  verdict: Verdict | undefined,
  doneBefore: readonly number[] = [],
): readonly Stair[] {
  const tests = verdict?.tests ?? [];
  const ran = tests.some((test) => test.status !== 'not-run');
  const done = ran ? doneTasks(tests) : doneBefore;
  const known = new Set(tasks.map((task) => task.number));
  const others = tests.some((test) => !known.has(test.task))
    ? [{ number: 0, title: 'Beyond the tasks' }]
    : [];
  const stairs = [...tasks, ...others];
  const current = stairs.find((task) => !done.includes(task.number));
  return stairs.map(({ number, title }) => {
    const own = tests.filter((test) => (known.has(test.task) ? test.task : 0) === number);
    return {
      number,
      title,
      state: done.includes(number) ? 'done' : number === current?.number ? 'current' : 'to-come',
      examples: own.filter((test) => test.suite === 'examples'),
      hidden: own.filter((test) => test.suite === 'hidden'),
    };
  });
}

/** `2 of 3`: how many of these tests passed. */
export function passedOf(tests: readonly TestResult[]): string {
  return `${tests.filter((test) => test.status === 'passed').length} of ${tests.length}`;
}
