import type {
  Catalog,
  Edition,
  Exercise,
  ExerciseContent,
  ExerciseSolution,
} from '../catalog/model.ts';
import type { Verdict } from '../grade/verdict.ts';
import type { NewEntry, Progress, TrackStanding } from '../progress/model.ts';

/** Where the learner looks. The kata screen is home; the others lie above it and return to it. */
export type Screen =
  | { readonly name: 'welcome' }
  /** Choose a track; `cursor` counts the tracks of the catalogue. */
  | { readonly name: 'tracks'; readonly cursor: number }
  /** Choose the edition; `cursor` counts `EDITIONS`. */
  | { readonly name: 'editions'; readonly cursor: number }
  | { readonly name: 'kata' }
  | { readonly name: 'brief'; readonly scroll: number }
  | { readonly name: 'output'; readonly scroll: number }
  | { readonly name: 'solution'; readonly page: SolutionPage; readonly scroll: number }
  | {
      readonly name: 'list';
      readonly filter: ListFilter;
      readonly query: string;
      /** The query is being typed: letters go there. */
      readonly searching: boolean;
      /** Index into the rows that filter and query leave. */
      readonly cursor: number;
    }
  | { readonly name: 'help'; readonly scroll: number }
  | { readonly name: 'confirm'; readonly question: Question }
  /** Everything passed so far is checked again. */
  | { readonly name: 'checking'; readonly check: Check }
  /** A phase, or the whole track, is finished. */
  | { readonly name: 'closing'; readonly what: 'phase' | 'track'; readonly title: string };

export const SOLUTION_PAGES = ['explanation', 'solution', 'suite'] as const;
export type SolutionPage = (typeof SOLUTION_PAGES)[number];

export const LIST_FILTERS = ['all', 'open', 'passed', 'planned'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

/** What a learner is asked to confirm. */
export type Question = 'reset' | 'skip' | 'unlock-track';

export interface Check {
  readonly slugs: readonly string[];
  readonly results: readonly { readonly slug: string; readonly verdict: Verdict }[];
  readonly finished: boolean;
}

/** The exercise that is open, and what is known of it. */
export interface Current {
  readonly exercise: Exercise;
  /** The language in which it is open. */
  readonly edition: Edition;
  /** Undefined until it has been read. */
  readonly content?: ExerciseContent;
  readonly solution?: ExerciseSolution;
  /** Absolute path of its folder in the workspace. */
  readonly folder: string;
  /** `missing`: a kata file was deleted or renamed while we looked. */
  readonly kata: 'present' | 'missing';
  /** Hints that are shown now, from the first. */
  readonly hints: number;
  /** Its first pass came while it was open. */
  readonly newlyPassed?: boolean;
}

/** Why a grading was asked for; one that merely greets an opened or reset kata is no attempt. */
export type RunCause = 'opened' | 'saved' | 'asked';

/** One grading at most is under way. */
export type Run =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      readonly id: number;
      readonly cause: RunCause;
      /** A save came in while this one ran: its verdict is stale, and one more run follows. */
      readonly again: boolean;
    };

/** The last verdict that is not stale. */
export interface Shown {
  readonly verdict: Verdict;
  /** The first pass of this exercise: a moment of joy. */
  readonly firstPass: boolean;
  /** Titles of what this pass opened. */
  readonly unlocked: readonly string[];
  /** Tasks that were done before this verdict; a task that is done now and is not among them fell. */
  readonly tasksBefore: readonly number[];
  /** A known mistake that fails in the same way. */
  readonly likeness?: Likeness;
}

/** What a failure looks like, never for certain. */
export interface Likeness {
  /** The mistake's own, for the learner who made it. */
  readonly sentence: string;
  /** The learner has asked for it. */
  readonly told: boolean;
}

export interface State {
  readonly catalog: Catalog;
  readonly progress: Progress;
  /** The chosen track as it stands; undefined until one is chosen. */
  readonly standing?: TrackStanding;
  readonly screen: Screen;
  readonly current?: Current;
  /** Slug of an exercise that is being copied and read. */
  readonly opening?: string;
  readonly run: Run;
  readonly shown?: Shown;
  /** The first interpreter is being made, which takes some seconds, once. */
  readonly preparing?: boolean;
  /** One line for the learner, until the next key or save. */
  readonly notice?: Notice | undefined;
  /** `quitting`: effects are being wound up. */
  readonly phase: 'live' | 'quitting';
  /** Number of the last run that was started. */
  readonly runs: number;
}

