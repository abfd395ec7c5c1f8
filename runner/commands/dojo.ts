import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { loadCatalog } from '../catalog/load.ts';
import type { Catalog } from '../catalog/model.ts';
import { CLONE } from '../location.ts';
import { deriveProgress } from '../progress/derive.ts';
import { appendEntry, readJournal, type Journal } from '../progress/journal.ts';
import type { Entry, NewEntry, Progress } from '../progress/model.ts';
import { DEFAULT_WORKSPACE, makeWorkspace, type Workspace } from '../workspace/workspace.ts';
import { tell, text, UsageError, type Arguments } from './command.ts';

/** What every command works on: the catalogue, the learner's journal and their workspace. */
export interface Dojo {
  readonly catalog: Catalog;
  readonly workspace: Workspace;
  /** Sentences that the learner should see once. */
  readonly notices: readonly string[];
  /** The journal as it was found. */
  readonly journal: Pick<Journal, 'damaged'> & { readonly entries: number };
  progress(): Progress;
  record(entry: NewEntry): { readonly progress: Progress; readonly written: Promise<void> };
}

/** Content and progress lie in the clone, unless `DOJO_HOME` names another folder that is laid out like it. */
async function home(): Promise<string> {
  const named = process.env.DOJO_HOME;
  if (!named) return CLONE;
  const folder = resolve(named);
  if (await stat(join(folder, 'exercises')).catch(() => undefined)) return folder;
  throw new UsageError(`DOJO_HOME names ${folder}, which holds no folder "exercises".`);
}

/** Loads what a command needs, and tells the learner what they should know. @throws UsageError as `loadDojo`. */
export async function openDojo(args: Arguments): Promise<Dojo> {
  const dojo = await loadDojo(args);
  dojo.notices.forEach(tell);
  return dojo;
}

/**
 * Loads everything that a command needs.
 *
 * @param args `--workspace` names the learner's folder; it is remembered.
 * @throws UsageError when that folder cannot be a workspace, or the learner's own files cannot be used.
 */
export async function loadDojo(args: Arguments): Promise<Dojo> {
  const root = await home();
  const path = join(root, '.dojo', 'journal.jsonl');
  const [catalog, journal] = await Promise.all([
    loadCatalog(root, join(root, '.dojo', 'catalog.snapshot')),
    readJournal(path).catch((error: unknown) => {
      throw new UsageError(`Your journal ${path} cannot be read: ${reasonOf(error)}`);
    }),
  ]);
  const entries: Entry[] = [...journal.entries];
  let progress = deriveProgress(entries);
  let writing = Promise.resolve();

  const record: Dojo['record'] = (entry) => {
    const now = new Date();
    entries.push({ ...entry, at: now.toISOString() });
    progress = deriveProgress(entries);
    writing = writing
      .catch(() => undefined)
      .then(() => appendEntry(path, entry, now))
      .then(
        () => undefined,
        (error: unknown) => {
          throw new UsageError(`Your progress cannot be written: ${reasonOf(error)}`);
        },
      );
    return { progress, written: writing };
  };

  const named = text(args, 'workspace');
  if (named !== undefined) {
    const folder = resolve(named);
    refuseOwnFolders(root, folder);
    await makeWorkspace({ clone: root, folder });
    if (folder !== progress.workspace) await record({ type: 'workspace', folder }).written;
  }
  const folder = progress.workspace ?? join(root, DEFAULT_WORKSPACE);
  return {
    catalog,
    workspace: { clone: root, folder },
    notices: noticesOf(catalog, journal.damaged),
    journal: { ...journal, entries: journal.entries.length },
    progress: () => progress,
    record,
  };
}

/** Folders of the clone in which no workspace can lie. */
const OWN = [
  'exercises',
  'solutions',
  'runner',
  'tracks',
  'test',
  'docs',
  'node_modules',
  '.git',
  '.dojo',
];

function refuseOwnFolders(root: string, folder: string): void {
  const [first = '', ...rest] = relative(root, folder).split(sep);
  const around = [first, ...rest].every((part) => part === '..' || part === '');
  if (around || OWN.includes(first)) {
    throw new UsageError(
      `--workspace ${folder} holds the dojo's own files. Name a folder for your katas only.`,
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function noticesOf(
  catalog: Catalog,
  damaged: { path: string; lines: number } | undefined,
): string[] {
  const notices: string[] = [];
  if (damaged) {
    const lines = damaged.lines === 1 ? 'One line' : `${damaged.lines} lines`;
    notices.push(
      `${lines} of your journal could not be read and are kept in ${damaged.path}. Everything else is there.`,
    );
  }
  const [first] = catalog.problems;
  if (first) {
    const more =
      catalog.problems.length > 1 ? ` (and ${catalog.problems.length - 1} more problems)` : '';
    notices.push(`${first.path}:${first.line}: ${first.message} ${first.remedy}${more}`);
  }
  return notices;
}
