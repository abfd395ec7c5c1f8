import { access, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../runner/catalog/load.ts';
import type { Exercise, ExerciseEdition } from '../../runner/catalog/model.ts';
import { CLONE } from '../../runner/location.ts';
import {
  openExercise,
  resetExercise,
  WorkspaceError,
  type Workspace,
} from '../../runner/workspace/workspace.ts';
import { runNode } from '../support/process.ts';
import { exercise, project, type Files } from '../support/project.ts';

interface Scene {
  readonly workspace: Workspace;
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  /** Where the exercise lies in the workspace. */
  readonly folder: string;
  open(): Promise<string>;
}

const TWO_KATAS: Files = exercise('caching/lru', {
  manifest: 'kata: [kata.ts, conf/limits.yaml]\nmaterial: [schema.sql]',
  exercise: { 'conf/limits.yaml': 'max: 1\n', 'schema.sql': 'create table t ();\n' },
  solution: { 'conf/limits.yaml': 'max: 2\n' },
});

/** A clone with one exercise, and its workspace in the usual place. */
async function scene(files: Files = TWO_KATAS): Promise<Scene> {
  const clone = await project(files);
  const catalog = await loadCatalog(clone);
  const [found] = catalog.exercises.values();
  const edition = found?.editions[0];
  if (!found || !edition) throw new Error(JSON.stringify(catalog.problems));
  const workspace = { clone, folder: join(clone, 'workspace') };
  return {
    workspace,
    exercise: found,
    edition,
    folder: join(workspace.folder, 'caching', 'lru'),
    open: () => openExercise(workspace, found, edition),
  };
}

const read = (...path: string[]): Promise<string> => readFile(join(...path), 'utf8');
const isThere = (...path: string[]): Promise<boolean> =>
  access(join(...path)).then(
    () => true,
    () => false,
  );

describe('opening an exercise', () => {
  test('in Python, brings along what tells editors how its katas are meant; in TypeScript it does not', async () => {
    const both = exercise('caching/lru', {
      exercise: { 'kata.py': '', 'examples_test.py': '' },
      solution: { 'kata.py': '', 'hidden_test.py': '' },
    });
    const {
      workspace,
      exercise: found,
      open,
    } = await scene({ ...both, 'pyproject.toml': '[tool]\n' });
    await open();
    expect(await isThere(workspace.folder, 'pyproject.toml')).toBe(false);
    const python = found.editions.find(({ language }) => language === 'python');
    if (python) await openExercise(workspace, found, python);
    expect(await read(workspace.folder, 'pyproject.toml')).toBe('[tool]\n');
    expect(await readdir(join(workspace.folder, 'caching', 'lru'))).toContain('kata.py');
  });

  test('copies the brief, the kata, the examples and the material, and nothing else', async () => {
    const { open, folder } = await scene();
    expect(await open()).toBe(folder);
    const files = await readdir(folder, { recursive: true });
    expect(files.sort()).toEqual(
      ['README.md', 'conf', join('conf', 'limits.yaml'), 'examples.test.ts', 'kata.ts'].concat(
        'schema.sql',
      ),
    );
  });

  test('never writes over a file that is there', async () => {
    const { open, folder } = await scene();
    await open();
    await writeFile(join(folder, 'kata.ts'), '// mine\n');
    await writeFile(join(folder, 'examples.test.ts'), '// my experiment\n');
    await open();
    expect(await read(folder, 'kata.ts')).toBe('// mine\n');
    expect(await read(folder, 'examples.test.ts')).toBe('// my experiment\n');
  });

  test('brings back what was deleted, and only that', async () => {
    const {
      open,
      folder,
      exercise: { folder: shipped },
    } = await scene();
    await open();
    await writeFile(join(folder, 'kata.ts'), '// mine\n');
    await rm(join(folder, 'conf'), { recursive: true });
    await open();
    expect(await read(folder, 'conf', 'limits.yaml')).toBe(
      await read(shipped, 'conf', 'limits.yaml'),
    );
    expect(await read(folder, 'kata.ts')).toBe('// mine\n');
  });

  test('keeps the settings of the workspace as the learner has changed them', async () => {
    const { open, workspace } = await scene();
    await open();
    await writeFile(join(workspace.folder, 'tsconfig.json'), '{}');
    await open();
    expect(await read(workspace.folder, 'tsconfig.json')).toBe('{}');
  });

  test('says what is in the way when the workspace cannot be written', async () => {
    const { workspace, exercise: found, edition } = await scene();
    await writeFile(join(workspace.clone, 'notes'), 'a file');
    for (const folder of ['notes', join('notes', 'katas')]) {
      const blocked = { ...workspace, folder: join(workspace.clone, folder) };
      const opening = openExercise(blocked, found, edition);
      await expect(opening).rejects.toThrow(WorkspaceError);
      await expect(opening).rejects.toThrow(/cannot be written: a file stands .* --workspace/);
    }
  });
});

describe('a reset', () => {
  test('puts the starter back and keeps what the learner wrote', async () => {
    const { open, folder, workspace, exercise: found, edition } = await scene();
    await open();
    await writeFile(join(folder, 'kata.ts'), '// mine\n');
    await writeFile(join(folder, 'conf', 'limits.yaml'), 'max: 7\n');
    const backup = await resetExercise(workspace, found, edition);
    expect(await read(folder, 'kata.ts')).toBe(await read(found.folder, 'kata.ts'));
    expect(await read(backup, 'kata.ts')).toBe('// mine\n');
    expect(await read(backup, 'conf', 'limits.yaml')).toBe('max: 7\n');
    expect(backup.startsWith(join(workspace.clone, '.dojo', 'backups'))).toBe(true);
  });

  test('keeps a folder for each time', async () => {
    const { open, folder, workspace, exercise: found, edition } = await scene();
    await open();
    const backups = [];
    for (const minute of [1, 2]) {
      await writeFile(join(folder, 'kata.ts'), `// version ${minute}\n`);
      const now = new Date(2026, 10, 20, 10, minute);
      backups.push(await resetExercise(workspace, found, edition, now));
    }
    const kept = await Promise.all(backups.map((backup) => read(backup, 'kata.ts')));
    expect(kept).toEqual(['// version 1\n', '// version 2\n']);
  });

  test('leaves the examples and modules of the learner alone', async () => {
    const { open, folder, workspace, exercise: found, edition } = await scene();
    await open();
    await writeFile(join(folder, 'list.ts'), '// my module\n');
    await writeFile(join(folder, 'examples.test.ts'), '// my experiment\n');
    await resetExercise(workspace, found, edition);
    expect(await read(folder, 'list.ts')).toBe('// my module\n');
    expect(await read(folder, 'examples.test.ts')).toBe('// my experiment\n');
  });

  test('brings a kata file back that was deleted beside one that was not', async () => {
    const { open, folder, workspace, exercise: found, edition } = await scene();
    await open();
    await rm(join(folder, 'kata.ts'));
    const backup = await resetExercise(workspace, found, edition);
    expect(await isThere(folder, 'kata.ts')).toBe(true);
    expect(await readdir(backup)).toEqual(['conf']);
  });

  test('of an exercise that was never opened says that there is nothing to reset', async () => {
    const { workspace, exercise: found, edition } = await scene();
    await expect(resetExercise(workspace, found, edition)).rejects.toThrow('nothing to reset');
    expect(await isThere(workspace.clone, '.dojo')).toBe(false);
  });
});

describe('a workspace outside of the clone', () => {
  const SLUGS = ['first-kata', 'window-functions'];

  /** Opens real exercises: one of plain code, one with kit, material and SQL. */
  async function outside(): Promise<string> {
    const { exercises } = await loadCatalog(CLONE);
    // An apostrophe and a space, as people name folders.
    const folder = join(await realpath(await project()), "Ada's katas");
    for (const slug of SLUGS) {
      const found = exercises.get(slug);
      const edition = found?.editions[0];
      if (found && edition) await openExercise({ clone: CLONE, folder }, found, edition);
    }
    return folder;
  }

  test(
    'runs the examples with `npx vitest run`, and its types resolve',
    { timeout: 120_000 },
    async () => {
      const folder = await outside();
      const tool = (...path: string[]): string => join(folder, 'node_modules', ...path);
      const tested = await runNode(tool('vitest', 'vitest.mjs'), ['run'], { cwd: folder });
      const output = tested.stdout + tested.stderr;
      expect(output).toContain('Not implemented yet');
      expect(output).toContain('kata.sql holds no query');
      expect(output).not.toMatch(/Cannot find|Failed to resolve|ENOENT/);
      expect(output).not.toContain('Vite config');
      expect(tested.code).toBe(1);

      const checked = await runNode(tool('typescript', 'bin', 'tsc'), ['--noEmit'], {
        cwd: folder,
      });
      expect(checked.stdout).toBe('');
      expect(checked.code).toBe(0);
    },
  );
});
