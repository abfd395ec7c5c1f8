import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClone, type Clone } from '../support/clone.ts';
import { exercise } from '../support/project.ts';

const SUITE = `import unittest
from kata import answer

class Answer(unittest.TestCase):
    """1. Answer"""

    def test_it_is_42(self):
        self.assertEqual(answer(), 42)
`;

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone({
    ...exercise('odd/typed'),
    ...exercise('odd/answer', {
      exercise: {
        'kata.py': 'def answer() -> int:\n    raise NotImplementedError\n',
        'examples_test.py': SUITE,
      },
      solution: {
        'kata.py': 'def answer() -> int:\n    return 42\n',
        'hidden_test.py': SUITE,
      },
    }),
  });
});
afterAll(() => clone.remove());

describe('dojo run --edition python', { timeout: 60_000 }, () => {
  test('grades the Python kata in the workspace: not passed as shipped, passed when solved', async () => {
    const shipped = await clone.run('run', 'answer', '--edition', 'python');
    expect(shipped.code, shipped.stdout + shipped.stderr).toBe(1);
    expect(shipped.stdout).toContain('NotImplementedError');
    await clone.write('workspace/odd/answer/kata.py', 'def answer() -> int:\n    return 42\n');
    const solved = await clone.run('run', 'answer', '--edition', 'python');
    expect(solved.code, solved.stdout + solved.stderr).toBe(0);
  });

  test('suggests the nearest edition', async () => {
    const { code, stderr } = await clone.run('run', 'answer', '--edition', 'pyton');
    expect(code).toBe(2);
    expect(stderr).toContain('python');
  });
});

describe('who takes Python', () => {
  beforeAll(() =>
    clone.write(
      '.dojo/journal.jsonl',
      '{"type":"edition","at":"2026-11-20T10:00:00.000Z","edition":"python"}\n',
    ),
  );

  test('gets the TypeScript edition of what is not written in Python, and is told so', async () => {
    const { stdout, stderr } = await clone.run('brief', 'typed', '--json');
    expect(stderr).toContain('is not written in Python yet: this is its TypeScript edition');
    expect(stdout).toContain('"edition": "typescript"');
  });

  test('is offered it where Python was asked for', async () => {
    const { code, stderr } = await clone.run('run', 'typed', '--edition', 'python');
    expect(code).toBe(2);
    expect(stderr).toContain('Take it in TypeScript with --edition typescript.');
  });

  test('sees what is available in each edition', async () => {
    const counts = async (edition: string): Promise<string> =>
      (await clone.run('list', '--track', 'tiny', '--edition', edition)).stdout;
    expect(await counts('typescript')).toContain('0 of 3 available exercises passed');
    expect(await counts('python')).toContain('Warm-up');
  });
});
