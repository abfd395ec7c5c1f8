import { createHook } from 'node:async_hooks';
import { format } from 'node:util';
import { expect, TestRunner, vi } from 'vitest';

// For katas in which the learner writes tests. The kata exports a suite: a function that is given an
// implementation and vitest's own words to register tests with, and that uses `expect` and `vi` from
// vitest as any test file does. The hidden suite runs it against right and wrong implementations and
// looks at the reports.

/** What a learner's suite registers its tests with: a part of vitest's API, with its meaning. */
export interface SuiteTools {
  test: TestFunction;
  describe: (name: string, body: () => void) => void;
  /** Runs before each test of its `describe`; a function that it returns runs after the test. */
  beforeEach: (hook: () => unknown) => void;
  /** Runs after each test of its `describe`, also when the test has failed. */
  afterEach: (hook: () => unknown) => void;
}

export interface TestFunction {
  (name: string, body: () => unknown): void;
  /** One test per row; in the name, `%s` and the like stand for arguments and `$field` for fields. */
  each: {
    <Row extends readonly [unknown, ...unknown[]]>(
      rows: readonly Row[],
    ): (name: string, body: (...row: Row) => unknown) => void;
    <Row>(rows: readonly Row[]): (name: string, body: (row: Row) => unknown) => void;
  };
}

/** A suite of tests for any implementation of `Subject`. */
export type Suite<Subject> = (subject: Subject, tools: SuiteTools) => void;

export interface RunOptions {
  /** In which order the tests run; `given` when left out. */
  order?: 'given' | 'reversed';
  /** The full name of the one test to run; all run when left out. */
  only?: string;
  /** Whether to stop after the first test that fails, when that is all there is to know. */
  bail?: boolean;
  /** Objects, by name, whose own properties have to be the same after each test as before it. */
  watch?: Readonly<Record<string, object>>;
  /** How long a test may wait for real timers, in milliseconds; 300 when left out. */
  patience?: number;
}

/** What became of one test. */
export interface TestReport {
  /** With the names of the groups around it: `group > test`. */
  name: string;
  /** Why it failed, in its own words; undefined when it passed. */
  problem: string | undefined;
  /** What it has left replaced: `fake timers`, `console.error`. */
  leaks: string[];
}

/** The suite cannot be run at all; the message is addressed to its author. */
export class SuiteError extends Error {
  override name = 'SuiteError';
}

/**
 * Runs a learner's suite against one implementation. To be called inside a test.
 *
 * What vitest would hold against a test is held against it here: a failed assertion, also a soft
 * one; an assertion on a promise that was not awaited; a wrong number under `expect.assertions`; a
 * rejection that nobody handles. A test that cannot end any more, because nothing is left that could
 * wake it up, is ended at once. After each test, fake timers, replaced globals and replaced
 * properties of `watch` are reported as leaks and put right, so that one careless test does not
 * spoil the next one.
 *
 * @throws SuiteError when the suite is no function, throws, registers no tests, two of the same
 * name, or is asynchronous.
 */
export async function runSuite<Subject>(
  suite: Suite<Subject>,
  subject: Subject,
  options: RunOptions = {},
): Promise<TestReport[]> {
  const guard = new Guard(options.watch ?? {});
  const tests = collect(suite, subject).filter(
    ({ name }) => options.only === undefined || name === options.only,
  );
  if (options.order === 'reversed') tests.reverse();
  using errands = new Errands();
  using rejections = new Rejections();
  const { assertionCalls } = expect.getState();
  try {
    const reports: TestReport[] = [];
    for (const test of tests) {
      const problem = await new Run(errands, rejections, options.patience ?? 300).run(test);
      reports.push({ name: test.name, problem, leaks: guard.putRight() });
      if (options.bail && problem !== undefined) break;
    }
    return reports;
  } finally {
    expect.setState({ ...untouched, assertionCalls });
  }
}

/** Asserts that every test passed, and says why one did not. */
export function expectPasses(reports: readonly TestReport[], subject: string): void {
  const failed = reports.filter(({ problem }) => problem !== undefined);
  const [first] = failed;
  if (!first) return;
  const others = failed.length > 1 ? `, as do ${failed.length - 1} more` : '';
  expect.fail(`your test "${first.name}" fails on ${subject}${others}: ${first.problem}`);
}

