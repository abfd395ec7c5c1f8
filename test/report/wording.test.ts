import { expect, test } from 'vitest';
import {
  duration,
  headline,
  passSentence,
  plural,
  sentenceList,
} from '../../runner/report/wording.ts';
import { aTest, broken, crashed, failed, passed, timedOut, unrunnable } from '../support/states.ts';

test('counts are words that agree with their number', () => {
  expect(plural(0, 'test')).toBe('no tests');
  expect(plural(1, 'test')).toBe('1 test');
  expect(plural(2, 'entry', 'entries')).toBe('2 entries');
});

test('durations have the unit that suits them', () => {
  expect([0.4, 34.2, 999, 1000, 1234, 9949, 12_400].map(duration)).toEqual([
    '0 ms',
    '34 ms',
    '999 ms',
    '1 s',
    '1.2 s',
    '9.9 s',
    '12 s',
  ]);
});

test('lists read as a sentence does', () => {
  expect(sentenceList([])).toBe('');
  expect(sentenceList(['A'])).toBe('A');
  expect(sentenceList(['A', 'B', 'C'])).toBe('A, B and C');
});

test('every kind of verdict has a headline that needs neither symbol nor colour', () => {
  const say = (verdict: Parameters<typeof headline>[0]) => headline(verdict, 'kata.ts');
  expect(say(passed())).toBe('All 7 tests pass.');
  expect(say(passed({ tests: [aTest({ sentence: 'works' })] }))).toBe('The one test passes.');
  expect(say(failed())).toBe('Not yet: 4 of 7 tests pass, 2 did not run.');
  expect(say(unrunnable())).toBe('kata.ts does not run yet, so no test was run.');
  expect(say(timedOut())).toBe('Stopped after 10 s: the code had not finished.');
  expect(say(crashed())).toBe('The run ended before it could report.');
  expect(say(broken())).toBe('This is our fault, not yours: the check could not be made.');
});

test('an error that nothing waited for is named although all tests pass', () => {
  const tests = [aTest({ sentence: 'works' }), aTest({ sentence: 'works again' })];
  expect(headline(failed({ tests }), 'kata.ts')).toBe(
    'Not yet: all 2 tests pass, but an error was left unhandled.',
  );
});

test('a pass tells what it took', () => {
  expect(passSentence('Joins', 1, 0)).toBe('"Joins" is yours, at the first attempt.');
  expect(passSentence('Joins', 7, 2)).toBe('"Joins" is yours, after 7 attempts, with 2 hints.');
});
