import { join } from 'node:path';
import type {
  Catalog,
  Edition,
  Exercise,
  ExerciseContent,
  Track,
} from '../../runner/catalog/model.ts';
import type { Failure, Frame, TestResult, Verdict } from '../../runner/grade/verdict.ts';
import type { ExerciseProgress, Progress } from '../../runner/progress/model.ts';
import { standTrack } from '../../runner/progress/standing.ts';
import type { Current, Shown, State } from '../../runner/session/state.ts';

/** Where the hand-built sessions pretend to live. */
export const ROOT = join('/', 'home', 'ada', 'backend-dojo');

export function anExercise(over: Partial<Exercise> & { readonly slug: string }): Exercise {
  const area = over.area ?? 'caching';
  return {
    area,
    title: over.slug,
    kind: 'code',
    level: 2,
    minutes: 45,
    summary:
      'A hash map plus a linked list gives a cache whose every operation takes constant time.',
    needs: [],
    editions: [
      {
        language: 'typescript',
        kata: ['kata.ts'],
        examples: 'examples.test.ts',
        hidden: 'hidden.test.ts',
      },
    ],
    material: [],
    timeLimit: 10_000,
    capabilities: [],
    folder: join(ROOT, 'exercises', area, over.slug),
    solutionFolder: join(ROOT, 'solutions', area, over.slug),
    ...over,
  };
}

const LRU = anExercise({ slug: 'lru-ttl-cache', title: 'In-process caches: LRU and TTL' });
const STAMPEDE = anExercise({
  slug: 'cache-stampede',
  title: 'Cache stampedes',
  level: 3,
  needs: ['lru-ttl-cache'],
});
const JOINS = anExercise({ slug: 'sql-joins', area: 'databases', title: 'Joins', minutes: 30 });

const TRACK: Track = {
  slug: 'middle',
  title: 'From junior to a solid middle developer',
  blurb: 'For those who write endpoints and want to know what is below them.',
  duration: '24 weeks',
  phases: [
    {
      title: 'System design and load',
      topics: [
        {
          title: 'Cache patterns, lifetimes and stampedes',
          exercises: ['lru-ttl-cache', 'cache-aside', 'cache-stampede'],
          groundwork: [],
        },
      ],
    },
    {
      title: 'Databases in depth',
      topics: [{ title: 'Joins', exercises: ['sql-joins'], groundwork: ['sql-joins'] }],
    },
  ],
};

const SHORT: Track = {
  slug: 'short',
  title: 'A weekend with caches',
  blurb: 'For a rainy weekend.',
  phases: [
    { title: 'Saturday', topics: [{ title: 'LRU', exercises: ['lru-ttl-cache'], groundwork: [] }] },
  ],
};

/** Three written exercises, a planned one, two tracks. */
export const CATALOG: Catalog = {
  root: ROOT,
  exercises: new Map([LRU, STAMPEDE, JOINS].map((exercise) => [exercise.slug, exercise])),
  planned: new Map([
    [
      'cache-aside',
      {
        slug: 'cache-aside',
        area: 'caching',
        title: 'Cache aside',
        kind: 'code',
        level: 2,
        minutes: 40,
      },
    ],
  ]),
  tracks: [TRACK, SHORT],
  problems: [],
};

export const CONTENT: ExerciseContent = {
  brief: [
    '# In-process caches: LRU and TTL',
    '',
    'A pricing service asks the database **2,000 times a second** for the same forty products.',
    '',
    '## Your task',
    '',
    '### 1. Store and read entries',
    '',
    '`get(key)` returns the value, or `undefined`.',
    '',
    '### 2. Evict the least recently used entry',
    '',
    'When the cache is full, `set` drops the entry that was read longest ago.',
    '',
    '### 3. Expire entries',
  ].join('\n'),
  tasks: [
    { number: 1, title: 'Store and read entries' },
    { number: 2, title: 'Evict the least recently used entry' },
    { number: 3, title: 'Expire entries' },
  ],
  hints: [
    { title: 'What is the order of use?', text: 'A `Map` remembers insertion order.' },
    { title: 'How does an entry become young again?', text: 'Delete it, then set it again.' },
  ],
};

export function aTest(over: Partial<TestResult> & { readonly sentence: string }): TestResult {
  return {
    id: `hidden > ${over.sentence}`,
    suite: 'hidden',
    task: 2,
    status: 'passed',
    duration: 1,
    output: '',
    ...over,
  };
}

export function aFrame(over: Partial<Frame> = {}): Frame {
  return {
    file: 'kata.ts',
    path: join(ROOT, 'workspace', 'caching', 'lru-ttl-cache', 'kata.ts'),
    line: 34,
    column: 7,
    excerpt: [
      { number: 32, text: '  set(key: K, value: V): void {' },
      { number: 33, text: '    if (this.#entries.size >= this.#capacity) {' },
      { number: 34, text: '      this.#entries.delete(this.#newest); // TODO' },
      { number: 35, text: '    }' },
      { number: 36, text: '    this.#entries.set(key, value);' },
    ],
    ...over,
  };
}