/** Asserts that at least one test failed. */
export function expectCatches(reports: readonly TestReport[], subject: string): void {
  if (reports.some(({ problem }) => problem !== undefined)) return;
  expect.fail(`none of your ${reports.length} tests fails on ${subject}`);
}

/** Asserts that every test has put right what it had replaced. */
export function expectNoLeaks(reports: readonly TestReport[], subject: string): void {
  const leaky = reports.find(({ leaks }) => leaks.length > 0);
  if (!leaky) return;
  const what = leaky.leaks.join(', ');
  expect.fail(`your test "${leaky.name}" leaves this replaced after it ran on ${subject}: ${what}`);
}

type Body = () => unknown;

interface Group {
  readonly names: readonly string[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
  readonly parent: Group | undefined;
}

interface CollectedTest {
  readonly name: string;
  readonly body: Body;
  readonly group: Group;
}

/** Calls the suite, which registers its tests. */
function collect<Subject>(suite: Suite<Subject>, subject: Subject): CollectedTest[] {
  if (typeof suite !== 'function') throw new SuiteError('The suite is not a function.');
  const tests: CollectedTest[] = [];
  let open = true;
  let group: Group = { names: [], beforeEach: [], afterEach: [], parent: undefined };

  function register(word: string, body: unknown, add: (body: Body) => void): void {
    if (!open) throw new SuiteError(`${word} was called after the suite had registered its tests.`);
    if (typeof body !== 'function') throw new SuiteError(`${word} was called without a function.`);
    add(body as Body);
  }
  function addTest(name: string, body: unknown): void {
    register(`test('${name}')`, body, (run) => {
      tests.push({ name: [...group.names, name].join(' > '), body: run, group });
    });
  }
  const each =
    (rows: readonly unknown[]) => (name: string, body: (...row: unknown[]) => unknown) => {
      for (const row of rows) {
        const values = Array.isArray(row) ? (row as unknown[]) : [row];
        addTest(nameOf(name, values), typeof body === 'function' ? () => body(...values) : body);
      }
    };
  const tools: SuiteTools = {
    test: Object.assign(addTest, { each }),
    describe: (name, body) =>
      register(`describe('${name}')`, body, (run) => {
        const parent = group;
        group = { names: [...parent.names, name], beforeEach: [], afterEach: [], parent };
        run();
        group = parent;
      }),
    beforeEach: (hook) => register('beforeEach', hook, (run) => group.beforeEach.push(run)),
    afterEach: (hook) => register('afterEach', hook, (run) => group.afterEach.push(run)),
  };

  let result: unknown;
  try {
    result = suite(subject, tools);
  } catch (error) {
    if (error instanceof SuiteError) throw error;
    throw new SuiteError(`The suite threw while it registered its tests: ${messageOf(error)}`);
  }
  open = false;
  if (result instanceof Promise) {
    result.catch(() => undefined);
    throw new SuiteError('The suite is asynchronous: only the bodies of tests and hooks may be.');
  }
  if (tests.length === 0) throw new SuiteError('The suite has no tests yet.');
  const names = tests.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new SuiteError(`Two tests have the same name: ${twice}`);
  return tests;
}

/** Fills the name of a test from a table, as vitest does. */
function nameOf(template: string, values: readonly unknown[]): string {
  const [first] = values;
  const name = template.replace(/\$([\w.]+)/g, (whole, path: string) => {
    if (typeof first !== 'object' || first === null) return whole;
    const value = path
      .split('.')
      .reduce<unknown>((at, field) => (at as Record<string, unknown> | undefined)?.[field], first);
    return typeof value === 'string' ? value : format('%j', value);
  });
  const places = name.match(/%[sdifjoO]/g)?.length ?? 0;
  return places === 0 ? name : format(name, ...values.slice(0, places));
}

// Learner code may replace the global ones.
const { setImmediate: soon } = globalThis;
const { hrtime } = process;
const realTime = (): bigint => hrtime.bigint();

/** Turns of the event loop in which nothing happens, after which nothing will. */
const QUIET_TURNS = 10;

/** What wakes a test up without its own doing: real timers (fake ones are none), files and the like. */
const WAKES = /^(Timeout|Immediate)$|REQ/;

/** Sees what a test has started and what has not come back yet. */
class Errands {
  #ownTurn = false;
  readonly #underWay = new Set<number>();
  readonly #hook = createHook({
    init: (id, type) => {
      if (!this.#ownTurn && WAKES.test(type)) this.#underWay.add(id);
    },
    destroy: (id) => {
      this.#underWay.delete(id);
    },
  }).enable();

