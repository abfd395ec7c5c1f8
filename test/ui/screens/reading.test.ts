import { describe, expect, test } from 'vitest';
import type { Screen } from '../../../runner/session/state.ts';
import { draw, drawn, LARGE, sentences } from '../../support/draw.tsx';
import { aCurrent, aState, failed, passed, sevenTests } from '../../support/states.ts';

const SOLUTION = {
  files: [{ name: 'kata.ts', text: 'export const answer = 42;\n' }],
  explanation: '# Why it works\n\nBecause of **order**.',
  suite: { name: 'hidden.test.ts', text: "test('is 42', () => {});\n" },
};

describe('the brief', () => {
  test('is drawn without its title, which the frame has, and tells where the reader is', () => {
    const lines = draw(aState({ screen: { name: 'brief', scroll: 0 } }), {
      columns: 80,
      rows: 14,
    });
    expect(lines.slice(0, 6)).toEqual([
      'Brief  In-process caches: LRU and TTL                               1-9 of 14  ↓',
      '─'.repeat(80),
      'A pricing service asks the database 2,000 times a second for the same forty',
      'products.',
      '',
      'Your task',
    ]);
  });

  test('stops at its end, however far the state says', () => {
    const lines = draw(aState({ screen: { name: 'brief', scroll: 999 } }), {
      columns: 80,
      rows: 14,
    });
    expect(lines[0]).toMatch(/6-14 of 14 ↑$/);
    expect(lines[10]).toBe('3. Expire entries');
  });

  test('has the hints that are shown at its end', () => {
    const state = aState({ screen: { name: 'brief', scroll: 0 }, current: aCurrent({ hints: 2 }) });
    const text = drawn(state, LARGE);
    expect(text).toContain('Hint 1 of 2: What is the order of use?');
    expect(text).toContain('Hint 2 of 2: How does an entry become young again?');
  });

  test('that fits needs no position', () => {
    expect(draw(aState({ screen: { name: 'brief', scroll: 0 } }), LARGE)[0]).toMatch(/TTL$/);
  });
});

describe('the details', () => {
  const screen: Screen = { name: 'output', scroll: 0 };

  test('hold every failure, and all that was printed, where it was printed', () => {
    const tests = sevenTests(undefined, 'passed').map((test) =>
      test.task === 3 ? { ...test, output: `from ${test.sentence}` } : test,
    );
    const text = drawn(
      aState({ screen, verdict: failed({ tests, output: 'loading', outputDropped: 5 }) }),
      LARGE,
    );
    expect(text).toContain('✘ evicts the entry that was read longest ago');
    expect(text).toContain('  Printed outside of the tests:\n  │ loading');
    expect(text).toContain(
      '  Printed by "reads do not prolong a life":\n  │ from reads do not prolong a life',
    );
    expect(text).toContain('5 bytes of output beyond the limit were dropped.');
  });

  test('say that nothing was printed', () => {
    expect(drawn(aState({ screen, verdict: passed() }))).toContain('Your code printed nothing.');
  });
});

describe('the solution', () => {
  const on = (page: 'explanation' | 'solution' | 'suite') =>
    drawn(
      aState({
        screen: { name: 'solution', page, scroll: 0 },
        current: aCurrent({ solution: SOLUTION }),
      }),
    );

  test('has three pages, and names the one that is shown', () => {
    expect(on('explanation')).toMatch(/^\[Why it works\] +Reference solution +Hidden suite/);
    expect(on('solution')).toMatch(/^ Why it works +\[Reference solution\] +Hidden suite/);
    expect(on('suite')).toMatch(/^ Why it works +Reference solution +\[Hidden suite\]/);
  });

  test('draws the explanation as text, code with line numbers', () => {
    expect(on('explanation')).toContain('Because of order.');
    expect(on('solution')).toContain('kata.ts\n1 │ export const answer = 42;\n');
    expect(on('suite')).toContain("hidden.test.ts\n1 │ test('is 42', () => {});\n");
  });

  test('is awaited', () => {
    const state = aState({ screen: { name: 'solution', page: 'explanation', scroll: 0 } });
    expect(drawn(state)).toContain('Reading…');
  });
});

test('the help lists the keys that work now, and how grading works', () => {
  const text = sentences(aState({ screen: { name: 'help', scroll: 0 }, verdict: failed() }));
  expect(text).toContain('This exercise Elsewhere');
  for (const key of ['h hint', 'p details', 'x reset', 'c check all passed', 'q quit']) {
    expect(text).toContain(key);
  }
  expect(text).toContain('a hidden suite that decides. Both have to pass.');
});

describe('the help in a window that is too low for it', () => {
  const LOW = { columns: 80, rows: 18 };
  const helpAt = (scroll: number) =>
    draw(aState({ screen: { name: 'help', scroll }, verdict: failed() }), LOW);

  test('tells that there is more below', () => {
    expect(helpAt(0)[0]).toMatch(/^Help .* 1-\d+ of \d+ {2}↓$/);
    expect(helpAt(0)).not.toContain('a backup.');
  });

  test('scrolls to its end', () => {
    expect(helpAt(999)[0]).toMatch(/↑$/);
    expect(helpAt(999)).toContain('a backup.');
  });
});
