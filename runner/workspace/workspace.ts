import { constants } from 'node:fs';
import { access, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Exercise, ExerciseEdition } from '../catalog/model.ts';

/** The learner's own folder, and the clone whose exercises are copied there. Absolute paths. */
export interface Workspace {
  readonly clone: string;
  readonly folder: string;
}

/** The workspace inside the clone, which git ignores. */
export const DEFAULT_WORKSPACE = 'workspace';

/** Where an exercise lies in the workspace. */
export function exerciseFolder(workspace: Workspace, exercise: Exercise): string {
  return join(workspace.folder, exercise.area, exercise.slug);
}

/** Something in the way of the workspace, in a sentence for the learner. */
export class WorkspaceError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WorkspaceError';
  }
}

/** Makes the workspace, where it is not there yet. @throws WorkspaceError when it cannot be written. */
export async function makeWorkspace(workspace: Workspace): Promise<void> {
  await writing(workspace, () => settle(workspace));
}

/**
 * Copies what a learner needs of an exercise into the workspace: brief, kata, examples and material.
 * A file that is there already is never touched.
 *
 * @returns the exercise's folder in the workspace.
 * @throws WorkspaceError when the workspace cannot be written.
 */
export async function openExercise(
  workspace: Workspace,
  exercise: Exercise,
  edition: ExerciseEdition,
): Promise<string> {
  const folder = exerciseFolder(workspace, exercise);
  const names = ['README.md', ...edition.kata, edition.examples, ...exercise.material];
  await writing(workspace, async () => {
    await settle(workspace);
    if (edition.language === 'python') await settlePython(workspace);
    for (const name of names) {
      const target = join(folder, name);
      await mkdir(dirname(target), { recursive: true });
      await copyUnlessThere(join(exercise.folder, name), target);
    }
  });
  return folder;
}

/**
 * Puts the starter back in place of the kata, and copies what else is missing.
 *
 * @returns the folder in which the learner's files were kept.
 * @throws WorkspaceError when there is no kata, or the workspace cannot be written.
 */
export async function resetExercise(
  workspace: Workspace,
  exercise: Exercise,
  edition: ExerciseEdition,
  now = new Date(),
): Promise<string> {
  const folder = exerciseFolder(workspace, exercise);
  const time = now.toISOString().replaceAll(/[:.]/g, '-');
  const backup = join(workspace.clone, '.dojo', 'backups', `${exercise.slug}-${time}`);
  const names = await existing(folder, edition.kata);
  if (names.length === 0) {
    throw new WorkspaceError(
      `There is nothing to reset: ${folder} holds no kata of "${exercise.title}".`,
    );
  }
  await writing(workspace, async () => {
    for (const name of names) {
      await mkdir(dirname(join(backup, name)), { recursive: true });
      await copyFile(join(folder, name), join(backup, name), constants.COPYFILE_EXCL);
      await copyFile(join(exercise.folder, name), join(folder, name));
    }
  });
  await openExercise(workspace, exercise, edition);
  return backup;
}

/** Makes types, imports and `npx vitest` work in the workspace, wherever it lies. */
async function settle({ clone, folder }: Workspace): Promise<void> {
  await mkdir(folder, { recursive: true });
  const toClone = wayToClone(folder, clone);
  await writeUnlessThere(join(folder, 'tsconfig.json'), tsconfig(toClone));
  await writeUnlessThere(join(folder, 'vitest.config.mts'), vitestConfig(toClone));
  if (!isInside(folder, clone)) {
    await symlink(join(clone, 'node_modules'), join(folder, 'node_modules'), 'junction').catch(
      ignoreExisting,
    );
  }
}

/** Tells editors and test runners how the Python katas in the workspace are meant. */
async function settlePython({ clone, folder }: Workspace): Promise<void> {
  const pyproject = join(folder, 'pyproject.toml');
  await copyUnlessThere(join(clone, 'pyproject.toml'), pyproject).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    },
  );
}

function isInside(path: string, folder: string): boolean {
  return resolve(path).startsWith(resolve(folder) + sep);
}

/** Relative within the clone, which may be moved; absolute elsewhere, where a link on the way would mislead. */
function wayToClone(folder: string, clone: string): string {
  const way = isInside(folder, clone) ? relative(folder, clone) : resolve(clone);
  return way.replaceAll(sep, '/');
}

function tsconfig(toClone: string): string {
  const settings = {
    extends: `${toClone}/tsconfig.json`,
    compilerOptions: { paths: { '#kit/*': [`${toClone}/runner/kit/*.ts`] } },
    include: ['.', `${toClone}/runner/kit/raw.d.ts`],
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function vitestConfig(toClone: string): string {
  return `import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { lowerTypeScript } from ${JSON.stringify(`${toClone}/runner/grade/lower.ts`)};

const clone = resolve(import.meta.dirname, ${JSON.stringify(toClone)});

export default defineConfig({
  plugins: [lowerTypeScript()],
  oxc: false,
  resolve: {
    alias: [
      { find: /^#kit\\/(.*)$/, replacement: \`\${clone}/runner/kit/$1.ts\` },
      { find: /^(\\.\\.\\/)+exercises\\//, replacement: \`\${clone}/exercises/\` },
    ],
  },
});
`;
}

const IN_THE_WAY: Readonly<Record<string, string>> = {
  EACCES: 'you have no right to write there',
  EPERM: 'you have no right to write there',
  EROFS: 'it lies on a disk that is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'a folder stands where a file should be',
};

/** Writes into the workspace; an error of the file system becomes a sentence for the learner. */
async function writing({ folder }: Workspace, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = IN_THE_WAY[code];
    if (reason === undefined) throw error;
    throw new WorkspaceError(
      // The path last: a screen may cut the end off.
      `The workspace cannot be written: ${reason}. Name another one with --workspace, or mend ${folder}`,
      { cause: error },
    );
  }
}

async function writeUnlessThere(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch(ignoreExisting);
}

async function copyUnlessThere(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL).catch(ignoreExisting);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function existing(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    names.map((name) =>
      access(join(folder, name)).then(
        () => name,
        () => [],
      ),
    ),
  );
  return found.flat();
}
