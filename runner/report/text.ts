import { editionOf } from '../catalog/content.ts';
import type { Edition, Exercise, ExerciseContent } from '../catalog/model.ts';
import type { Frame, Verdict } from '../grade/verdict.ts';
import { findings, type Finding } from './findings.ts';
import { passedOf, staircase, type Stair } from './staircase.ts';
import { duration, headline } from './wording.ts';

/**
 * A verdict as plain lines, without colour and symbols: for pipes, CI and screen readers.
 * Ends without a line break.
 */
export function verdictText(
  exercise: Exercise,
  verdict: Verdict,
  content: ExerciseContent,
  edition?: Edition,
): string {
  const kata = kataName(exercise, verdict, edition);
  const stairs = staircase(content.tasks, verdict);
  return [
    `${exercise.title}: ${headline(verdict, kata)} (${duration(verdict.duration)})`,
    ...(verdict.kind === 'passed' || verdict.kind === 'failed' ? stairs.map(stairText) : []),
    ...findings(verdict).flatMap(findingText),
    ...(verdict.kind === 'passed' ? ['', `What you learned: ${exercise.summary}`] : []),
  ].join('\n');
}

/**
 * The name of the kata file that a verdict speaks of; without an `edition` it is known only where the
 * verdict names it or all editions agree.
 */
export function kataName(exercise: Exercise, verdict: Verdict, edition?: Edition): string {
  const frame = verdict.kind === 'unrunnable' ? verdict.failure.frames[0] : undefined;
  const editions = edition ? [editionOf(exercise, edition)] : exercise.editions;
  const names = new Set(editions.map((each) => each?.kata[0]));
  const [only] = names.size === 1 ? names : [];
  return frame?.file ?? only ?? 'The kata';
}

const STATE_WORDS = { done: 'done', current: 'current', 'to-come': 'to come' } as const;

function stairText(stair: Stair): string {
  const title = stair.number === 0 ? stair.title : `${stair.number}. ${stair.title}`;
  const counts = [
    ...(stair.examples.length > 0 ? [`examples ${passedOf(stair.examples)}`] : []),
    ...(stair.hidden.length > 0 ? [`hidden ${passedOf(stair.hidden)}`] : []),
  ];
  const tests = stair.state === 'current' && counts.length > 0 ? ` (${counts.join(', ')})` : '';
  return `  ${STATE_WORDS[stair.state].padEnd(9)}${title}${tests}`;
}

function findingText(finding: Finding): readonly string[] {
  switch (finding.kind) {
    case 'says':
    case 'advice':
      return ['', finding.text];
    case 'test': {
      const { test } = finding;
      const task = test.task === 0 ? '' : ` of task ${test.task}`;
      return ['', `Failed, ${suiteWord(test.suite)}${task}: ${test.sentence}`];
    }
    case 'error':
      return indented(finding.text);
    case 'compared':
      return [
        ...(finding.expected === undefined ? [] : indented(`expected: ${finding.expected}`)),
        ...(finding.received === undefined ? [] : indented(`received: ${finding.received}`)),
      ];
    case 'diff':
      return ['  difference (- expected, + received):', ...indented(finding.text, 4)];
    case 'place':
      return placeText(finding.frame);
    case 'printed':
      return [`  ${finding.title}:`, ...indented(finding.text, 4)];
  }
}

/** What a test's suite is called where one test is spoken of. */
export function suiteWord(suite: 'examples' | 'hidden'): string {
  return suite === 'examples' ? 'example' : 'hidden test';
}

function placeText(frame: Frame): readonly string[] {
  const width = String(frame.excerpt.at(-1)?.number ?? 0).length;
  return [
    `  at ${frame.file}:${frame.line}:${frame.column}`,
    ...frame.excerpt.map(({ number, text }) =>
      `    ${number === frame.line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`.trimEnd(),
    ),
  ];
}

function indented(text: string, by = 2): readonly string[] {
  return text.split('\n').map((line) => `${' '.repeat(by)}${line}`.trimEnd());
}
