import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise, ExerciseEdition } from '../../catalog/model.ts';
import type { PythonRequest } from './protocol.ts';

/** The suites by which a Python edition is judged, with their texts. */
export async function pythonSuites(
  { folder, solutionFolder }: Exercise,
  { examples, hidden }: ExerciseEdition,
): Promise<PythonRequest['suites']> {
  return Promise.all([
    readSuite('examples', join(folder, examples)),
    readSuite('hidden', join(solutionFolder, hidden)),
  ]);
}

async function readSuite(
  name: PythonRequest['suites'][number]['name'],
  path: string,
): Promise<PythonRequest['suites'][number]> {
  return { name, source: await readFile(path, 'utf8') };
}

/** The files that come along with a kata, as a grading takes them. */
export async function pythonMaterial({
  folder,
  material,
}: Exercise): Promise<PythonRequest['material']> {
  const files = material.map(
    async (name) => [name, await readFile(join(folder, name), 'base64')] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}
