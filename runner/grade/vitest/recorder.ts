import { stripVTControlCharacters } from 'node:util';
import type { TestError, UserConsoleLog } from 'vitest';
import type { TestCase, TestModule, TestRunResult } from 'vitest/node';
import type { SuiteName } from '../verdict.ts';
import type { Facts, ProcessEnd, RawError, RawTest } from './protocol.ts';

const OUTPUT_LIMIT = 64 * 1024;
const TEST_OUTPUT_LIMIT = 16 * 1024;

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
        [...module.children.allTests()].map((test) => this.#test(test, name)),
      ),
      unhandled: [
        ...run.unhandledErrors.map((error) => rawError(error as TestError)),
        ...modules.flatMap(({ module }) => groupErrors(module)),
      ],
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
      duration: test.diagnostic()?.duration ?? 0,
      errors: errors.map(rawError),
      output: this.#testOutput.get(test.id)?.text ?? '',
    };
  }
}

function titlesOf(test: TestCase): string[] {
  const titles = [test.name];
  for (let { parent } = test; parent.type === 'suite'; parent = parent.parent)
    titles.unshift(parent.name);
  return titles;
}

/** Errors thrown in the hooks of groups belong to no test. */
function groupErrors(module: TestModule): RawError[] {
  return [...module.children.allSuites()].flatMap((suite) => suite.errors().map(rawError));
}

/** An error as vitest hands it over, its frames already traced back to the sources. */
function rawError(error: TestError): RawError {
  return {
    name: error.name ?? 'Error',
    message: error.message,
    ...(typeof error.expected === 'string' ? { expected: error.expected } : {}),
    ...(typeof error.actual === 'string' ? { received: error.actual } : {}),
    ...(error.diff === undefined ? {} : { diff: error.diff }),
    frames: (error.stacks ?? []).map(({ file, line, column }) => ({ path: file, line, column })),
  };
}
