import type { Edition, ExerciseContent, ExerciseSolution } from '../catalog/model.ts';
import type { Verdict } from '../grade/verdict.ts';
import type { NewEntry, Progress } from '../progress/model.ts';

/** What can happen to the kata that is watched. */
export type KataEvent = 'saved' | 'missing' | 'back';

/** What a session needs of the world outside. Rejections carry a sentence for the learner. */
export interface Ports {
  /** Takes an entry into the progress at once; `written` settles when it is on disk. */
  record(entry: NewEntry): { readonly progress: Progress; readonly written: Promise<void> };
  /** Copies what is missing into the workspace, and reads the texts. */
  open(
    slug: string,
    edition: Edition,
  ): Promise<{ readonly folder: string; readonly content: ExerciseContent }>;
  /** Reports what happens to the kata, until another one is watched. */
  watch(slug: string, edition: Edition, onEvent: (event: KataEvent) => void): Promise<void>;
  grade(slug: string, edition: Edition, signal: AbortSignal): Promise<Verdict>;
  /** The sentence of the known mistake that a failure looks like, if any. Never holds a grading up. */
  recognize(slug: string, edition: Edition, verdict: Verdict): Promise<string | undefined>;
  reveal(slug: string, edition: Edition): Promise<ExerciseSolution>;
  edit(slug: string, edition: Edition): Promise<void>;
  /** Puts the starter back, without a word of it from the watcher. @returns where the learner's files were kept. */
  reset(slug: string, edition: Edition): Promise<string>;
  /** Ends every process and watcher, and writes what is not on disk yet. */
  close(): Promise<void>;
}
