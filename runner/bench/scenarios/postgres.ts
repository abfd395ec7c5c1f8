import { measureHeavyKata } from '../heavy-kata.ts';
import type { Scenario } from '../scenario.ts';

/** A kata whose suite asks a real Postgres. */
export const postgres: Scenario = {
  name: 'postgres',
  summary: 'a Postgres kata (window-functions), warm',
  run: (plan) =>
    measureHeavyKata(
      {
        name: 'postgres',
        slug: 'window-functions',
        subject: 'Postgres kata',
        limitOf: ['adopted'],
        above: 'what the engine needs; the queries themselves count as tests',
        comment: '--',
      },
      plan,
    ),
};
