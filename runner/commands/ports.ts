import { basename, join } from 'node:path';
import { listMistakes, readContent, readSolution } from '../catalog/content.ts';
import type { Edition } from '../catalog/model.ts';
import { folderCandidate } from '../grade/candidate.ts';
import { createGrader, type GraderOptions } from '../grade/grader.ts';
import { createRecognizer } from '../grade/recognizer.ts';
import { findEditor, openEditor } from '../process/editor.ts';
import type { Ports } from '../session/ports.ts';
import { watchKata, type KataWatcher } from '../watch/kata-watcher.ts';
import { exerciseFolder, openExercise, resetExercise } from '../workspace/workspace.ts';
import { chooseExercise, type Chosen } from './choice.ts';
import type { Dojo } from './dojo.ts';

/** Lends the terminal to another program, such as an editor, until `during` settles. */
export type Suspend = <T>(during: () => Promise<T>) => Promise<T>;

/**
 * A session's ports on the real world.
 *
 * @param grading how verdicts come about.
 */
export function portsOf(dojo: Dojo, suspend: Suspend, grading: GraderOptions): Ports {
  const { workspace } = dojo;
  const grader = createGrader(workspace.clone, grading);
  const recognizer = createRecognizer(workspace.clone);
  let watcher: KataWatcher | undefined;
  let written = Promise.resolve();

  const chosen = (slug: string, language: Edition): Chosen & { readonly folder: string } => {
    const choice = chooseExercise(dojo, slug, language);
    return { ...choice, folder: exerciseFolder(workspace, choice.exercise) };
  };

  return {
    record(entry) {
      const recorded = dojo.record(entry);
      written = recorded.written.catch(() => undefined);
      return recorded;
    },
    async open(slug, language) {
      const { exercise, edition } = chosen(slug, language);
      const [folder, content] = await Promise.all([
        openExercise(workspace, exercise, edition),
        readContent(exercise),
      ]);
      void grader.prepare(exercise, edition);
      return { folder, content };
    },
    async watch(slug, language, onEvent) {
      const { folder, edition } = chosen(slug, language);
      const before = watcher;
      watcher = watchKata(workspace.folder, folder, edition.kata, onEvent);
      await Promise.all([before?.close(), watcher.ready]);
    },
    async grade(slug, language, signal) {
      const { exercise, edition, folder } = chosen(slug, language);
      return recognizer.during(() =>
        grader.grade(exercise, edition, folderCandidate(edition, folder), signal),
      );
    },
    async recognize(slug, language, verdict) {
      const { exercise, edition } = chosen(slug, language);
      const mistakes = (): ReturnType<typeof listMistakes> => listMistakes(exercise, language);
      const like = await recognizer.recognize(exercise, edition, mistakes, verdict);
      return like?.sentence;
    },
    async reveal(slug, language) {
      return readSolution(chosen(slug, language).exercise, language);
    },
    async edit(slug, language) {
      const { edition, folder } = chosen(slug, language);
      const editor = findEditor(process.env);
      if (!editor) {
        const names = edition.kata.map((path) => basename(path)).join(', ');
        throw new Error(
          `Set $EDITOR to open ${names} from here; until then, open it in your editor yourself.`,
        );
      }
      const paths = edition.kata.map((name) => join(folder, name));
      const open = (): Promise<void> => openEditor(editor, paths);
      await (editor.inTerminal ? suspend(open) : open());
    },
    async reset(slug, language) {
      const { exercise, edition } = chosen(slug, language);
      const reset = (): Promise<string> => resetExercise(workspace, exercise, edition);
      return watcher ? watcher.quietly(reset) : reset();
    },
    async close() {
      await Promise.all([watcher?.close(), grader.close(), recognizer.close(), written]);
    },
  };
}
