import type { Exercise, ExerciseContent, ExerciseEdition } from '../catalog/model.ts';
import type { Verdict } from '../grade/verdict.ts';
import { verdictText } from './text.ts';
import { plural } from './wording.ts';

/** Everything that a learner will see of an exercise, gathered for the person who reviews it. */
export interface Preview {
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  readonly content: ExerciseContent;
  /** Markdown; revealed after the pass. */
  readonly explanation: string;
  /** What is said before the first keystroke. */
  readonly starter: Verdict;
  readonly mistakes: readonly PreviewedMistake[];
}

export interface PreviewedMistake {
  readonly name: string;
  readonly sentence: string;
  readonly verdict: Verdict;
}

/** A part of a preview: Markdown of the author, or the screen's words for a verdict. */
export interface PreviewPart {
  readonly title: string;
  readonly blocks: readonly PreviewBlock[];
}

export type PreviewBlock =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'screen'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'sentence'; readonly text: string };

/** `sql, level 3, 45 minutes, after sql-joins`. */
export function factsOf({ exercise }: Preview): string {
  const { kind, level, minutes, needs } = exercise;
  return [
    kind,
    `level ${level}`,
    plural(minutes, 'minute'),
    ...(needs.length > 0 ? [`after ${needs.join(' and ')}`] : []),
  ].join(', ');
}

/** What there is to see, in the order in which a learner comes to see it. */
export function previewParts(preview: Preview): readonly PreviewPart[] {
  const { exercise, edition, content, explanation, starter, mistakes } = preview;
  const language = edition.language === 'neutral' ? undefined : edition.language;
  const screen = (verdict: Verdict): PreviewBlock => ({
    kind: 'screen',
    text: verdictText(exercise, verdict, content, language),
  });
  return [
    { title: 'The brief', blocks: [{ kind: 'markdown', text: content.brief }] },
    { title: 'The folder', blocks: [{ kind: 'screen', text: foldersFiles(preview) }] },
    { title: 'The first verdict, on the starter', blocks: [screen(starter)] },
    {
      title: 'The verdict on each mistake',
      blocks: mistakes.flatMap(({ name, sentence, verdict }) => [
        { kind: 'heading', text: name },
        { kind: 'sentence', text: sentence },
        screen(verdict),
      ]),
    },
    {
      title: 'The hints, one per key press',
      blocks: content.hints.flatMap(({ title, text }, index) => [
        { kind: 'heading', text: `${index + 1}. ${title}` },
        { kind: 'markdown', text },
      ]),
    },
    {
      title: 'After the pass',
      blocks: [
        { kind: 'sentence', text: exercise.summary },
        { kind: 'markdown', text: explanation },
      ],
    },
  ];
}

function foldersFiles({ exercise, edition }: Preview): string {
  return ['README.md', ...edition.kata, edition.examples, ...exercise.material].join('\n');
}

/** A preview as plain lines. Ends without a line break. */
export function previewText(preview: Preview): string {
  const { title, slug } = preview.exercise;
  return [
    `${title} (${slug}): ${factsOf(preview)}`,
    ...previewParts(preview).flatMap((part) => [
      '',
      `=== ${part.title} ${'='.repeat(Math.max(0, 70 - part.title.length))}`,
      ...part.blocks.map((block) => `\n${blockText(block)}`),
    ]),
  ].join('\n');
}

function blockText({ kind, text }: PreviewBlock): string {
  return kind === 'heading' ? `--- ${text}` : text.trim();
}
