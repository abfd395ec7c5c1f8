import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Facts } from './vitest/protocol.ts';

const expectedTests = z.array(
  z.object({ suite: z.enum(['examples', 'hidden']), titles: z.array(z.string()) }),
);
/** A test that a suite is known to hold. */
export type ExpectedTest = z.infer<typeof expectedTests>[number];

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
 * The tests of an exercise's suites, learned from the reference solution before a candidate is graded:
 * a candidate that makes tests vanish is then missing them. Kept on disk under the hash of the suites.
 */
export class Expectations {
  readonly #folder: string;
  readonly #known = new Map<string, Promise<readonly ExpectedTest[]>>();

  /** @param folder where they are kept; made when needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param sources files whose change makes the list stale: the suites and the reference.
   * @param grade grades the reference solution.
   * @throws SuiteError when the reference does not pass, or a suite breaks a rule.
   */
  async of(
    sources: readonly string[],
    grade: () => Promise<Facts>,
  ): Promise<readonly ExpectedTest[]> {
    const hash = createHash('sha256');
    for (const path of sources) hash.update(await readFile(path).catch(() => '')).update('\0');
    const key = hash.digest('hex').slice(0, 32);
    const known = this.#known.get(key) ?? this.#learn(key, grade);
    this.#known.set(key, known);
    known.catch(() => this.#known.delete(key));
    return known;
  }

  async #learn(key: string, grade: () => Promise<Facts>): Promise<readonly ExpectedTest[]> {
    const path = join(this.#folder, `${key}.json`);
    const stored = await read(path);
    if (stored) return stored;
    const tests = testsOf(await grade());
    await this.#store(path, tests);
    return tests;
  }

  async #store(path: string, tests: readonly ExpectedTest[]): Promise<void> {
    const draft = `${path}.${randomUUID()}`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(draft, JSON.stringify(tests));
      await rename(draft, path);
    } catch {
      // A cache that cannot be written costs time at the next start, nothing else.
    }
  }
}

async function read(path: string): Promise<readonly ExpectedTest[] | undefined> {
  try {
    return expectedTests.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
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
