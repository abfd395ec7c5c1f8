import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileKata } from '../grade/compile.ts';
import { RUNNER } from '../location.ts';
import { runNode } from '../process/child.ts';
import { ok, warning, type Finding } from './finding.ts';

/** What the bench needs of the grader: one verdict on a right kata. */
export interface Gradable {
  grade(): Promise<void>;
  /** A TypeScript kata and its folder. */
  readonly kata: { readonly path: string; readonly folder: string };
}

/** Milliseconds that are spent on verdicts. */
const BUDGET = 3_000;
/** Between two saves; the next process gets ready. */
const PAUSE = 300;
const SLOW = 150;

/** A five-second bench: how fast this machine starts a process, compiles a kata and grades it. */
export async function checkSpeed(gradable: Gradable | undefined): Promise<Finding[]> {
  const nothing = join(RUNNER, 'doctor', 'nothing.mjs');
  const start = await median(5, () => runNode(nothing, [], { env: {}, cwd: tmpdir() }));
  if (!gradable) return [ok('Start of a bare process', `${start} ms`)];
  const { path, folder } = gradable.kata;
  const compile = await median(5, () => compileKata(path, folder));
  await gradable.grade();
  const verdict = await median(Math.floor(BUDGET / (PAUSE + 50)), () => gradable.grade(), PAUSE);
  return [
    ok('Start of a bare process', `${start} ms`),
    ok('Compiling a kata', `${compile} ms`),
    verdict <= SLOW
      ? ok('Save to verdict', `${verdict} ms`)
      : warning(
          'Save to verdict',
          `${verdict} ms`,
          'Close what keeps the machine busy; on battery, plug it in.',
        ),
  ];
}

async function median(times: number, task: () => Promise<unknown>, pause = 0): Promise<number> {
  const samples: number[] = [];
  for (let count = 0; count < Math.max(1, times); count += 1) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const begin = performance.now();
    await task();
    samples.push(performance.now() - begin);
  }
  samples.sort((a, b) => a - b);
  return Math.round(samples[Math.floor(samples.length / 2)] ?? 0);
}
