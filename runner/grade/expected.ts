import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { keepJson, readKept } from './kept-json.ts';
import { needs, type Facts } from './vitest/protocol.ts';

const expectation = z.object({
  tests: z.array(z.object({ suite: z.enum(['examples', 'hidden']), titles: z.array(z.string()) })),
  needs,
});
/** What is known of an exercise's suites before a candidate is graded: their tests, and what they need. */
export type Expectation = z.infer<typeof expectation>;
export type ExpectedTest = Expectation['tests'][number];

/** The suites of an exercise do not hold what they must; an author's fault. */
export class SuiteError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'SuiteError';
    this.remedy = remedy;
  }
}

/**
 * The tests of an exercise's suites and what these need, learned from the reference solution before a candidate is graded:
 * a candidate that makes tests vanish is then missing them. Kept on disk under the hash of the suites.
 */
export class Expectations {
  readonly #folder: string;
  readonly #known = new Map<string, Promise<Expectation>>();

  /** @param folder where they are kept; made when needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param sources files whose change makes the list stale: the suites and the reference.
   * @param grade grades the reference solution.
   * @throws SuiteError when the reference does not pass, or a suite breaks a rule.
   */
  async of(sources: readonly string[], grade: () => Promise<Facts>): Promise<Expectation> {
    const hash = createHash('sha256');
    for (const path of sources) hash.update(await readFile(path).catch(() => '')).update('\0');
    const key = hash.digest('hex').slice(0, 32);
    const known = this.#known.get(key) ?? this.#learn(key, grade);
    this.#known.set(key, known);
    known.catch(() => this.#known.delete(key));
    return known;
  }

  async #learn(key: string, grade: () => Promise<Facts>): Promise<Expectation> {
    const path = join(this.#folder, `${key}.json`);
    const stored = await readKept(path, expectation);
    if (stored) return stored;
    const facts = await grade();
    const learned = { tests: testsOf(facts), needs: facts.needs ?? { imports: [], tools: [] } };
    await keepJson(path, learned);
    return learned;
  }
}

function testsOf(facts: Facts): ExpectedTest[] {
  const error = facts.compileError ?? facts.loadErrors[0]?.error ?? facts.unhandled[0];
  if (error)
    throw new SuiteError(`The reference solution cannot be graded: ${error.message}`, REPORT);
  if (facts.end)
    throw new SuiteError(`The reference solution was ended (${facts.end.reason}).`, REPORT);
  for (const suite of ['examples', 'hidden'] as const) {
    if (!facts.tests.some((test) => test.suite === suite)) {
      throw new SuiteError(`The ${suite} hold no test.`, REPORT);
    }
  }
  const seen = new Set<string>();
  for (const { suite, titles, status, errors } of facts.tests) {
    const name = `"${titles.join(' > ')}" (${suite})`;
    if (status !== 'passed') {
      const why =
        status === 'failed' ? `fails: ${errors[0]?.message ?? 'no message'}` : `is ${status}`;
      throw new SuiteError(`With the reference solution the test ${name} ${why}`, REPORT);
    }
    if (seen.has(name)) throw new SuiteError(`Two tests are called ${name}.`, REPORT);
    seen.add(name);
  }
  return facts.tests.map(({ suite, titles }) => ({ suite, titles }));
}

const REPORT =
  'This is a fault of the exercise, not yours: please report it, and skip it for now (u).';