export function aFailure(over: Partial<Failure> = {}): Failure {
  return {
    name: 'AssertionError',
    message: 'after set a, set b, get a, set c: the wrong entry is gone',
    expected: '["a", "c"]',
    received: '["b", "c"]',
    frames: [aFrame()],
    ...over,
  };
}

/** Seven tests, of which those of task 1 pass and the others stand as given. */
export function sevenTests(
  second: Pick<TestResult, 'status' | 'failure' | 'output'> = {
    status: 'failed',
    failure: aFailure(),
    output: '',
  },
  third: TestResult['status'] = 'not-run',
): readonly TestResult[] {
  return [
    aTest({ suite: 'examples', task: 1, sentence: 'returns what was stored' }),
    aTest({ suite: 'examples', task: 2, sentence: 'keeps at most as many entries as it may' }),
    aTest({ task: 1, sentence: 'returns undefined for an unknown key' }),
    aTest({ task: 2, sentence: 'evicts the entry that was read longest ago', ...second }),
    aTest({ task: 2, sentence: 'keeps an entry that was just read' }),
    aTest({ task: 3, sentence: 'forgets an entry after its time', status: third }),
    aTest({ task: 3, sentence: 'reads do not prolong a life', status: third }),
  ];
}

const GRADED = { output: '', outputDropped: 0, duration: 34.2 };

export function failed(over: Partial<Extract<Verdict, { kind: 'failed' }>> = {}): Verdict {
  return { kind: 'failed', unhandled: [], tests: sevenTests(), ...GRADED, ...over };
}

export function passed(over: Partial<Extract<Verdict, { kind: 'passed' }>> = {}): Verdict {
  const tests = sevenTests({ status: 'passed', output: '' }, 'passed');
  return { kind: 'passed', tests, ...GRADED, ...over };
}

function notRun(): readonly TestResult[] {
  return sevenTests().map(({ failure: _, ...test }) => ({ ...test, status: 'not-run' }));
}

export function timedOut(over: Partial<Extract<Verdict, { kind: 'timed-out' }>> = {}): Verdict {
  return { kind: 'timed-out', limit: 10_000, at: aFrame(), ...GRADED, tests: notRun(), ...over };
}

export function crashed(): Verdict {
  const message = 'Your code used more memory than a grading may have, and was stopped.';
  return { kind: 'crashed', reason: 'memory', message, ...GRADED, tests: notRun() };
}

export function broken(): Verdict {
  const message = 'The suites hold no test, so nothing was graded.';
  const remedy = 'This is a fault of the exercise, not yours: please report it.';
  return { kind: 'broken', message, remedy, ...GRADED, tests: [] };
}

export function unrunnable(over: Partial<Failure> = {}): Verdict {
  const failure = aFailure({
    name: 'SyntaxError',
    message: 'Expected ";" but found "}"',
    frames: [aFrame({ line: 35, column: 5 })],
  });
  const { expected: _, received: __, ...rest } = failure;
  return { kind: 'unrunnable', failure: { ...rest, ...over }, ...GRADED, tests: notRun() };
}

export function progressWith(
  exercises: Readonly<Record<string, Partial<ExerciseProgress>>> = {},
): Progress {
  const entries = Object.entries(exercises).map(([slug, over]) => {
    const nothing = { passedEditions: [], attempts: 0, hints: 0, revealed: false } as const;
    const passedEditions: readonly Edition[] = over.passedAt === undefined ? [] : ['typescript'];
    return [slug, { ...nothing, passedEditions, ...over }] as const;
  });
  return {
    exercises: new Map(entries),
    unlockedTracks: new Set(),
    track: TRACK.slug,
    edition: 'typescript',
    current: LRU.slug,
  };
}

export function aCurrent(over: Partial<Current> = {}): Current {
  return {
    exercise: LRU,
    edition: 'typescript',
    content: CONTENT,
    folder: join(ROOT, 'workspace', 'caching', 'lru-ttl-cache'),
    kata: 'present',
    hints: 0,
    ...over,
  };
}

/** A session whose learner works on the cache; `verdict` is what the screen shows. */
export function aState(
  over: Partial<State> & { readonly verdict?: Verdict; readonly shownBefore?: Partial<Shown> } = {},
): State {
  const { verdict, shownBefore = {}, ...rest } = over;
  const progress = over.progress ?? progressWith();
  const shown = { firstPass: false, unlocked: [], tasksBefore: [], ...shownBefore };
  return {
    catalog: CATALOG,
    progress,
    standing: standTrack(CATALOG, TRACK, progress),
    screen: { name: 'kata' },
    current: aCurrent(),
    run: { state: 'idle' },
    ...(verdict ? { shown: { verdict, ...shown } } : {}),
    phase: 'live',
    runs: 0,
    ...rest,
  };
}
