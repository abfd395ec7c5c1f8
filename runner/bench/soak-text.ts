import type { SoakReport } from './soak.ts';
import { summarize } from './statistics.ts';
import { table } from '../report/table.ts';
import { figure } from './text.ts';
import { totalOf, type WatchMemory } from './watch-memory.ts';

/** Whether every save got its own verdict, and nothing was left behind. */
export function heldOut({ lost, stale, left, journal }: SoakReport): boolean {
  return lost.length + stale.length + left.length + journal.damaged === 0;
}

/** A soak as a person reads it. */
export function soakText(report: SoakReport): string {
  const { plan, kinds, overtaken, lost, stale, memory, left, journal } = report;
  const saves = kinds.reduce((sum, kept) => sum + kept.saves, 0);
  const verdicts = kinds.reduce((sum, kept) => sum + kept.waits.length, 0);
  const minutes = figure(plan.duration / 60_000, 'ms');
  return [
    `Soak of ${minutes} minutes, seed ${plan.seed}: ${saves} saves, and ${overtaken} that were overtaken by the next one`,
    table(
      [
        { title: 'the kata', align: 'left' },
        { title: 'saves', align: 'right' },
        { title: 'verdicts', align: 'right' },
        { title: 'p50 ms', align: 'right' },
        { title: 'max ms', align: 'right' },
      ],
      kinds.map(({ kind, saves: count, waits }) => {
        const { p50, max } = summarize(waits);
        return [kind, String(count), String(waits.length), figure(p50, 'ms'), figure(max, 'ms')];
      }),
    ),
    [
      `lost saves:             ${saves - verdicts}`,
      `stale verdicts:         ${stale.length}`,
      `memory at rest, MB:     ${byThirds(memory.map(totalOf))} (${memory.length} looks)`,
      ...partsOf(memory).map(
        (part) => `${`  ${part}:`.padEnd(24)}${byThirds(memory.map((look) => look[part] ?? 0))}`,
      ),
      `processes left behind:  ${left.length}`,
      `journal:                ${journal.entries} entries, ${journal.damaged} damaged`,
    ].join('\n'),
    ...[...lost, ...stale, ...left],
  ].join('\n\n');
}

/** First, middle and last third: a growth shows, a moment does not. */
function byThirds(memory: readonly number[]): string {
  if (memory.length === 0) return 'not measured';
  const third = Math.ceil(memory.length / 3);
  const parts = [memory.slice(0, third), memory.slice(third, -third), memory.slice(-third)];
  const [first, middle, last] = parts.map((part) =>
    part.length === 0 ? '-' : Math.round(summarize(part).p50),
  );
  return `${first} in the first third, ${middle} in the second, ${last} in the last`;
}

function partsOf(memory: readonly WatchMemory[]): string[] {
  return [...new Set(memory.flatMap((look) => Object.keys(look)))];
}