export interface Notice {
  readonly tone: 'info' | 'warning';
  readonly text: string;
}

/** What a key stands for; `keys.ts` says which key means what in which state. */
export type Command =
  | { readonly do: 'next' | 'hint' | 'brief' | 'list' | 'tracks' | 'run' | 'edit' | 'solution' }
  | { readonly do: 'output' | 'check' | 'help' | 'quit' | 'back' | 'edition' | 'reset' | 'skip' }
  | { readonly do: 'restore' | 'likeness' | 'unlock-track' | 'confirm' | 'choose' | 'next-page' }
  | { readonly do: 'move'; readonly by: number }
  | { readonly do: 'move-to'; readonly end: 'first' | 'last' }
  | { readonly do: 'next-filter' | 'search' | 'end-search' | 'clear-search' | 'erase' }
  | { readonly do: 'type'; readonly text: string };

/** Everything that can happen to a session. */
export type Event =
  | { readonly type: 'command'; readonly command: Command }
  /** The screen knows how far a page can scroll; it reports where the reader is. */
  | { readonly type: 'scrolled'; readonly to: number }
  /** A kata file has new content. */
  | { readonly type: 'saved' }
  | { readonly type: 'kata-missing' }
  | { readonly type: 'kata-back' }
  | {
      readonly type: 'opened';
      readonly slug: string;
      readonly edition: Edition;
      readonly folder: string;
      readonly content: ExerciseContent;
    }
  | { readonly type: 'revealed'; readonly slug: string; readonly solution: ExerciseSolution }
  | {
      readonly type: 'graded';
      readonly id: number;
      readonly slug: string;
      readonly verdict: Verdict;
    }
  /** The verdict looks like a known mistake. */
  | { readonly type: 'recognized'; readonly verdict: Verdict; readonly sentence: string }
  | { readonly type: 'progressed'; readonly progress: Progress }
  | { readonly type: 'rechecked'; readonly slug: string; readonly verdict: Verdict }
  /** The starter is back; what was there is kept in `backup`. */
  | { readonly type: 'reset-done'; readonly slug: string; readonly backup: string }
  | { readonly type: 'proceed'; readonly to: 'next' | 'first' | 'same' }
  | { readonly type: 'noticed'; readonly notice: Notice }
  | { readonly type: 'preparing'; readonly preparing: boolean }
  /** `reason` is a sentence for the learner. */
  | { readonly type: 'effect-failed'; readonly effect: Effect; readonly reason: string }
  | { readonly type: 'interrupted' };

/** What the session wants done; carried out through the ports, answered by events. */
export type Effect =
  | { readonly type: 'record'; readonly entry: NewEntry }
  /** Copies what is missing into the workspace, reads the texts, watches the kata; answered by `opened`. */
  | { readonly type: 'open'; readonly slug: string; readonly edition: Edition }
  | {
      readonly type: 'grade';
      readonly id: number;
      readonly slug: string;
      readonly edition: Edition;
    }
  | { readonly type: 'abort'; readonly id: number }
  /** Asks whether a failure looks like a known mistake; answered by `recognized` where it does. */
  | {
      readonly type: 'recognize';
      readonly slug: string;
      readonly edition: Edition;
      readonly verdict: Verdict;
    }
  | { readonly type: 'reveal'; readonly slug: string; readonly edition: Edition }
  | { readonly type: 'edit'; readonly slug: string; readonly edition: Edition }
  | { readonly type: 'reset'; readonly slug: string; readonly edition: Edition }
  | {
      readonly type: 'recheck';
      readonly katas: readonly { readonly slug: string; readonly edition: Edition }[];
    }
  | { readonly type: 'stop-recheck' }
  /** Feeds an event back, after the effects before it. */
  | { readonly type: 'then'; readonly event: Event }
  | { readonly type: 'quit' };

/** A reduction's outcome. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}
