import { describe, expect, test } from 'vitest';
import type { ClassPlan, Grade } from '../../runner/class/results.ts';
import { classCsv, classJunit, classText } from '../../runner/report/class.ts';

function grade(learner: string, exercise: string, changes: Partial<Grade> = {}): Grade {
  return {
    type: 'grade',
    learner,
    exercise,
    key: 'k',
    verdict: 'passed',
    passed: 3,
    total: 3,
    failing: [],
    boundary: 'apart',
    duration: 1234,
    ...changes,
  };
}

const none = { plan: undefined, conflicts: [], damaged: 0 };

describe('the table of a class', () => {
  test('has a row for each learner and a column for each exercise', () => {
    const text = classText(
      [
        grade('ada', 'adder'),
        grade('ada', 'cache', { verdict: 'failed', passed: 1, failing: ['adds'] }),
        grade('bob', 'adder', { verdict: 'not-begun' }),
        grade('bob', 'cache', { verdict: 'timed-out' }),
      ],
      none,
    );
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['learner', 'adder', 'cache', 'passed'],
      [expect.stringMatching(/^-+$/), expect.any(String), expect.any(String), expect.any(String)],
      ['ada', 'passed', '1 of 3', '1'],
      ['bob', 'not begun', 'timed-out', '0'],
      ['passed', '1', '0', '1'],
    ]);
  });

  test('names what was not judged apart', () => {
    const text = classText([grade('ada', 'adder', { boundary: 'together' })], none);
    expect(text).toContain('passed*');
    expect(text).toMatch(/a pass can be forged .*: ada\/adder/);
  });

  test('names what is missing, what two files disagree on, and what cannot be read', () => {
    const jobs = [
      { learner: 'ada', exercise: 'adder' },
      { learner: 'bob', exercise: 'adder' },
    ];
    const plan: ClassPlan = { type: 'plan', version: 1, jobs, learners: ['ada', 'bob'] };
    const text = classText([grade('ada', 'adder')], {
      plan,
      conflicts: [{ learner: 'ada', exercise: 'adder' }],
      damaged: 1,
    });
    expect(text).toContain('Not graded yet: 1 submission (bob/adder).');
    expect(text).toContain('Two files disagree, and the one named last counts: ada/adder');
    expect(text).toContain('1 line of the results cannot be read');
  });
});

describe('results as CSV', () => {
  test('quote what needs it, and leave no formula to a spreadsheet', () => {
    const rows = classCsv([grade('=cmd(), "x"', 'adder')]).split('\r\n');
    expect(rows[1]).toBe('"\'=cmd(), ""x""",adder,passed,3,3,1234,apart');
  });
});

describe('results as JUnit', () => {
  test('count and name what fails, in XML whatever a learner has printed', () => {
    const xml = classJunit([
      grade('ada', 'adder'),
      grade('ada', 'cache', { verdict: 'failed', passed: 1, failing: ['a < b & "c"\u0007'] }),
      grade('ada', 'pool', { verdict: 'not-begun' }),
    ]);
    expect(xml).toContain('<testsuite name="ada" tests="3" failures="1" errors="0" skipped="1">');
    expect(xml).toContain('a &lt; b &amp; &quot;c&quot;\ufffd');
    expect(xml).toContain('<skipped message="not begun"/>');
    expect(xml).toContain('time="1.234"');
  });
});
