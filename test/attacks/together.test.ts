import { withstands } from './withstands.ts';

// What is promised of these, and what is not: docs/integrity.md.

/**
 * Besides two right ones, wrong solutions that pass, because suite and kata share one realm: whoever changes what the suite
 * works with changes what it finds. One that is missing here and passes is a regression; one that is
 * here and fails is an improvement, and leaves this table.
 */
const passing = {
  '00': 'is right',
  '02': 'is right',
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
const readsTheSuite = {
  E06: 'a callback that the suite hands over tells its own source',
  E22: 'the process may ask the host for its own suites once more',
  E28: 'so do the bodies of the tests, caught as they are registered',
};

withstands({ boundary: 'together', from: ['samples', 'own'], passing, readsTheSuite });
