import { expect, test } from 'vitest';
import type { Screen, State } from '../../../runner/session/state.ts';
import { look } from '../../../runner/ui/theme.ts';
import { textWidth } from '../../../runner/ui/text/width.ts';
import { draw } from '../../support/draw.tsx';
import { aCurrent, aFailure, aState, failed, passed, sevenTests } from '../../support/states.ts';

const LONG = Array.from({ length: 80 }, (_, row) => `row ${row} ${'and on '.repeat(30)}`).join(
  '\n',
);
const SOLUTION = {
  files: [{ name: 'kata.ts', text: LONG }],
  explanation: LONG,
  suite: { name: 'hidden.test.ts', text: LONG },
};
const VERDICT = failed({
  output: LONG,
  tests: sevenTests({
    status: 'failed',
    output: LONG,
    failure: aFailure({ message: LONG, expected: LONG, received: LONG, diff: LONG }),
  }),
});

const SCREENS: readonly Screen[] = [
  { name: 'welcome' },
  { name: 'tracks', cursor: 1 },
  { name: 'editions', cursor: 0 },
  { name: 'kata' },
  { name: 'brief', scroll: 0 },
  { name: 'output', scroll: 40 },
  { name: 'solution', page: 'suite', scroll: 3 },
  { name: 'list', filter: 'all', query: '', searching: true, cursor: 3 },
  { name: 'help', scroll: 0 },
  { name: 'confirm', question: 'reset' },
  {
    name: 'checking',
    check: {
      slugs: ['lru-ttl-cache', 'cache-stampede'],
      results: [{ slug: 'cache-stampede', verdict: VERDICT }],
      finished: false,
    },
  },
  { name: 'closing', what: 'track', title: 'From junior to a solid middle developer' },
];

const SIZES = [
  [80, 24],
  [120, 40],
  [200, 60],
  [60, 16],
  [40, 10],
] as const;

function crowded(screen: Screen): State {
  const { content } = aCurrent();
  const hints = [{ title: LONG, text: LONG }];
  return aState({
    screen,
    verdict: VERDICT,
    notice: { tone: 'info', text: LONG },
    current: aCurrent({
      hints: 1,
      solution: SOLUTION,
      ...(content ? { content: { ...content, brief: LONG, hints } } : {}),
    }),
  });
}

for (const screen of SCREENS) {
  test.for(SIZES)(`the ${screen.name} screen stays within %i by %i`, ([columns, rows]) => {
    const lines = draw(crowded(screen), { columns, rows });
    expect(lines).toHaveLength(rows - 1);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
  });

  test(`the ${screen.name} screen is ASCII when it is asked to be plain`, () => {
    const text = draw(aState({ screen, verdict: failed() }), { plain: true }).join('\n');
    expect(text).toMatch(/^[\n\u0020-\u007e]*$/);
  });

  test(`the ${screen.name} screen names a way out`, () => {
    expect(draw(crowded(screen)).slice(-2).join(' ')).toMatch(/esc |q quit|n no|enter go on/);
  });
}

test('styles use no colour where NO_COLOR asks for none, and nothing at all when plain', () => {
  const where = { columns: 80, rows: 24, cwd: '/' };
  const colourless = Object.values(look({ ...where, colour: false }).styles);
  expect(colourless.some((style) => 'color' in style)).toBe(false);
  const plain = Object.values(look({ ...where, plain: true }).styles);
  expect(plain.every((style) => Object.keys(style).length === 0)).toBe(true);
});

test('no text is white, black, gray or yellow: each would vanish on some background', () => {
  const { styles } = look({ columns: 80, rows: 24, cwd: '/' });
  const colours = new Set(Object.values(styles).map(({ color }) => color));
  for (const risky of ['white', 'black', 'gray', 'grey', 'yellow', 'yellowBright']) {
    expect(colours).not.toContain(risky);
  }
});

test('a pass and a failure differ by words, not only by colour', () => {
  const words = (state: State) => draw(state, { plain: true }).join('\n');
  expect(words(aState({ verdict: passed() }))).toContain('All 7 tests pass.');
  expect(words(aState({ verdict: failed() }))).toContain('Not yet: 4 of 7 tests pass');
});
