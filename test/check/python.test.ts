import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClone, type Clone } from '../support/clone.ts';
import { BRIEF, exercise, type Files } from '../support/project.ts';

const suite = (...tests: readonly string[]): string =>
  `import unittest\nfrom kata import answer\n\n\n${tests.join('\n\n')}`;
const group = (task: string, sentence: string, body: string): string =>
  `class ${sentence.replaceAll(' ', '')}(unittest.TestCase):\n    """${task}"""\n\n` +
  `    def test_it(self):\n        """${sentence}"""\n        ${body}\n`;
const EQUAL = 'self.assertEqual(answer(), 42)';
const FIRST = group('1. Answer', 'it is right', EQUAL);
const SECOND = group('2. Answer again', 'it stays right', EQUAL);
const THIRD = group('3. Answer once more', 'it is right for ever', EQUAL);
const answer = (sentence: string, value: number): string =>
  `"""${sentence}"""\n\n\ndef answer() -> int:\n    return ${value}\n`;

/** An exercise in both languages whose Python edition is in order. */
function bilingual(
  slug: string,
  solution: Readonly<Record<string, string>> = {},
  starter: Readonly<Record<string, string>> = {},
): Files {
  return exercise(`odd/${slug}`, {
    exercise: {
      'kata.py': 'def answer() -> int:\n    raise NotImplementedError\n',
      'examples_test.py': suite(FIRST),
      ...starter,
    },
    solution: {
      'kata.py': 'def answer() -> int:\n    return 42\n',
      'hidden_test.py': suite(FIRST, SECOND, THIRD),
      'mistakes/zero.py': answer('Nothing.', 0),
      'mistakes/less.py': answer('Too little.', 41),
      'mistakes/more.py': answer('Too much.', 43),
      ...solution,
    },
  });
}

const EXAMPLES = `### Example

\`\`\`python
answer()  # 42, always
total = answer() + 1
total  # 44
total
int("x")  # raises a ValueError
int("1")  # raises a TypeError: never reached
\`\`\`

\`\`\`py
await later(answer)  # 7: illustrates only
\`\`\`
`;

interface Report {
  readonly exercises: readonly {
    readonly slug: string;
    readonly language: string;
    readonly findings: readonly {
      readonly level: string;
      readonly path: string;
      readonly line: number;
      readonly rule: string;
      readonly message: string;
    }[];
  }[];
}

let clone: Clone;
let report: Report;

async function check(...words: readonly string[]): Promise<Report> {
  const { stdout, stderr } = await clone.run('check', '--json', ...words);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Report;
}

function broken(slug: string): string[] {
  const one = report.exercises.find((each) => each.slug === slug);
  if (!one) throw new Error(`${slug} was not checked.`);
  return one.findings
    .filter(({ level }) => level === 'problem')
    .map(({ rule, path, line, message }) => `${rule} ${path}:${line} ${message}`);
}

beforeAll(async () => {
  clone = await makeClone({
    ...bilingual('both'),
    ...exercise('odd/typed'),
    ...bilingual('in-one-order-only', {
      'hidden_test.py': `seen = []\n${suite(FIRST, SECOND, THIRD.replace(EQUAL, 'self.assertEqual(len(seen), 1)').replace('    def', '    def test_a(self):\n        seen.append(1)\n\n    def'))}`,
    }),
    ...bilingual(
      'wrong-example',
      {},
      { 'README.md': BRIEF.replace('## Not required', `${EXAMPLES}\n## Not required`) },
    ),
  });
  report = await check('both', 'in-one-order-only', 'wrong-example', '--edition', 'python');
}, 240_000);
afterAll(() => clone.remove());

describe('dojo check --edition python', { timeout: 120_000 }, () => {
  test('checks the Python edition only, and finds nothing wrong with one that is in order', () => {
    expect(report.exercises.map(({ slug, language }) => `${slug} ${language}`)).toEqual([
      'both python',
      'in-one-order-only python',
      'wrong-example python',
    ]);
    expect(broken('both')).toEqual([]);
  });

  test('every edition is checked without it', async () => {
    const { exercises } = await check('both');
    expect(exercises.map(({ language }) => language)).toEqual(['typescript', 'python']);
  });

  test('says so where an exercise is not written in it', async () => {
    const { code, stderr } = await clone.run('check', 'typed', '--edition', 'python');
    expect(code).toBe(2);
    expect(stderr).toContain('is not written in Python yet');
  });
});

test('a test that rests on those before it is found out', () => {
  expect(broken('in-one-order-only')).toEqual([
    expect.stringMatching(
      /^flaky solutions\/odd\/in-one-order-only\/hidden_test\.py:1 The reference fails in \d+ of 10 runs/,
    ),
  ]);
});

test('an example of the brief that does not hold is found out', () => {
  expect(broken('wrong-example')).toEqual([
    'example exercises/odd/wrong-example/README.md:24 The example does not hold with the reference: expected 44, received 43',
  ]);
});
