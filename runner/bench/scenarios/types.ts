import { measureHeavyKata } from '../heavy-kata.ts';
import type { Scenario } from '../scenario.ts';

/** A kata whose suite runs the TypeScript compiler on it. */
export const types: Scenario = {
  name: 'types',
  summary: 'a type kata (type-narrowing), warm',
  run: (plan) =>
    measureHeavyKata(
      {
        name: 'types',
        slug: 'type-narrowing',
        subject: 'Type kata',
        limitOf: ['esbuild', 'adopted'],
        above: 'what the engine needs; the compiler itself counts as tests',
        comment: '//',
      },
      plan,
    ),
};
