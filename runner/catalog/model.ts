/** What a learner writes; decides the starter's shape and the tools of its suite. */
export const KINDS = [
  'code',
  'tests',
  'types',
  'sql',
  'shell',
  'config',
  'review',
  'prose',
  'capstone',
] as const;
export type Kind = (typeof KINDS)[number];

/** The languages in which a learner can take a track. */
export const EDITIONS = ['typescript', 'python'] as const;
export type Edition = (typeof EDITIONS)[number];
/** How people write them. */
export const EDITION_NAMES: Readonly<Record<Edition, string>> = {
  typescript: 'TypeScript',
  python: 'Python',
};

/** What a kata's code may do beyond computing, where its topic needs it. */
export const CAPABILITIES = [
  'loopback',
  'worker-threads',
  'child-processes',
  'sqlite',
  'files',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** One language's version of an exercise; a `neutral` one (SQL, shell, config, ...) serves every edition. */
export interface ExerciseEdition {
  readonly language: Edition | 'neutral';
  /** Names of the files that the learner edits, relative to the exercise's folder. */
  readonly kata: readonly string[];
  /** File name of the visible tests in the exercise's folder. */
  readonly examples: string;
  /** File name of the suite that decides, in the solution's folder. */
  readonly hidden: string;
}

/** What an exercise's topic asks of the boundary between judge and learner code. */
export interface ExerciseBoundary {
  /** Why it cannot be judged apart. */
  readonly together?: string;
  /** Changes of the suite's objects by the learner's code are the point: they reach the suite. */
  readonly arguments?: 'written back';
}

/** A validated exercise: its manifest, and where its files lie. Texts are read on demand, see `content.ts`. */
export interface Exercise {
  /** Permanent id, unique over all areas. */
  readonly slug: string;
  readonly area: string;
  readonly title: string;
  readonly kind: Kind;
  /** 1 (first steps) to 5. */
  readonly level: number;
  readonly minutes: number;
  /** One sentence: what was learnt. */
  readonly summary: string;
  /** Slugs to be passed before this one opens. */
  readonly needs: readonly string[];
  /** Never empty. */
  readonly editions: readonly ExerciseEdition[];
  /** Read-only files that come along with the kata. */
  readonly material: readonly string[];
  /** Milliseconds that one verdict may take. */
  readonly timeLimit: number;
  readonly capabilities: readonly Capability[];
  /** How it is judged where judge and learner code run apart; only where that is not the usual way. */
  readonly boundary?: ExerciseBoundary;
  /** Absolute paths. */
  readonly folder: string;
  readonly solutionFolder: string;
}

/** An exercise that tracks name and nobody has written yet. */
export interface PlannedExercise {
  readonly slug: string;
  readonly area: string;
  readonly title: string;
  readonly kind: Kind;
  readonly level: number;
  readonly minutes: number;
}

export interface Topic {
  readonly title: string;
  /** The track's own estimate, in its own words ("2 days"); where absent, the exercises' minutes add up. */
  readonly time?: string;
  /** Slugs in solving order, written and planned ones. */
  readonly exercises: readonly string[];
  /** Those of `exercises` that are listed only because a later one needs them. */
  readonly groundwork: readonly string[];
}

export interface Phase {
  readonly title: string;
  readonly duration?: string;
  readonly topics: readonly Topic[];
}

export interface Track {
  readonly slug: string;
  readonly title: string;
  /** Two sentences: for whom it is, and where it leads. */
  readonly blurb: string;
  readonly duration?: string;
  readonly phases: readonly Phase[];
}

/** Something wrong in the content, worded for the person who will mend it. */
export interface Problem {
  /** Relative to the clone, with forward slashes. */
  readonly path: string;
  /** 1-based; 1 where the whole file or folder is meant. */
  readonly line: number;
  /** Short name of the rule, such as `unknown-file`. */
  readonly rule: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Everything that can be learnt here; immutable. Broken exercises and tracks are left out and appear as problems. */
export interface Catalog {
  /** The clone's absolute path. */
  readonly root: string;
  readonly exercises: ReadonlyMap<string, Exercise>;
  readonly planned: ReadonlyMap<string, PlannedExercise>;
  readonly tracks: readonly Track[];
  readonly problems: readonly Problem[];
}

/** A numbered step of a brief; the suites group their tests under the same number. */
export interface Task {
  readonly number: number;
  readonly title: string;
}

export interface Hint {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** What a learner reads of an exercise before the pass. */
export interface ExerciseContent {
  /** The brief, Markdown. */
  readonly brief: string;
  readonly tasks: readonly Task[];
  readonly hints: readonly Hint[];
}

export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** What is revealed after the pass. */
export interface ExerciseSolution {
  readonly files: readonly SourceText[];
  readonly explanation: string;
  readonly suite: SourceText;
}

/** A complete, plausible wrong solution. */
export interface Mistake {
  readonly name: string;
  /** Sentence for the learner who made it. */
  readonly sentence: string;
  /** Kata file name -> absolute path; files that are not named are those of the reference. */
  readonly files: ReadonlyMap<string, string>;
}

/** Another right solution, in a different style; the hidden suite must accept it. */
export interface Alternative {
  readonly name: string;
  /** What is different about it. */
  readonly sentence: string;
  /** Kata file name -> absolute path; files that are not named are those of the reference. */
  readonly files: ReadonlyMap<string, string>;
}
