import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { readAttacks, type Attack } from './attack.ts';
import { CANARY, openLane, type Lane, type Outcome } from './lane.ts';

// What is promised of these, and what is not: docs/integrity.md.

/** Right solutions: they must pass, odd as they are. */
const RIGHT = ['00', '02'];

/**
 * Wrong solutions that pass, because suite and kata share one realm: whoever changes what the suite
 * works with changes what it finds. One that is missing here and passes is a regression; one that is
 * here and fails is an improvement, and leaves this table.
 */
const FORGED: Readonly<Record<string, string>> = {
  B01: 'replaces the matchers by way of expect.extend',
  B07: 'replaces the bodies of the tests on their way into a WeakMap',
  B11: 'rewrites the results before they are sent',
  B13: 'catches what an assertion in a callback throws',
  B15: 'replaces the bodies of the tests on their way through Function.prototype.call',
  C01: 'replaces Object.is, on which toBe rests',
  C05: 'replaces Promise.prototype.then, so that nothing is ever rejected',
  C07: 'a setter on Object.prototype turns failed results into passed ones',
};

/** These print the suite, or parts of it: it is in their own process. */
const READS_THE_SUITE: Readonly<Record<string, string>> = {
  E06: 'a callback that the suite hands over tells its own source',
  E22: 'the process may ask the host for its own suites once more',
  E28: 'so do the bodies of the tests, caught as they are registered',
};

const attacks = ['samples', 'own'].flatMap((name) => readAttacks(join(import.meta.dirname, name)));

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const free: Lane[] = [];
const waiting: ((lane: Lane) => void)[] = [];
const rows: string[] = [];

beforeAll(async () => {
  for (let n = Math.min(2, availableParallelism()); n > 0; n -= 1) free.push(await openLane());
});

afterAll(async () => {
  for (const lane of free) await lane[Symbol.asyncDispose]();
  if (process.env.ATTACK_TABLE) process.stdout.write(`${rows.sort().join('\n')}\n`);
});

/** Runs something in a lane that nothing else runs in meanwhile. */
async function inLane(run: (lane: Lane) => Promise<void>): Promise<void> {
  const lane = free.pop() ?? (await new Promise<Lane>((resolve) => waiting.push(resolve)));
  try {
    await run(lane);
  } finally {
    const next = waiting.shift();
    if (next) next(lane);
    else free.push(lane);
  }
}

describe.concurrent('an attack', () => {
  test.each(
    attacks.map((attack) => [`${attack.id} ${attack.name}: ${attack.tries}`, attack] as const),
  )('%s', (_, attack) =>
    inLane(async (lane) => {
      const outcome = await lane.attack(attack);
      const honest = await lane.gradeHonest();
      rows.push(row(attack, outcome));
      expectNoHarm(attack, outcome);
      expect(honest.kind, 'the kata after it').toBe('passed');
      await vi.waitFor(() => {
        // One process waits for the next save.
        expect(lane.processes().length, lane.processes().join('\n')).toBeLessThanOrEqual(1);
        expect(lane.folders().length).toBeLessThanOrEqual(1);
      }, 5_000);
    }),
  );
});

function expectNoHarm(attack: Attack, { verdicts, changed, reached }: Outcome): void {
  const passes = attack.id in FORGED || RIGHT.includes(attack.id);
  for (const verdict of verdicts) {
    if (verdict === undefined) throw new Error('There was no verdict.');
    expect(verdict.kind, 'the grader itself is in order').not.toBe('broken');
    expect(verdict.kind === 'passed', why(verdict)).toBe(passes);
    expect(stringsOf(verdict).filter((text) => CONTROL.test(text))).toEqual([]);
    expect(loot(verdict, attack)).toEqual([]);
  }
  expect(changed).toEqual([]);
  expect(reached, 'connections to the listener').toBe(0);
}

/** What a verdict gives away, also in the hexadecimal in which the attacks print what they find. */
function loot(verdict: Verdict, { id }: Attack): string[] {
  const texts = stringsOf(verdict);
  const found = texts.flatMap((text) =>
    [...text.matchAll(/LOOT:([0-9a-f]+)/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').toString(),
    ),
  );
  const all = [...texts, ...found].join('\n');
  return [
    CANARY.environment,
    CANARY.home,
    ...(id in READS_THE_SUITE ? [] : [CANARY.suite]),
    'SIGNALLED',
    'NATIVE_LOADED',
    'PERSISTED 15',
  ].filter((secret) => all.includes(secret));
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** A verdict in a line: what a learner would be told first. */
function why(verdict: Verdict): string {
  if (verdict.kind === 'crashed' || verdict.kind === 'broken') return verdict.message;
  if (verdict.kind === 'unrunnable') return verdict.failure.message;
  const unhandled = verdict.kind === 'failed' ? verdict.unhandled : [];
  const failed = verdict.tests.flatMap(({ failure }) => (failure ? [failure] : []));
  return [...unhandled, ...failed][0]?.message ?? '';
}

function row({ id, name }: Attack, { verdicts, changed, reached }: Outcome): string {
  const told = verdicts.map((verdict) =>
    verdict
      ? `${verdict.kind} in ${Math.round(verdict.duration)} ms: ${why(verdict).split('\n')[0]}`
      : 'hung',
  );
  return [id, name, ...told, `changed ${changed.length}`, `reached ${reached}`].join(' | ');
}
