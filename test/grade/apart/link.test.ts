import { expect, test } from 'vitest';
import { Link } from '../../../runner/grade/apart/judge/link.ts';
import { Liar, LyingChannel } from './lies.ts';

class Halted extends Error {}

/** A link to a liar; what would end a grading throws here. */
function linkTo(liar: Liar): Link {
  return new Link(new LyingChannel(liar, 60), {
    halt: (reason, why) => {
      throw new Halted(`${reason}: ${why}`);
    },
    print: () => undefined,
    unhandled: () => undefined,
  });
}

/** Does with a value what a suite might: calls it, reads it, compares it. */
function use(value: unknown, liar: Liar, depth = 0): void {
  if (depth > 3) return;
  if (typeof value === 'function') {
    const call = value as (...args: unknown[]) => unknown;
    call(1, { a: [] }, () => 'called back');
    Reflect.get(value, liar.word());
    Reflect.construct(value, [new Map()]);
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value).slice(0, 4)) use(Reflect.get(value, key), liar, depth + 1);
    expect({ id: 'the answer of the judge' }).not.toEqual(value);
  }
}

test('2,000 programs that lie end in an error or in plain wrong values, never in a match', () => {
  let halted = 0;
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const liar = new Liar(seed);
    const link = linkTo(liar);
    const module = { path: '/kata.ts', map: '{"version":3,"sources":[],"names":[],"mappings":""}' };
    for (let step = 0; step < 4; step += 1) {
      try {
        const exports = link.load({ ...module, code: '' }, 'copied');
        for (const value of Object.values(exports)) use(value, liar);
        link.setGlobal('fetch', undefined);
        use(link.drive('() => 1', [[1, 2]]), liar);
      } catch (error) {
        if (error instanceof Halted) halted += 1;
        if (error instanceof Error && error.name === 'AssertionError')
          expect.fail(`seed ${seed}: a lie matched: ${error.message}`);
      }
    }
  }
  expect(halted, 'how many were found out').toBeGreaterThan(1_000);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});
