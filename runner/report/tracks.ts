import { EDITION_NAMES, EDITIONS } from '../catalog/model.ts';
import type {
  ExerciseCount,
  ExerciseProgress,
  Progress,
  Standing,
  TrackExercise,
  TrackStanding,
} from '../progress/model.ts';

/** The tracks as plain lines. */
export function tracksText(
  standings: readonly TrackStanding[],
  chosen: string | undefined,
): string {
  return standings
    .map(({ slug, title, blurb, duration, exercises }) =>
      [
        `${slug === chosen ? '*' : ' '} ${slug}: ${title}`,
        `    ${blurb}`,
        `    ${duration}. ${exercises.done} passed of ${exercises.available} exercises that are written; ${exercises.total} in all.`,
      ].join('\n'),
    )
    .join('\n\n');
}

const WORDS: Record<Standing['state'], string> = {
  passed: '[x]',
  skipped: '[-]',
  open: '[ ]',
  locked: '[locked]',
  planned: '[not yet available]',
  'other-edition': '[other language]',
};

/** A track's topics and exercises as plain lines. */
export function trackText(standing: TrackStanding): string {
  const { exercises } = standing;
  const lines = [
    `${standing.title}: ${exercises.done} of ${exercises.available} available exercises passed (${missing(exercises)})`,
  ];
  for (const phase of standing.phases) {
    lines.push('', `${phase.title} (${phase.duration})`);
    for (const topic of phase.topics) {
      lines.push(`  ${topic.title} (${topic.time})`, ...topic.exercises.map(exerciseText));
    }
  }
  return lines.join('\n');
}

function exerciseText({ slug, title, minutes, level, standing }: TrackExercise): string {
  const because =
    standing.state === 'locked'
      ? `  ${standing.because}`
      : standing.state === 'other-edition'
        ? `  In ${EDITION_NAMES[standing.edition]} only, so far.`
        : '';
  return `    ${WORDS[standing.state]} ${title} (${slug}), level ${level}, ${minutes} min${because}`;
}

/** Passes in each language, where there are some in both. */
function byLanguage(all: readonly ExerciseProgress[]): string {
  const counts = EDITIONS.map((edition) => {
    const passed = all.filter(({ passedEditions }) => passedEditions.includes(edition)).length;
    return { edition, passed };
  });
  if (counts.some(({ passed }) => passed === 0)) return '';
  const parts = counts.map(({ edition, passed }) => `${passed} in ${EDITION_NAMES[edition]}`);
  return ` (${parts.join(', ')})`;
}

function missing({ total, available, otherEdition }: ExerciseCount): string {
  const planned = `${total - available - otherEdition} not written yet`;
  return otherEdition === 0 ? planned : `${planned}, ${otherEdition} in another language only`;
}

/** How far a learner is, as plain lines. */
export function progressText(progress: Progress, standing: TrackStanding | undefined): string {
  const all = [...progress.exercises.values()];
  const passed = all.filter(({ passedAt }) => passedAt !== undefined).length;
  const attempts = all.reduce((sum, exercise) => sum + exercise.attempts, 0);
  return [
    standing
      ? `${standing.title}: ${standing.exercises.done} of ${standing.exercises.available} available exercises passed, ${standing.exercises.skipped} skipped, ${missing(standing.exercises)}.`
      : 'No track is chosen yet: `npm run dojo -- tracks` lists them.',
    `In all: ${passed} passed in ${attempts} attempts${byLanguage(all)}. Edition: ${progress.edition}.`,
    ...(progress.current === undefined ? [] : [`You are at: ${progress.current}`]),
  ].join('\n');
}
