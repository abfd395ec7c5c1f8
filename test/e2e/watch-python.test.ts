import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClone, type Clone } from '../support/clone.ts';
import { exercise } from '../support/project.ts';
import { openScreen, type Screen } from '../support/pty.ts';

// One learner who takes Python, in a real terminal: each test goes on where the one before it ended.

const SUITE = `import unittest
from kata import answer

class Answer(unittest.TestCase):
    """1. Answer"""

    def test_it_is_42(self):
        self.assertEqual(answer(), 42)
`;

function bilingual(folder: string): Readonly<Record<string, string>> {
  return exercise(folder, {
    exercise: {
      'kata.py': 'def answer() -> int:\n    raise NotImplementedError\n',
      'examples_test.py': SUITE,
    },
    solution: { 'kata.py': 'def answer() -> int:\n    return 42\n', 'hidden_test.py': SUITE },
  });
}

const TRACK = `title: Two languages
blurb: For tests that play a learner. It ends soon.
position: 1
phases:
  - title: All of it
    topics:
      - title: Answers
        exercises: [first-answer, typed-answer, last-answer]
`;

let clone: Clone;
let screen: Screen;
const save = (folder: string, text: string): Promise<void> =>
  writeFile(clone.kata(folder, 'kata.py'), text);

beforeAll(async () => {
  clone = await makeClone({
    ...bilingual('odd/first-answer'),
    ...exercise('odd/typed-answer'),
    ...bilingual('odd/last-answer'),
    'tracks/tiny.yaml': TRACK,
  });
});
afterAll(async () => {
  screen.close();
  await clone.remove();
});

describe('a learner who takes Python', { timeout: 60_000 }, () => {
  test('chooses it at the first start, and gets a Python kata', async () => {
    screen = openScreen(clone);
    await screen.sees('Welcome');
    screen.press('enter');
    await screen.sees('Two languages');
    screen.press('enter');
    await screen.sees('Choose your language', 'Python');
    screen.press('down', 'enter');
    await screen.sees('Title of first-answer', 'kata.py', 'NotImplementedError');
    expect(screen.text()).toContain('1 not in Python yet');
  });

  test('fails with the line, fixes it, and passes', async () => {
    await save('odd/first-answer', 'def answer() -> int:\n    return fourty\n');
    await screen.sees("NameError: name 'fourty' is not defined", 'kata.py:2');
    await save('odd/first-answer', 'def answer() -> int:\n    return 42\n');
    await screen.sees('All 2 tests pass');
  });

  test('goes on to the next one that is written in Python', async () => {
    screen.press({ text: 'n' });
    await screen.sees('Title of last-answer', 'NotImplementedError');
  });

  test('is offered the TypeScript edition of the others', async () => {
    screen.press({ text: 'l' }, 'up');
    await screen.sees('Not written in Python yet. It opens in TypeScript');
    screen.press('enter');
    await screen.sees('Title of typed-answer', 'kata.ts', 'this is its TypeScript edition');
  });

  test('changes the language by way of the tracks, and sees what is passed in which', async () => {
    screen.press({ text: 't' });
    await screen.sees('Choose a track');
    screen.press({ text: 'e' });
    await screen.sees('Choose your language');
    screen.press('up', 'enter');
    await screen.sees('Title of typed-answer', '0 of 3 passed');
    screen.press({ text: 'l' });
    screen.press('home');
    await screen.sees('You passed it in Python');
    expect(await readFile(clone.kata('odd/first-answer', 'kata.py'), 'utf8')).toContain('42');
  });
});
