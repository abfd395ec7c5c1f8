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

/**
 * Copies what a learner needs of an exercise into the workspace: brief, kata, examples and material.
 * A file that is there already is never touched.
 *
 * @returns the exercise's folder in the workspace.
 */
export async function openExercise(
  workspace: Workspace,
  exercise: Exercise,
  edition: ExerciseEdition,
): Promise<string> {
  await settle(workspace);
  const folder = exerciseFolder(workspace, exercise);
  const names = ['README.md', ...edition.kata, edition.examples, ...exercise.material];
  for (const name of names) {
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    await copyUnlessThere(join(exercise.folder, name), target);
  }
  return folder;
}

/**
 * Puts the starter back in place of the kata.
 *
 * @returns the folder in which the learner's files were kept.
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
  for (const name of edition.kata) {
    const kata = join(folder, name);
    const copy = join(backup, name);
    await mkdir(dirname(copy), { recursive: true });
    if (await exists(kata)) await copyFile(kata, copy, constants.COPYFILE_EXCL);
    await mkdir(dirname(kata), { recursive: true });
    await copyFile(join(exercise.folder, name), kata);
  }
  return backup;
}

/** Whether every kata file is where the learner works on it. */
export async function hasKata(folder: string, edition: ExerciseEdition): Promise<boolean> {
  const found = await Promise.all(edition.kata.map((name) => exists(join(folder, name))));
  return found.every(Boolean);
}

/** Makes types, imports and `npx vitest` work in the workspace, wherever it lies. */
async function settle({ clone, folder }: Workspace): Promise<void> {
  await mkdir(folder, { recursive: true });
  const toClone = relative(folder, clone).replaceAll(sep, '/') || '.';
  await writeUnlessThere(join(folder, 'tsconfig.json'), tsconfig(toClone));
  await writeUnlessThere(join(folder, 'vitest.config.ts'), vitestConfig(toClone));
  if (!isInside(folder, clone)) {
    await symlink(join(clone, 'node_modules'), join(folder, 'node_modules'), 'junction').catch(ignoreExisting);
  }
}

function isInside(path: string, folder: string): boolean {
  return resolve(path).startsWith(resolve(folder) + sep);
}

function tsconfig(toClone: string): string {
  return `{
  "extends": "${toClone}/tsconfig.json",
  "compilerOptions": { "paths": { "#kit/*": ["${toClone}/runner/kit/*.ts"] } },
  "include": [".", "${toClone}/runner/kit/raw.d.ts"]
}
`;
}

function vitestConfig(toClone: string): string {
  return `import { defineConfig } from 'vitest/config';
import { lowerTypeScript } from '${toClone}/runner/grade/lower.ts';

const kit = new URL('${toClone}/runner/kit/', import.meta.url).pathname;

export default defineConfig({
  plugins: [lowerTypeScript()],
  oxc: false,
  resolve: { alias: [{ find: /^#kit\\/(.*)$/, replacement: \`\${kit}$1.ts\` }] },
});
`;
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