  get areUnderWay(): boolean {
    return this.#underWay.size > 0;
  }

  /** Those of earlier tests are of no interest to the next one. */
  forget(): void {
    this.#underWay.clear();
  }

  /** Lets everybody else do what can be done by now. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#ownTurn = true;
      soon(resolve);
      this.#ownTurn = false;
    });
  }

  [Symbol.dispose](): void {
    this.#hook.disable();
  }
}

const untouched = {
  assertionCalls: 0,
  isExpectingAssertions: false,
  isExpectingAssertionsError: null,
  expectedAssertionsNumber: null,
  expectedAssertionsNumberErrorGen: null,
};

/** The parts of vitest's running test in which `expect` and `onTestFinished` leave their traces. */
interface HostTest {
  promises?: Promise<unknown>[] | undefined;
  onFinished?: ((context: unknown) => unknown)[] | undefined;
  result?: { state: string; errors?: { message: string }[] } | undefined;
  context: unknown;
}

/** The run of one test with its hooks. */
class Run {
  readonly #errands: Errands;
  readonly #rejections: Rejections;
  readonly #patience: number;
  #problem: string | undefined;

  constructor(errands: Errands, rejections: Rejections, patience: number) {
    this.#errands = errands;
    this.#rejections = rejections;
    this.#patience = patience;
  }

  /** @returns why the test failed, if it did. */
  async run({ body, group }: CollectedTest): Promise<string | undefined> {
    const host = TestRunner.getCurrentTest() as HostTest | undefined;
    if (!host) throw new Error('runSuite has to be called inside a test.');
    const { promises, onFinished, result } = host;
    Object.assign(host, { promises: [], onFinished: [], result: { state: 'run' } });
    expect.setState(untouched);
    this.#rejections.forget();
    this.#errands.forget();
    try {
      const cleanups = await this.#runBody(body, outermostFirst(group), host);
      for (const hook of [...innermostFirst(group), ...cleanups]) await this.#attempt(hook);
      for (const hook of host.onFinished?.reverse() ?? []) {
        await this.#attempt(() => hook(host.context));
      }
      await this.#errands.turn();
      for (const { message } of host.result?.errors ?? []) this.#fail(message);
      for (const reason of this.#rejections.unhandled()) {
        this.#fail(`a promise was rejected, and nothing waited for it: ${messageOf(reason)}`);
      }
      return this.#problem;
    } finally {
      Object.assign(host, { promises, onFinished, result });
    }
  }

  /** @returns what is to be run after the test, as its hooks have asked for. */
  async #runBody(body: Body, beforeEach: readonly Body[], host: HostTest): Promise<Body[]> {
    const cleanups: Body[] = [];
    for (const hook of beforeEach) {
      await this.#attempt(async () => {
        const cleanup = await hook();
        if (typeof cleanup === 'function') cleanups.unshift(cleanup as Body);
      });
    }
    if (this.#problem === undefined) {
      await this.#attempt(body);
      await this.#attempt(() => Promise.all(host.promises ?? []));
      await this.#attempt(checkAssertionCount);
    }
    return cleanups;
  }

  /** The first problem of a test is the one that counts. */
  #fail(message: string): void {
    this.#problem ??= message;
  }

  async #attempt(body: Body): Promise<void> {
    let open = true;
    void new Promise((resolve) => resolve(body())).then(
      () => (open = false),
      (error: unknown) => {
        if (open) this.#fail(messageOf(error));
        open = false;
      },
    );
    const end = realTime() + BigInt(this.#patience) * 1_000_000n;
    for (let quiet = 0; open && quiet < QUIET_TURNS && realTime() < end;) {
      await this.#errands.turn();
      quiet = this.#errands.areUnderWay ? 0 : quiet + 1;
    }
    if (!open) return;
    open = false;
    this.#fail(
      realTime() < end
        ? 'the test never ends: it waits for something that will not happen any more'
        : `the test waits for real time: it had not ended after ${this.#patience} ms`,
    );
  }
}

