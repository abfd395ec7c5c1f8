import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClone, type Clone } from '../support/clone.ts';
import { BRIEF, exercise, type ExerciseChanges, type Files } from '../support/project.ts';

// An exercise that is in order, and the same one spoiled in one way at a time.

const STARTER = `/** The number in [low, high] that is nearest to \`value\`. */
export function clamp(value: number, low: number, high: number): number {
  throw new Error(\`Not implemented yet (\${value}, \${low}, \${high})\`);
}
`;
const REFERENCE = `/** The number in [low, high] that is nearest to \`value\`. */
export function clamp(value: number, low: number, high: number): number {
  if (value < low) return low;
  return value > high ? high : value;
}
`;
const suite = (
  ...tests: readonly string[]
): string => `import { describe, expect, test } from 'vitest';
import { clamp } from './kata';

${tests.join('\n')}
`;
const BELOW =
  "describe('1. Answer', () => { test('below', () => { expect(clamp(1, 3, 5)).toBe(3); }); });";
const ABOVE =
  "describe('2. Answer again', () => { test('above', () => { expect(clamp(9, 3, 5)).toBe(5); }); });";
const INSIDE =
  "describe('3. Answer once more', () => { test('inside', () => { expect(clamp(4, 3, 5)).toBe(4); }); });";
const mistake = (sentence: string, body: string): string =>
  `// ${sentence}\nexport function clamp(value: number, low: number, high: number): number {\n  ${body}\n}\n`;

/** At the ends of the range both branches return the same number. */
const EQUIVALENTS = `- before: 'if (value < low) return low;'
  after: 'if (value <= low) return low;'
  reason: For the value that equals the bound both return the same number.
- before: 'return value > high ? high : value;'
  after: 'return value >= high ? high : value;'
  reason: For the value that equals the bound both return the same number.
`;

function clamp(slug: string, changes: ExerciseChanges = {}): Files {
  return exercise(`numbers/${slug}`, {
    exercise: {
      'kata.ts': STARTER,
      'examples.test.ts': suite(BELOW),
      ...changes.exercise,
    },
    solution: {
      'kata.ts': REFERENCE,
      'hidden.test.ts': suite(BELOW, ABOVE, INSIDE),
      'mistakes/low-only.ts': mistake('Only one end.', 'return Math.max(value, low) + 0 * high;'),
      'mistakes/high-only.ts': mistake('The other end.', 'return Math.min(value, high) + 0 * low;'),
      'mistakes/swapped.ts': mistake(
        'The wrong end.',
        'return value < low ? high : Math.min(value, high);',
      ),
      'mistakes/always-low.ts': mistake('Forgets the value.', 'return value > high ? high : low;'),
      'equivalent.yaml': EQUIVALENTS,
      'mistakes/off-by-one.ts': undefined,
      'also/off-by-one.ts': undefined,
      'also/sorted.ts': mistake(
        'Takes the middle one.',
        'return [value, low, high].sort((a, b) => a - b)[1] ?? value;',
      ),
      ...changes.solution,
    },
  });
}

