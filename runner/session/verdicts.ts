import { doneTasks } from '../grade/tasks.ts';
import type { Verdict } from '../grade/verdict.ts';
import { isPassed } from './progress.ts';
import { stay } from './screens.ts';
import type { Effect, RunCause, Shown, State, Step } from './state.ts';
import { record, run } from './steps.ts';

/** A grading is over: its verdict is shown and written down, unless it is stale. */
export function graded(state: State, id: number, verdict: Verdict): Step {
  if (state.run.state !== 'running' || state.run.id !== id || !state.current) return stay(state);
  const { again, cause } = state.run;
  const idle: State = { ...state, run: { state: 'idle' } };
  if (again) return run(idle, cause);
  if (verdict.kind === 'aborted') return stay(idle);
  const { current } = state;
  const firstPass = verdict.kind === 'passed' && !isPassed(state, current);
  // What was done when the exercise was opened did not fall now.
  const before = state.run.cause === 'opened' ? doneTasks(verdict.tests) : [];
  const tasksBefore = state.shown ? tasksDone(state.shown) : before;
  return {
    state: {
      ...idle,
      current: firstPass ? { ...current, newlyPassed: true } : current,
      shown: { verdict, firstPass, unlocked: [], tasksBefore },
    },
    effects: [...records(state, verdict, cause, firstPass), ...doubts(state, verdict, cause)],
  };
}

/** A verdict whose tests never ran says nothing about the tasks that were done before it. */
function tasksDone({ verdict: { tests }, tasksBefore }: Shown): readonly number[] {
  return tests.some(({ status }) => status !== 'not-run') ? doneTasks(tests) : tasksBefore;
}

/** Nobody has made a mistake yet who has only opened a kata. */
function doubts({ current }: State, verdict: Verdict, cause: RunCause): readonly Effect[] {
  if (!current || verdict.kind !== 'failed' || cause === 'opened') return [];
  const { slug } = current.exercise;
  return [{ type: 'recognize', slug, edition: current.edition, verdict }];
}

/** Only real verdicts are written down, and only of what the learner did. */
function records(
  state: State,
  verdict: Verdict,
  cause: RunCause,
  firstPass: boolean,
): readonly Effect[] {
  const { current } = state;
  if (!current || verdict.kind === 'aborted' || verdict.kind === 'broken') return [];
  if (cause === 'opened' && !firstPass) return [];
  const base = { slug: current.exercise.slug, edition: current.edition };
  const attempt = record({
    type: 'attempt',
    ...base,
    verdict: verdict.kind,
    passed: verdict.tests.filter((test) => test.status === 'passed').length,
    total: verdict.tests.length,
    duration: Math.round(verdict.duration),
  });
  return verdict.kind === 'passed' ? [attempt, record({ type: 'pass', ...base })] : [attempt];
}
