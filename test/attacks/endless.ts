import { createGrader } from '../../runner/grade/grader.ts';
import { folderCandidate } from '../../runner/grade/candidate.ts';
import { kataProject } from '../support/kata-project.ts';

// A program of its own: it grades a kata that never ends, says so, and waits to be killed.

const { root, exercise, edition, write } = kataProject();
const grader = createGrader(root);
write(
  'workspace/kata.ts',
  'export function add(a: number, b: number): number { for (;;) a += b; }',
);
await grader.grade(exercise, edition, folderCandidate(edition, exercise.solutionFolder));
void grader.grade(
  { ...exercise, timeLimit: 60_000 },
  edition,
  folderCandidate(edition, `${root}/workspace`),
);
// By then it is in its loop.
setTimeout(() => process.stdout.write('grading\n'), 2_000);