interface Report {
  readonly exercises: readonly {
    readonly slug: string;
    readonly kept: boolean;
    readonly mutation?: { readonly total: number; readonly score: number };
    readonly catchNothing: readonly string[];
    readonly mistakes: Readonly<Record<string, readonly string[]>>;
    readonly findings: readonly Finding[];
  }[];
}
interface Finding {
  readonly level: string;
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

let clone: Clone;
let report: Report;

async function check(...slugs: readonly string[]): Promise<Report> {
  const { stdout, stderr } = await clone.run('check', '--json', ...slugs);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Report;
}

function found(slug: string): Report['exercises'][number] {
  const one = report.exercises.find((each) => each.slug === slug);
  if (!one) throw new Error(`${slug} was not checked.`);
  return one;
}

/** The rules that are broken, and where. */
function broken(slug: string): string[] {
  return found(slug).findings.map(
    ({ level, path, line, rule }) => `${level} ${rule} ${path}:${line}`,
  );
}

const SPOILED = [
  ...[
    'in-order',
    'weakened',
    'skipped',
    'right-mistake',
    'wrong-reference',
    'broken-link',
    'wrong-example',
    'too-strict',
  ],
  ...[
    'in-one-order-only',
    'really-waiting',
    'easy-example',
    'ill-typed',
    'undeclared',
    'long-declared',
  ],
];
const HIDDEN = (slug: string): string => `solutions/numbers/${slug}/hidden.test.ts`;

beforeAll(async () => {
  clone = await makeClone({
    ...clamp('in-order'),
    ...clamp('weakened', {
      solution: {
        'hidden.test.ts': suite(
          BELOW,
          ABOVE.replace('expect(clamp(9, 3, 5)).toBe(5);', ''),
          INSIDE,
        ),
      },
    }),
    ...clamp('skipped', {
      solution: { 'hidden.test.ts': suite(BELOW, ABOVE, INSIDE.replace('test(', 'test.skip(')) },
    }),
    ...clamp('right-mistake', {
      solution: {
        'mistakes/right.ts': mistake(
          'It is right.',
          'return Math.min(Math.max(value, low), high);',
        ),
      },
    }),
    ...clamp('wrong-reference', {
      solution: { 'kata.ts': REFERENCE.replace('return low', 'return high') },
    }),
    ...clamp('broken-link', {
      exercise: { 'README.md': BRIEF.replace('A story.', 'See [the notes](notes.md).') },
    }),
    ...clamp('wrong-example', {
      exercise: {
        'README.md': `${BRIEF}
## Example

\`\`\`ts
const low = clamp(1, 3, 5); // 3
clamp(9, 3, 5); // 5: the upper end
clamp(4, 3, 5); // 5
sendMail(low); // illustrates only
\`\`\`
`,
      },
    }),
    ...clamp('too-strict', {
      solution: {
        'hidden.test.ts': suite(
          BELOW,
          ABOVE,
          INSIDE,
          "test('is written with if', () => { expect(clamp.toString()).toContain('if'); });",
        ),
      },
    }),
    ...clamp('in-one-order-only', {
      solution: {
        'hidden.test.ts': suite(
          'let seen = 0;',
          BELOW,
          ABOVE,
          ...[1, 2, 3, 4].map((n) =>
            INSIDE.replace('inside', `inside ${n}`).replace(
              '{ expect',
              `{ seen += 1; expect(seen).toBe(${n}); expect`,
            ),
          ),
        ),
      },
    }),
    ...clamp('really-waiting', {
      solution: {
        'hidden.test.ts': suite(
          BELOW,
          ABOVE,
          INSIDE.replace(
            '() => { expect',
            'async () => { await new Promise((done) => setTimeout(done, 30)); expect',
          ),
        ),
      },
    }),
    ...clamp('easy-example', {
      exercise: {
        'examples.test.ts': suite(
          "describe('1. Answer', () => { test('is there', () => { expect(clamp).toBeDefined(); }); });",
        ),
      },
    }),
    ...clamp('ill-typed', {
      solution: {
        'mistakes/low-only.ts': mistake('One end.', "return Math.max(value, low, 'x');"),
      },
    }),
    ...clamp('undeclared', { solution: { 'equivalent.yaml': undefined } }),
    ...clamp('long-declared', {
      solution: {
        'equivalent.yaml': `${EQUIVALENTS}- before: no such line
  after: ''
  reason: It was there once, and is not any more.
`,
      },
    }),
  });
  report = await check(...SPOILED);
}, 300_000);
afterAll(() => clone.remove());

describe('an exercise that is in order', () => {
  test('has no problem', () => {
    expect(found('in-order').findings.filter(({ level }) => level === 'problem')).toEqual([]);
  });

  test('is shown with the tests that catch its mistakes', () => {
    expect(found('in-order').mistakes).toEqual({
      'always-low': ['inside'],
      'high-only': ['below'],
      'low-only': ['above'],
      swapped: ['below'],
    });
    expect(found('in-order').catchNothing).toEqual([]);
  });

  test('costs nothing the second time', async () => {
    const { exercises } = await check('in-order');
    expect(exercises.map(({ kept }) => kept)).toEqual([true]);
  }, 60_000);
});

describe('a suite that is spoiled is found out', () => {
  test('an assertion is gone: mutants get through, and the mistake passes', () => {
    expect(found('weakened').mutation?.score).toBeLessThan(found('in-order').mutation?.score ?? 0);
    expect(broken('weakened')).toContain(
      'problem mistake-passes solutions/numbers/weakened/mistakes/low-only:1',
    );
    expect(broken('weakened')).toContain('warning survivor solutions/numbers/weakened/kata.ts:4');
  });

  test('a test is skipped', () => {
    expect(broken('skipped')).toContain(`problem reference ${HIDDEN('skipped')}:1`);
    expect(found('skipped').findings[0]?.message).toMatch(/inside.* is skipped/);
  });

  test('a mistake is right', () => {
    expect(broken('right-mistake')).toContain(
      'problem mistake-passes solutions/numbers/right-mistake/mistakes/right:1',
    );
  });

  test('the reference is wrong', () => {
    expect(broken('wrong-reference')).toContain(`problem reference ${HIDDEN('wrong-reference')}:1`);
  });

  test('a link leads nowhere', () => {
    expect(broken('broken-link')).toContain(
      'problem broken-link exercises/numbers/broken-link/README.md:3',
    );
  });

  test('an example of the brief is wrong', () => {
    expect(broken('wrong-example')).toEqual([
      'problem example exercises/numbers/wrong-example/README.md:28',
    ]);
  });

  test('right code is rejected', () => {
    expect(broken('too-strict')).toContain(
      'problem suite-too-strict solutions/numbers/too-strict/also/sorted:1',
    );
    expect(broken('too-strict')).toContain(`problem tasks ${HIDDEN('too-strict')}:7`);
  });

  test('a test rests on those before it', () => {
    expect(broken('in-one-order-only')).toContain(`problem flaky ${HIDDEN('in-one-order-only')}:1`);
  });

  test('a test really waits', () => {
    expect(broken('really-waiting')).toContain(
      `problem real-waiting ${HIDDEN('really-waiting')}:1`,
    );
  });

  test('the starter passes an example', () => {
    expect(broken('easy-example')).toContain(
      'problem starter exercises/numbers/easy-example/examples.test.ts:4',
    );
  });

  test('a mistake does not compile', () => {
    expect(broken('ill-typed')).toContain(
      'problem types solutions/numbers/ill-typed/mistakes/low-only.ts:3',
    );
  });

  test('every finding says what to do', () => {
    for (const { findings } of report.exercises)
      for (const { message, remedy } of findings) {
        expect(message).toMatch(/[.:)]|\w$/);
        expect(remedy).toMatch(/^[A-Z].*\.$/s);
      }
  });
});

describe('a mutant that nobody can tell from the reference', () => {
  test('counts against the suite until it is declared', () => {
    expect(found('in-order').mutation).toMatchObject({ score: 1, declared: 2 });
    expect(broken('undeclared')).toContain(
      'problem survivor solutions/numbers/undeclared/kata.ts:3',
    );
  });

  test('is to be deleted where there is no such mutant', () => {
    expect(broken('long-declared')).toContain(
      'problem equivalent solutions/numbers/long-declared/equivalent.yaml:7',
    );
  });
});

test('what is found out decides the exit code', async () => {
  const codes = [];
  for (const slug of ['in-order', 'weakened', 'no-such'])
    codes.push((await clone.run('check', slug)).code);
  expect(codes).toEqual([0, 1, 2]);
}, 60_000);
