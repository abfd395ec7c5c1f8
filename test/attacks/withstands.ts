import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Verdict } from '../../runner/grade/verdict.ts';
import type { Boundary } from '../../runner/grade/vitest/protocol.ts';
import { readAttacks, type Attack } from './attack.ts';
import { CANARY, openLane, type Lane, type Outcome } from './lane.ts';

/** What is expected of attacks in one way of judging. */
export interface Expectations {
  readonly boundary: Boundary;
  /** Folders of attacks. */
  readonly from: readonly ('samples' | 'own')[];
  /** Attacks that pass, each with the reason; all others must not. */
  readonly passing: Readonly<Record<string, string>>;
  /** Attacks that print the suite, or parts of it, each with the reason. */
  readonly readsTheSuite: Readonly<Record<string, string>>;
}

/** Attacks after which a lane's next honest grading comes: a host that one of them has harmed stays harmed. */
const BETWEEN_HONEST = 5;

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Defines a test for each attack: it comes to a verdict, and nothing else comes of it. */
export function withstands(expected: Expectations): void {
  const { boundary, from } = expected;
  const attacks = from.flatMap((name) => readAttacks(join(import.meta.dirname, name)));

  const free: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];
  const rows: string[] = [];

  beforeAll(async () => {
    for (let n = Math.min(2, availableParallelism()); n > 0; n -= 1)
      free.push(await openLane(boundary));
  });

  afterAll(async () => {
    for (const lane of free) {
      await expectInOrder(lane);
      await lane[Symbol.asyncDispose]();
    }
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
        rows.push(row(attack, outcome));
        expectNoHarm(attack, outcome, expected);
        if (lane.attacks() % BETWEEN_HONEST === 0) await expectInOrder(lane);
        await vi.waitFor(() => {
          // What waits for the next save: one process, or a judge with its learner process.
          expect(lane.processes().length, lane.processes().join('\n')).toBeLessThanOrEqual(
            boundary === 'apart' ? 2 : 1,
          );
          expect(lane.folders().length).toBeLessThanOrEqual(1);
        }, 5_000);
      }),
    );
  });
}

async function expectInOrder(lane: Lane): Promise<void> {
  const honest = await lane.gradeHonest();
  expect(honest.kind, `the right kata, after ${lane.attacks()} attacks`).toBe('passed');
}

function expectNoHarm(
  attack: Attack,
  { verdicts, changed, reached }: Outcome,
  expected: Expectations,
): void {
  const passes = attack.id in expected.passing;
  for (const verdict of verdicts) {
    if (verdict === undefined) throw new Error('There was no verdict.');
    expect(verdict.kind, 'the grader itself is in order').not.toBe('broken');
    expect(verdict.kind === 'passed', why(verdict)).toBe(passes);
    expect(stringsOf(verdict).filter((text) => CONTROL.test(text))).toEqual([]);
    expect(loot(verdict, attack.id in expected.readsTheSuite)).toEqual([]);
  }
  expect(changed).toEqual([]);
  expect(reached, 'connections to the listener').toBe(0);
}

/** What a verdict gives away, also in the hexadecimal in which the attacks print what they find. */
function loot(verdict: Verdict, mayReadTheSuite: boolean): string[] {
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
    ...(mayReadTheSuite ? [] : [CANARY.suite]),
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
