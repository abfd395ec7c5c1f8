import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { PythonHost } from '../../../runner/grade/python/client.ts';
import type { RawError } from '../../../runner/grade/vitest/protocol.ts';

// What a learner reads when an assertion of a suite fails: both sides, or a sentence as good.

/** A table's row: what fails, then what is read: message, expected, received. */
type Row = readonly [string, string, string?, string?];

const METHODS: readonly Row[] = [
  ['self.assertEqual([1], [2])', 'the values are not equal', '[2]', '[1]'],
  ['self.assertEqual(1, 2, "of two calls")', 'of two calls', '2', '1'],
  ['self.assertListEqual([1], [2])', 'the values are not equal', '[2]', '[1]'],
  ['self.assertCountEqual([1], [2])', 'the values are not equal', '[2]', '[1]'],
  ['self.assertNotEqual(1, 1)', 'the values are equal', 'anything but 1', '1'],
  ['self.assertLess(5, 3)', 'the value is too large', 'less than 3', '5'],
  ['self.assertLessEqual(5, 3)', 'the value is too large', 'at most 3', '5'],
  ['self.assertGreater(3, 5)', 'the value is too small', 'more than 5', '3'],
  ['self.assertGreaterEqual(3, 5)', 'the value is too small', 'at least 5', '3'],
  ['self.assertLess(5, 3, msg="calls")', 'calls', 'less than 3', '5'],
  ['self.assertTrue([])', 'the value is not true', 'a true value', '[]'],
  ['self.assertFalse("no")', 'the value is not false', 'a false value', "'no'"],
  ['self.assertIsNone(4)', 'the value is not None', 'None', '4'],
  ['self.assertIsNotNone(None)', 'the value is None', 'anything but None', 'None'],
  ['self.assertIs(2, 3)', 'it is another object', '3', '2'],
  [
    'self.assertIs([1], [1])',
    'it is another object',
    '[1], the very same object: an equal one will not do',
    '[1]',
  ],
  ['self.assertIsNot(None, None)', 'it is the same object', 'another object', 'None'],
  [
    'self.assertIsInstance("4", (int, float))',
    'the type is wrong',
    'an instance of int or float',
    "'4', which is of type str",
  ],
  [
    'self.assertAlmostEqual(1.5, 2)',
    'the values are too far apart',
    '2 (to 7 decimal places)',
    '1.5',
  ],
  [
    'self.assertAlmostEqual(1.5, 2, delta=0.1)',
    'the values are too far apart',
    '2 (to within 0.1)',
    '1.5',
  ],
  ['self.assertRegex("ab", "c+")', 'the text does not match', "text that matches 'c+'", "'ab'"],
  ['self.assertIn(4, [1, 2])', '4 is not in [1, 2]'],
  ['self.assertIn("k", {}, "after set()")', "after set(): 'k' is not in {}"],
  ['self.assertNotIn(1, [1, 2])', '1 is in [1, 2]'],
  ['self.assertRaises(KeyError, int)', 'nothing was raised', 'KeyError', 'no error'],
  [
    'with self.assertRaises((KeyError, OSError)): pass',
    'nothing was raised',
    'KeyError or OSError',
  ],
  ['with self.assertRaises(KeyError, msg="of an empty cache"): pass', 'of an empty cache'],
  [
    'with self.assertRaisesRegex(ValueError, "below"): raise ValueError("above")',
    'the error says something else',
    "ValueError whose message matches 'below'",
    "ValueError: 'above'",
  ],
  [
    'with self.subTest("small", n=3, who="Ada"): self.assertEqual(1, 2)',
    "With small, n=3, who='Ada': the values are not equal",
    '2',
    '1',
  ],
];

const BARE: readonly Row[] = [
  ['assert 1 + 1 == 3', 'assert 1 + 1 == 3', '3', '2'],
  ['assert 1 == 2, "of two calls"', 'of two calls: assert 1 == 2', '2', '1'],
  ['assert 5 < 3', 'assert 5 < 3', 'less than 3', '5'],
  ['assert 3 >= 5', 'assert 3 >= 5', 'at least 5', '3'],
  ['assert 3 != 3', 'assert 3 != 3', 'anything but 3', '3'],
  ['x = 4\n    assert x is None', 'assert x is None', 'None', '4'],
  ['x = None\n    assert x is not None', 'assert x is not None', 'anything but None', 'None'],
  ['x = 4\n    assert x in [1]', 'assert x in [1]: 4 is not in [1]'],
  ['x = 1\n    assert x not in [1]', 'assert x not in [1]: 1 is in [1]'],
  ['x = [3]\n    assert not x', 'assert not x, which is [3]'],
  ['x = []\n    assert x', 'assert x, which is []'],
];

const numbered = (rows: readonly Row[], test: (body: string, number: number) => string): string =>
  rows.map(([lines], index) => test(lines, index)).join('');

let errors: ReadonlyMap<string, RawError | undefined>;
beforeAll(async () => {
  const cache = join(import.meta.dirname, '../../../node_modules/.cache/backend-dojo/python');
  const host = new PythonHost(cache);
  const methods = numbered(METHODS, (body, n) => `    def test_${n}(self):\n        ${body}\n`);
  const bare = numbered(BARE, (body, n) => `def test_bare_${n}():\n    ${body}\n`);
  const { tests } = await host.grade({
    suites: [
      {
        name: 'examples',
        source: `import unittest\nclass T(unittest.TestCase):\n${methods}${bare}`,
      },
    ],
    candidate: { files: new Map(), folder: '' },
    timeLimit: 20_000,
    testLimit: 20_000,
  });
  await host.close();
  errors = new Map(tests.map(({ titles, errors: [first] }) => [titles.join(' '), first]));
}, 60_000);

function expectTold(test: string, [, message, expected, received]: Row): void {
  expect(errors.get(test)).toMatchObject({
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
  });
}

test.each(METHODS.map((row, index) => [row[0], index, row] as const))('%s', (_, index, row) =>
  expectTold(`T ${index}`, row),
);

test.each(BARE.map((row, index) => [row[0], index, row] as const))('%s', (_, index, row) =>
  expectTold(`bare ${index}`, row),
);
