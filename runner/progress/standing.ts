import { languageFor } from '../catalog/content.ts';
import type { Catalog, Edition, Exercise, Phase, Topic, Track } from '../catalog/model.ts';
import { aboutTime } from './duration.ts';
import type {
  Count,
  ExerciseCount,
  Progress,
  Standing,
  TrackExercise,
  TrackPhase,
  TrackStanding,
  TrackTopic,
} from './model.ts';

/**
 * A track as it stands for a learner. Topics open one after the other: each when every written
 * exercise before it is passed or skipped. Within an open topic an exercise opens when what it needs
 * is. Planned exercises, and those that are not written in the learner's edition, are passed over and never
 * count as done; slugs that are neither written nor planned do not appear. An unlocked track has everything
 * open. A pass counts in its own edition, and opens what comes after it in all of them.
 */
export function standTrack(catalog: Catalog, track: Track, progress: Progress): TrackStanding {
  const view = viewOf(catalog, track, progress);
  const phases = track.phases.map((phase) => standPhase(view, phase));
  const topics = phases.flatMap((phase) => phase.topics);
  const exercises = distinctRows(topics);
  return {
    slug: track.slug,
    title: track.title,
    blurb: track.blurb,
    duration: track.duration ?? aboutTime(minutesOf(exercises)),
    phases,
    exercises: countExercises(exercises),
    topics: countTopics(topics),
  };
}

/**
 * How one exercise stands in a track, or, without a track or outside of it, by its needs alone.
 * Undefined for a slug that is neither written nor planned.
 */
export function standExercise(
  catalog: Catalog,
  track: Track | undefined,
  progress: Progress,
  slug: string,
): Standing | undefined {
  return standingOf(viewOf(catalog, track, progress), slug);
}

/**
 * The next exercise to work on: the first open one that comes after the exercise `after` in solving
 * order, else the first open one of the track. Undefined when none is open.
 */
export function nextExercise(standing: TrackStanding, after?: string): TrackExercise | undefined {
  const rows = standing.phases.flatMap(({ topics }) =>
    topics.flatMap(({ exercises }) => exercises),
  );
  const start = rows.findIndex(({ slug }) => slug === after) + 1;
  return [...rows.slice(start), ...rows.slice(0, start)].find(
    (row) => row.standing.state === 'open',
  );
}

/** Whether an exercise counts as passed for who takes this edition; one that is language-neutral counts in all. */
export function hasPassed(
  { exercises }: Pick<Progress, 'exercises'>,
  exercise: Exercise,
  edition: Edition,
): boolean {
  const passed = exercises.get(exercise.slug)?.passedEditions ?? [];
  const neutral = exercise.editions.some(({ language }) => language === 'neutral');
  return neutral ? passed.length > 0 : passed.includes(languageFor(exercise, edition));
}

/** What the rules look at, gathered once for a whole track. */
interface View {
  readonly catalog: Catalog;
  readonly progress: Progress;
  readonly unlocked: boolean;
  /** The track's topics in order. */
  readonly topics: readonly Topic[];
  /** Slug -> index of the topic that lists it first. */
  readonly topicOf: ReadonlyMap<string, number>;
  /** The first topic that still has something to pass; those after it are locked. */
  readonly frontier: { readonly index: number; readonly title: string };
}

function viewOf(catalog: Catalog, track: Track | undefined, progress: Progress): View {
  const topics = track?.phases.flatMap((phase) => phase.topics) ?? [];
  const topicOf = new Map<string, number>();
  topics.forEach(({ exercises }, index) => {
    for (const slug of exercises) if (!topicOf.has(slug)) topicOf.set(slug, index);
  });
  const index = topics.findIndex(({ exercises }) =>
    exercises.some((slug) => isInTheWay(catalog.exercises.get(slug), progress)),
  );
  return {
    catalog,
    progress,
    unlocked: track !== undefined && progress.unlockedTracks.has(track.slug),
    topics,
    topicOf,
    frontier: { index: index < 0 ? Infinity : index, title: topics[index]?.title ?? '' },
  };
}

/** What comes after it waits for it: it can be passed, and is neither passed, in whatever edition, nor skipped. */
function isInTheWay(exercise: Exercise | undefined, { exercises, edition }: Progress): boolean {
  if (!exercise || languageFor(exercise, edition) !== edition) return false;
  const { passedAt, skippedAt } = exercises.get(exercise.slug) ?? {};
  return passedAt === undefined && skippedAt === undefined;
}

