import type { Entry, ExerciseProgress, Progress } from './model.ts';

const UNTOUCHED: ExerciseProgress = { passedEditions: [], attempts: 0, hints: 0, revealed: false };

/** Everything that is shown about a learner, from the entries of the journal, oldest first. */
export function deriveProgress(entries: readonly Entry[]): Progress {
  const exercises = new Map<string, ExerciseProgress>();
  const unlockedTracks = new Set<string>();
  let chosen: Omit<Progress, 'exercises' | 'unlockedTracks'> = { edition: 'typescript' };

  for (const entry of entries) {
    if ('slug' in entry) {
      const before = exercises.get(entry.slug) ?? UNTOUCHED;
      exercises.set(entry.slug, { ...before, ...changeBy(entry, before) });
    }
    if (entry.type === 'open') chosen = { ...chosen, current: entry.slug };
    if (entry.type === 'track') chosen = { ...chosen, track: entry.track };
    if (entry.type === 'edition') chosen = { ...chosen, edition: entry.edition };
    if (entry.type === 'workspace') chosen = { ...chosen, workspace: entry.folder };
    if (entry.type === 'unlock') unlockedTracks.add(entry.track);
  }
  return { exercises, unlockedTracks, ...chosen };
}

type ExerciseEntry = Extract<Entry, { readonly slug: string }>;

/** What one entry changes about its exercise. */
function changeBy(entry: ExerciseEntry, before: ExerciseProgress): Partial<ExerciseProgress> {
  switch (entry.type) {
    case 'attempt':
      return {
        attempts: before.attempts + 1,
        lastVerdict: entry.verdict,
        // Killed between the two, the attempt is written and the pass is not: it is earned all the same.
        ...(entry.verdict === 'passed' ? passBy(entry, before) : {}),
      };
    case 'pass':
      return passBy(entry, before);
    case 'hint':
      return { hints: Math.max(before.hints, entry.hint) };
    case 'reset':
      return { hints: 0 };
    case 'reveal':
      return { revealed: true };
    case 'skip':
      return { skippedAt: before.skippedAt ?? entry.at };
    case 'open':
      return {};
  }
}

function passBy(
  { at, edition }: Extract<Entry, { readonly type: 'attempt' | 'pass' }>,
  { passedAt = at, passedEditions }: ExerciseProgress,
): Partial<ExerciseProgress> {
  return {
    passedAt,
    passedEditions: passedEditions.includes(edition)
      ? passedEditions
      : [...passedEditions, edition],
  };
}
