import type { Edition } from '../catalog/model.ts';
import type { VerdictKind } from '../grade/verdict.ts';

/** The verdicts that count as an attempt: all but a grading that was cut short or that was our own fault. */
export type AttemptKind = Exclude<VerdictKind, 'aborted' | 'broken'>;

/** What is written down of a session: one line of the journal each. Times are ISO 8601, UTC. */
export type Entry =
  | {
      readonly type: 'attempt';
      readonly at: string;
      readonly slug: string;
      readonly edition: Edition;
      readonly verdict: AttemptKind;
      readonly passed: number;
      readonly total: number;
      /** Milliseconds. */
      readonly duration: number;
    }
  | { readonly type: 'pass'; readonly at: string; readonly slug: string; readonly edition: Edition }
  | {
      readonly type: 'hint';
      readonly at: string;
      readonly slug: string;
      /** 1-based number of the hint that was shown. */
      readonly hint: number;
    }
  | { readonly type: 'reveal'; readonly at: string; readonly slug: string }
  | { readonly type: 'skip'; readonly at: string; readonly slug: string }
  /** Opens every topic of a track. */
  | { readonly type: 'unlock'; readonly at: string; readonly track: string }
  | {
      readonly type: 'reset';
      readonly at: string;
      readonly slug: string;
      readonly edition: Edition;
      /** Absolute path of the copy that was kept. */
      readonly backup: string;
    }
  | { readonly type: 'open'; readonly at: string; readonly slug: string }
  | { readonly type: 'track'; readonly at: string; readonly track: string }
  | { readonly type: 'edition'; readonly at: string; readonly edition: Edition }
  | { readonly type: 'workspace'; readonly at: string; readonly folder: string };

/** An entry before the clock has stamped it. */
export type NewEntry = Entry extends infer E ? (E extends Entry ? Omit<E, 'at'> : never) : never;

/** What the journal says about one exercise. */
export interface ExerciseProgress {
  /** When it was first passed, in any edition; a pass is permanent. See `standing.ts` for what it counts in. */
  readonly passedAt?: string;
  readonly passedEditions: readonly Edition[];
  readonly skippedAt?: string;
  readonly attempts: number;
  /** Highest number of hints that were shown at once; a reset starts again at 0. */
  readonly hints: number;
  readonly revealed: boolean;
  readonly lastVerdict?: AttemptKind;
}

/** Everything shown about a learner, derived from the journal alone. */
export interface Progress {
  /** By slug; slugs that the catalogue does not know are kept. */
  readonly exercises: ReadonlyMap<string, ExerciseProgress>;
  readonly unlockedTracks: ReadonlySet<string>;
  readonly track?: string;
  readonly edition: Edition;
  /** The exercise that was opened last. */
  readonly current?: string;
  readonly workspace?: string;
}

/** How an exercise stands for this learner in a track. */
export type Standing =
  | { readonly state: 'passed' | 'skipped' | 'open' | 'planned' }
  /** Written, but not in the edition that the learner takes; in the way of nothing. */
  | { readonly state: 'other-edition'; readonly edition: Edition }
  | {
      readonly state: 'locked';
      /** A sentence that says what opens it. */
      readonly because: string;
    };

/** One row of a track, as the list and the map of the track show it. */
export interface TrackExercise {
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  readonly level: number;
  readonly standing: Standing;
  readonly groundwork: boolean;
}

export interface TrackTopic {
  readonly title: string;
  readonly time: string;
  readonly exercises: readonly TrackExercise[];
  /** `planned`: none of its exercises is written yet, in the learner's edition. */
  readonly state: 'done' | 'open' | 'locked' | 'planned';
}

export interface TrackPhase {
  readonly title: string;
  readonly duration: string;
  readonly topics: readonly TrackTopic[];
}

export interface Count {
  /** Passed. */
  readonly done: number;
  readonly skipped: number;
  /** Written in the learner's edition, and so open to be passed. */
  readonly available: number;
  /** Written and planned. */
  readonly total: number;
}

export interface ExerciseCount extends Count {
  /** Neither passed nor skipped, and written in another edition only. */
  readonly otherEdition: number;
}

/** A track as it stands for one learner; an exercise that is listed twice counts once. */
export interface TrackStanding {
  readonly slug: string;
  readonly title: string;
  readonly blurb: string;
  readonly duration: string;
  readonly phases: readonly TrackPhase[];
  readonly exercises: ExerciseCount;
  readonly topics: Count;
}
