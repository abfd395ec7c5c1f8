import type { ExerciseEdition } from '../../runner/catalog/model.ts';
import { kataProject, type KataProject } from './kata-project.ts';

const EXAMPLES = `from kata import add

def test_1_adds_two_and_three():
    assert add(2, 3) == 5
`;
const HIDDEN = `import unittest
from kata import add

class Adding(unittest.TestCase):
    """1. Add"""

    def test_adds_one_and_one(self):
        self.assertEqual(add(1, 1), 2)

    def test_adds_negative_numbers(self):
        """adds numbers below zero"""
        self.assertEqual(add(-1, -2), -3)

async def test_2_adds_zero():
    assert add(7, 0) == 7
`;

/** A throw-away clone whose one exercise, `practice/adder`, has a Python edition only; `files` replace or join its own. */
export function pythonProject(files: Readonly<Record<string, string>> = {}): KataProject {
  const project = kataProject({
    'exercises/practice/adder/kata.py': 'def add(a, b):\n    raise NotImplementedError\n',
    'exercises/practice/adder/examples_test.py': EXAMPLES,
    'solutions/practice/adder/kata.py': 'def add(a, b):\n    return a + b\n',
    'solutions/practice/adder/hidden_test.py': HIDDEN,
    ...files,
  });
  const edition: ExerciseEdition = {
    language: 'python',
    kata: ['kata.py'],
    examples: 'examples_test.py',
    hidden: 'hidden_test.py',
  };
  return { ...project, edition, exercise: { ...project.exercise, editions: [edition] } };
}
