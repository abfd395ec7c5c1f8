import { describe, expect, test } from 'vitest';
import type { KnownMistake } from '../../runner/grade/known-mistakes.ts';
import { likelyMistake } from '../../runner/grade/likeness.ts';

// Two tasks of five tests each: a1 to a5 and b1 to b5.
const IDS = ['a', 'b'].flatMap((task) => [1, 2, 3, 4, 5].map((number) => `${task}${number}`));

function graded(...failing: readonly string[]) {
  return IDS.map((id) => {
    const status: 'failed' | 'passed' = failing.includes(id) ? 'failed' : 'passed';
    return { id, task: id.startsWith('a') ? 1 : 2, status };
  });
}

function mistake(name: string, ...failing: readonly string[]): KnownMistake {
  return { name, sentence: `You did ${name}.`, failing: new Set(failing) };
}

const EARLY = mistake('early', 'a1', 'a2', 'a3', 'b1');
const LATE = mistake('late', 'a4', 'b2');

describe('a failure', () => {
  test('looks like the mistake that fails the same tests', () => {
    expect(likelyMistake(graded('a1', 'a2', 'a3', 'b1'), [LATE, EARLY])).toBe(EARLY);
  });

  test('still looks like it with one test of four more or less', () => {
    expect(likelyMistake(graded('a1', 'a2', 'a3'), [LATE, EARLY])).toBe(EARLY);
    expect(likelyMistake(graded('a1', 'a2', 'a3', 'b1', 'b5'), [LATE, EARLY])).toBe(EARLY);
  });

  test('looks like nothing where it has too little in common with any', () => {
    expect(likelyMistake(graded('a1', 'a2'), [LATE, EARLY])).toBeUndefined();
    expect(likelyMistake(graded('a5'), [LATE, EARLY])).toBeUndefined();
  });

  test('looks like nothing where two mistakes explain it about as well', () => {
    const twin = mistake('twin', 'a1', 'a2', 'a3', 'b1');
    const sister = mistake('sister', 'a1', 'a2', 'a3', 'b1', 'b2');
    for (const other of [twin, sister])
      expect(likelyMistake(graded('a1', 'a2', 'a3', 'b1'), [EARLY, other])).toBeUndefined();
  });

  test('is compared in the tasks that have been begun: the others fail for a reason of their own', () => {
    const undone = ['b1', 'b2', 'b3', 'b4', 'b5'];
    expect(likelyMistake(graded('a4', ...undone), [LATE, EARLY])).toBe(LATE);
  });

  test('of which nothing is done looks like nothing, and so does work that is merely not finished', () => {
    const thorough = mistake('thorough', ...IDS);
    expect(likelyMistake(graded(...IDS), [thorough])).toBeUndefined();
    const second = mistake('second', 'b1', 'b2', 'b3', 'b4', 'b5');
    expect(likelyMistake(graded(...second.failing), [second])).toBeUndefined();
  });

  test('is none when every test passes', () => {
    expect(likelyMistake(graded(), [EARLY])).toBeUndefined();
  });
});
