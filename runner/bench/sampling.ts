import { setTimeout as delay } from 'node:timers/promises';

export interface Sampling {
  /** How many samples of each series are kept. */
  readonly samples: number;
  /** Rounds before these whose samples are dropped: they fill caches. */
  readonly dropped?: number;
  /** Milliseconds before each sample, at least. */
  readonly pause?: number;
  /** What else must have come to pass before each sample. */
  readonly ready?: () => Promise<unknown>;
}

/**
 * Takes the samples of several series in turn, one of each a round, so that whatever else the machine
 * does in the meantime hits all of them alike.
 *
 * @param takes takes a sample of a series, by its name; `turn` is another number at each call.
 * @returns the samples of each series, in the order in which they were taken.
 */
export async function sampleInTurn<Name extends string, Sample>(
  takes: Readonly<Record<Name, (turn: number) => Promise<Sample>>>,
  { samples, dropped = 1, pause = 0, ready = () => Promise.resolve() }: Sampling,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(takes) as Name[];
  const rounds: Record<Name, Sample>[] = [];
  let turn = 0;
  for (let round = 0; round < dropped + samples; round += 1) {
    const taken: [Name, Sample][] = [];
    for (const name of names) {
      await Promise.all([delay(pause), ready()]);
      taken.push([name, await takes[name]((turn += 1))]);
    }
    rounds.push(recordOf(taken));
  }
  const kept = rounds.slice(dropped);
  return recordOf(names.map((name) => [name, kept.map((round) => round[name])]));
}

function recordOf<Name extends string, Value>(
  entries: readonly (readonly [Name, Value])[],
): Record<Name, Value> {
  return Object.fromEntries(entries) as Record<Name, Value>;
}