function standingOf(view: View, slug: string): Standing | undefined {
  const { catalog, progress, frontier } = view;
  const exercise = catalog.exercises.get(slug);
  if (!exercise) return catalog.planned.has(slug) ? { state: 'planned' } : undefined;
  if (hasPassed(progress, exercise, progress.edition)) return { state: 'passed' };
  const { passedAt, skippedAt } = progress.exercises.get(slug) ?? {};
  if (skippedAt !== undefined) return { state: 'skipped' };
  const edition = languageFor(exercise, progress.edition);
  if (edition !== progress.edition) return { state: 'other-edition', edition };
  if (view.unlocked || passedAt !== undefined) return { state: 'open' };

  const topic = view.topicOf.get(slug);
  if (topic !== undefined && topic > frontier.index)
    return { state: 'locked', because: `Opens after the topic "${frontier.title}".` };
  const open = openNeeds(view, exercise, topic);
  if (open.length === 0) return { state: 'open' };
  return { state: 'locked', because: `Opens after ${inWords(open)}.` };
}

/**
 * Titles of the written exercises that are needed and neither passed nor skipped. One that the track
 * lists only later, or not at all, is passed over: waiting for it would lock the track for good.
 */
function openNeeds(view: View, { needs }: Exercise, topic: number | undefined): string[] {
  return needs.flatMap((need) => {
    const needed = view.catalog.exercises.get(need);
    if (!needed || !isInTheWay(needed, view.progress)) return [];
    const reachable = topic === undefined || (view.topicOf.get(need) ?? Infinity) <= topic;
    return reachable ? needed.title : [];
  });
}

function inWords(titles: readonly string[]): string {
  const quoted = titles.map((title) => `"${title}"`);
  return new Intl.ListFormat('en').format(quoted);
}

function standPhase(view: View, phase: Phase): TrackPhase {
  const topics = phase.topics.map((topic) => standTopic(view, topic));
  return {
    title: phase.title,
    duration: phase.duration ?? aboutTime(minutesOf(distinctRows(topics))),
    topics,
  };
}

function standTopic(view: View, topic: Topic): TrackTopic {
  const exercises = topic.exercises.flatMap((slug): TrackExercise | [] => {
    const known = view.catalog.exercises.get(slug) ?? view.catalog.planned.get(slug);
    const standing = standingOf(view, slug);
    if (!known || !standing) return [];
    const { title, minutes, level } = known;
    return { slug, title, minutes, level, standing, groundwork: topic.groundwork.includes(slug) };
  });
  return {
    title: topic.title,
    time: topic.time ?? aboutTime(minutesOf(exercises)),
    exercises,
    state: topicState(
      exercises,
      view.unlocked || view.topics.indexOf(topic) <= view.frontier.index,
    ),
  };
}

function topicState(exercises: readonly TrackExercise[], open: boolean): TrackTopic['state'] {
  const written = exercises.filter(
    ({ standing }) => !['planned', 'other-edition'].includes(standing.state),
  );
  if (written.length === 0) return 'planned';
  const settled = written.every(({ standing }) => ['passed', 'skipped'].includes(standing.state));
  if (settled) return 'done';
  return open ? 'open' : 'locked';
}

function countExercises(rows: readonly TrackExercise[]): ExerciseCount {
  const count = (state: Standing['state']) =>
    rows.filter(({ standing }) => standing.state === state).length;
  return {
    done: count('passed'),
    skipped: count('skipped'),
    available: rows.length - count('planned') - count('other-edition'),
    otherEdition: count('other-edition'),
    total: rows.length,
  };
}

/** A topic that was finished by skipping counts as skipped. */
function countTopics(topics: readonly TrackTopic[]): Count {
  const finished = topics.filter(({ state }) => state === 'done');
  const skipped = finished.filter(({ exercises }) =>
    exercises.some(({ standing }) => standing.state === 'skipped'),
  );
  return {
    done: finished.length - skipped.length,
    skipped: skipped.length,
    available: topics.filter(({ state }) => state !== 'planned').length,
    total: topics.length,
  };
}

/** The rows of some topics; an exercise that is listed twice comes once. */
function distinctRows(topics: readonly TrackTopic[]): TrackExercise[] {
  const rows = topics.flatMap(({ exercises }) => exercises);
  return [...new Map(rows.map((row) => [row.slug, row])).values()];
}

function minutesOf(rows: readonly TrackExercise[]): number {
  return rows.reduce((sum, { minutes }) => sum + minutes, 0);
}
