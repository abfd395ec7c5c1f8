import type { Verdict } from '../../grade/verdict.ts';
import { hasPassed } from '../../progress/standing.ts';
import { findings } from '../../report/findings.ts';
import type { Stair } from '../../report/staircase.ts';
import { kataName } from '../../report/text.ts';
import {
  duration,
  headline,
  passSentence,
  PREPARING_PYTHON,
  sentenceList,
  STILL_PASSED,
} from '../../report/wording.ts';
import type { Current, Shown, State } from '../../session/state.ts';
import { clean } from '../text/clean.ts';
import { indent, line, mark, span, spread, type Line } from '../text/line.ts';
import { lead, markdown } from '../text/markdown.ts';
import { fade, stack } from '../text/stack.ts';
import { wrap, wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';
import { kataNames } from './exercise.ts';
import { keyFor } from './footer.ts';
import { fittedFindings } from './findings.ts';

interface Size {
  readonly width: number;
  readonly rows: number;
}

/** What there is to say about the kata now: the last verdict, or why there is none. */
export function newsLines(
  state: State,
  current: Current,
  stairs: readonly Stair[],
  size: Size,
  look: Look,
): readonly Line[] {
  if (current.kata === 'missing') return missingLines(state, current, size.width, look);
  if (!state.shown) return firstLines(state, current, size.width, look);
  return verdictLines(state, current, state.shown, stairs, size, look);
}

function missingLines(state: State, current: Current, width: number, look: Look): readonly Line[] {
  const names = kataNames(current);
  const key = keyFor(state, 'restore', look);
  const missing = names.length === 1 ? `${names[0]} is` : `One of ${sentenceList(names)} is`;
  return [
    ...wrap(
      line(
        mark(`${look.symbols.failed} `, '', 'bad'),
        span(`${missing} not there any more.`, 'title'),
      ),
      width,
      2,
    ),
    ...indent(
      [
        ...wrapText(`It was deleted or renamed in ${clean(current.folder)}.`, width - 2),
        ...wrapText(
          `Put it back and the watch goes on${key === undefined ? '' : `, or press ${key} to copy it again as it was at first`}.`,
          width - 2,
        ),
      ],
      '  ',
    ),
  ];
}

/** Before the first verdict, which is under way as a rule: a brief is not shown only to vanish. */
function firstLines(state: State, current: Current, width: number, look: Look): readonly Line[] {
  if (state.run.state === 'running') {
    return stack([line(checking(look))], state.preparing ? wrapText(PREPARING_PYTHON, width) : []);
  }
  const names = kataNames(current);
  return stack(
    current.content ? markdown(lead(current.content.brief), width, look) : [],
    wrapText(`Save ${sentenceList(names)} and the verdict appears here.`, width, 'title'),
  );
}

function verdictLines(
  state: State,
  current: Current,
  shown: Shown,
  stairs: readonly Stair[],
  size: Size,
  look: Look,
): readonly Line[] {
  const { verdict } = shown;
  const running = state.run.state === 'running';
  const time = running ? checking(look) : span(duration(verdict.duration), 'quiet');
  const kata = kataName(current.exercise, verdict, current.edition);
  const head = headlineRows(verdict, kata, size.width, look);
  const standing = standingSentence(state, current, verdict, look);
  const before = [
    ...(standing === undefined
      ? cheer(shown, stairs, size.width, look)
      : wrapText(standing, size.width, 'quiet')),
    ...likenessLines(shown, size.width),
  ];
  const rest = { width: size.width, rows: size.rows - head.length - before.length };
  const after =
    verdict.kind === 'passed'
      ? passLines(state, current, shown, size.width, look)
      : fittedFindings(findings(verdict), rest, keyFor(state, 'output', look), look);
  const [first = [], ...others] = running ? head.map(fade) : head;
  const body = [...others, ...before, ...after].slice(0, size.rows - 1);
  return [spread(first, [time], size.width, look), ...(running ? body.map(fade) : body)];
}

function checking({ symbols }: Look) {
  return span(`checking${symbols.ellipsis}`, 'here');
}

/** Leaves room for the time, or for `checking`, at the end of the first row. */
function headlineRows(
  verdict: Verdict,
  kata: string,
  width: number,
  { symbols }: Look,
): readonly Line[] {
  const sign =
    verdict.kind === 'passed'
      ? mark(`${symbols.passed} `, 'Passed: ', 'good')
      : mark(`${symbols.failed} `, '', 'bad');
  return wrap(line(sign, span(headline(verdict, kata), 'title')), width - 13, 2);
}

/** Tasks that fell with this verdict; a pass has its own joy. */
function cheer(
  { verdict, tasksBefore }: Shown,
  stairs: readonly Stair[],
  width: number,
  { symbols }: Look,
): readonly Line[] {
  if (verdict.kind !== 'failed') return [];
  const fallen = stairs.filter(
    ({ state, number }) => state === 'done' && !tasksBefore.includes(number),
  );
  const numbers = sentenceList(fallen.map(({ number }) => String(number)));
  const left = stairs.filter(({ state }) => state !== 'done').length;
  if (fallen.length === 0 || left === 0) return [];
  const text = `${fallen.length === 1 ? 'Task' : 'Tasks'} ${numbers} done, ${left} to go.`;
  return wrap(line(mark(`${symbols.star} `, '', 'good'), span(text, 'good')), width, 2);
}

/** What the learner has asked for: the sentence of a known mistake, as a guess. */
function likenessLines({ likeness }: Shown, width: number): readonly Line[] {
  if (!likeness?.told) return [];
  const guess = line(span('This looks like: ', 'here'), clean(likeness.sentence));
  return [
    ...wrap(guess, width, 2),
    ...indent(
      wrapText('A guess from the tests that fail: it may be something else.', width - 2, 'quiet'),
      '  ',
    ),
  ];
}

/** Where the learner stands, if the verdict alone would leave a wrong impression. */
function standingSentence(
  state: State,
  { exercise, edition, hints }: Current,
  { kind }: Verdict,
  look: Look,
): string | undefined {
  if (kind === 'passed' || kind === 'broken') return undefined;
  const { attempts = 0 } = state.progress.exercises.get(exercise.slug) ?? {};
  if (hasPassed(state.progress, exercise, edition)) return STILL_PASSED;
  const brief = keyFor(state, 'brief', look);
  return attempts > 0 || hints > 0 || brief === undefined
    ? undefined
    : `This is the starter as it came. Read the brief with ${brief}, then edit and save.`;
}

/** The moment of joy: what it took, what was learnt, what it opened. */
function passLines(
  state: State,
  current: Current,
  { firstPass, unlocked }: Shown,
  width: number,
  look: Look,
): readonly Line[] {
  const { exercise } = current;
  const { attempts = 0, hints = 0 } = state.progress.exercises.get(exercise.slug) ?? {};
  const inner = width - 2;
  const star = mark(`${look.symbols.star} `, '', 'good');
  const sentence = span(passSentence(clean(exercise.title), attempts, hints), 'good');
  const next = keyFor(state, 'next', look);
  return indent(
    stack(
      firstPass ? wrap(line(star, sentence), inner, 2) : [],
      [line(span('What you learned', 'title')), ...wrapText(clean(exercise.summary), inner)],
      unlocked.length > 0
        ? [line(span('What it opened', 'title')), ...wrapText(clean(sentenceList(unlocked)), inner)]
        : [],
      next === undefined
        ? []
        : wrap(line('Press ', span(next, 'key'), ' when you are ready for the next one.'), inner),
    ),
    '  ',
  );
}