function checkAssertionCount(): void {
  const { assertionCalls, ...expected } = expect.getState();
  if (expected.isExpectingAssertions && assertionCalls === 0) {
    throw new Error('expected any number of assertions, but got none');
  }
  const number = expected.expectedAssertionsNumber;
  if (typeof number === 'number' && number !== assertionCalls) {
    throw new Error(`expected ${number} assertions, but got ${assertionCalls}`);
  }
}

function outermostFirst({ parent, beforeEach }: Group): Body[] {
  return [...(parent ? outermostFirst(parent) : []), ...beforeEach];
}

function innermostFirst({ parent, afterEach }: Group): Body[] {
  return [...afterEach.toReversed(), ...(parent ? innermostFirst(parent) : [])];
}

/** Keeps the rejections that nobody handles from vitest, which would hold them against its own test. */
class Rejections {
  readonly #unhandled = new Map<Promise<unknown>, unknown>();
  readonly #onUnhandled = (reason: unknown, promise: Promise<unknown>): void => {
    this.#unhandled.set(promise, reason);
  };
  readonly #onHandled = (promise: Promise<unknown>): void => {
    this.#unhandled.delete(promise);
  };

  constructor() {
    process.on('unhandledRejection', this.#onUnhandled);
    process.on('rejectionHandled', this.#onHandled);
  }

  forget(): void {
    this.#unhandled.clear();
  }

  /** The reasons of those that were not handled later either. */
  unhandled(): unknown[] {
    return [...this.#unhandled.values()];
  }

  [Symbol.dispose](): void {
    process.off('unhandledRejection', this.#onUnhandled);
    process.off('rejectionHandled', this.#onHandled);
  }
}

/** Knows what globals looked like before the tests, and brings that back. */
class Guard {
  readonly #places: { object: object; name: string; key: string; before: PropertyDescriptor }[];

  constructor(watch: Readonly<Record<string, object>>) {
    vi.useRealTimers();
    const watched: [name: string, object: object, keys?: string[]][] = [
      ['', globalThis, ['Date', 'fetch', 'setTimeout', 'setInterval', 'setImmediate']],
      ['', globalThis, ['clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask']],
      ['Date.', Date, ['now']],
      ['Math.', Math, ['random']],
      ['crypto.', crypto, ['randomUUID', 'getRandomValues']],
      ['performance.', performance, ['now']],
      ['console.', console],
      ...Object.entries(watch).map(([name, object]): [string, object] => [`${name}.`, object]),
    ];
    this.#places = watched.flatMap(([prefix, object, keys = Object.keys(object)]) =>
      keys.flatMap((key) => {
        const before = Object.getOwnPropertyDescriptor(object, key);
        return before ? [{ object, name: prefix + key, key, before }] : [];
      }),
    );
  }

  /** @returns the names of what was found replaced. */
  putRight(): string[] {
    const leaks: string[] = [];
    if (vi.isFakeTimers()) {
      leaks.push('fake timers');
      vi.useRealTimers();
    }
    for (const { object, name, key, before } of this.#places) {
      const now = Object.getOwnPropertyDescriptor(object, key);
      if (now?.value === before.value && now?.get === before.get) continue;
      leaks.push(name);
      Object.defineProperty(object, key, before);
    }
    vi.useRealTimers();
    return leaks;
  }
}

/** What an error says, in a few lines and without colors. */
function messageOf(error: unknown): string {
  const text =
    error instanceof Error
      ? error.name === 'AssertionError' || error.name === 'Error'
        ? error.message
        : `${error.name}: ${error.message}`
      : format(error);
  const plain = text.replace(/\u001b\[\d+m/g, '').trim();
  const lines = plain.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, 12).join('\n');
}
