import { stripVTControlCharacters } from 'node:util';
import type { UserConsoleLog } from 'vitest';
import type { TestCase, TestModule, TestRunResult } from 'vitest/node';
import { z } from 'zod';
import { plainText } from '../plain-text.ts';
import type { SuiteName } from '../verdict.ts';
import type { Facts, ProcessEnd, RawError, RawTest } from './protocol.ts';

const OUTPUT_LIMIT = 64 * 1024;
const TEST_OUTPUT_LIMIT = 16 * 1024;
/** Characters of an error's longest part. */
const TEXT_LIMIT = 16 * 1024;
/** Bounds of what one grading can report; no suite comes near. */
const MAX_TESTS = 2_000;
const MAX_UNHANDLED = 20;
const MAX_FRAMES = 50;

/** What code printed, up to a limit: learner code may print without end. */
export class CappedOutput {
  readonly #limit: number;
  text = '';
  /** Characters beyond the limit. */
  dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a chunk, without what would move a terminal's cursor or set its colours. */
  add(chunk: string): void {
    if (this.text.length >= this.#limit) {
      this.dropped += chunk.length;
      return;
    }
    const clean = stripVTControlCharacters(chunk).replace(/[^\P{C}\n\t]/gu, '');
    const room = Math.max(0, this.#limit - this.text.length);
    this.text += clean.slice(0, room);
    this.dropped += Math.max(0, clean.length - room);
  }
}

/** Turns what vitest reports of one grading into plain data. */
export class Recorder {
  readonly output = new CappedOutput(OUTPUT_LIMIT);
  readonly #testOutput = new Map<string, CappedOutput>();

  /** @param ofTest whether the id is that of a test; what is printed while loading carries its file's id. */
  onUserConsoleLog({ content, taskId = '' }: UserConsoleLog, ofTest: boolean): void {
    if (!ofTest) return this.output.add(content);
    const known = this.#testOutput.get(taskId) ?? new CappedOutput(TEST_OUTPUT_LIMIT);
    this.#testOutput.set(taskId, known);
    known.add(content);
  }

  facts(
    suites: readonly { readonly name: SuiteName; readonly path: string }[],
    run: TestRunResult,
    end: ProcessEnd | undefined,
  ): Facts {
    const modules = suites.flatMap(({ name, path }) =>
      run.testModules
        .filter((module) => module.moduleId === path)
        .map((module) => ({ name, module })),
    );
    return {
      loadErrors: modules.flatMap(({ name, module }) =>
        module.errors().map((error) => ({ suite: name, error: rawError(error) })),
      ),
      tests: modules.flatMap(({ name, module }) =>
        [...module.children.allTests()].slice(0, MAX_TESTS).map((test) => this.#test(test, name)),
      ),
      unhandled: [
        ...run.unhandledErrors.map(rawError),
        ...modules.flatMap(({ module }) => groupErrors(module)),
      ].slice(0, MAX_UNHANDLED),
      ...(end ? { end } : {}),
      output: this.output.text,
      outputDropped: this.output.dropped,
    };
  }

  /** The facts about a candidate that never got as far as a test. */
  refusal(compileError: RawError): Facts {
    return { compileError, loadErrors: [], tests: [], unhandled: [], output: '', outputDropped: 0 };
  }

  #test(test: TestCase, suite: SuiteName): RawTest {
    const { state, errors = [] } = test.result();
    return {
      suite,
      titles: titlesOf(test),
      status: state,
      duration: finite(test.diagnostic()?.duration),
      errors: errors.slice(0, MAX_UNHANDLED).map(rawError),
      output: this.#testOutput.get(test.id)?.text ?? '',
    };
  }
}

function titlesOf(test: TestCase): string[] {
  const titles = [test.name];
  for (let { parent } = test; parent.type === 'suite'; parent = parent.parent)
    titles.unshift(parent.name);
  return titles.map((title) => plainText(String(title), TEXT_LIMIT));
}

/** Errors thrown in the hooks of groups belong to no test. */
function groupErrors(module: TestModule): RawError[] {
  return [...module.children.allSuites()].flatMap((suite) => suite.errors().map(rawError));
}

const text = z
  .string()
  .transform((value) => plainText(value, TEXT_LIMIT))
  .optional()
  .catch(undefined);
const frames = z
  .array(z.object({ file: z.string(), line: z.int(), column: z.int() }))
  .transform((stacks) => stacks.slice(0, MAX_FRAMES))
  .catch([]);
const errorParts = z.object({
  name: text,
  message: text,
  expected: text,
  actual: text,
  diff: text,
  stacks: frames,
});

/**
 * An error as vitest hands it over, its frames already traced back to the sources. Learner code has
 * made it: its parts can be of any type.
 */
function rawError(error: unknown): RawError {
  const parts: z.infer<typeof errorParts> = errorParts.safeParse(error).data ?? { stacks: [] };
  const { name = 'Error', message = 'An error without a message.', expected, actual, diff } = parts;
  return {
    name,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { received: actual }),
    ...(diff === undefined ? {} : { diff }),
    frames: parts.stacks.map(({ file, line, column }) => ({ path: file, line, column })),
  };
}

function finite(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
