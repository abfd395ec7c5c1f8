import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { listFiles } from '../catalog/listing.ts';
import { readContent } from '../catalog/content.ts';
import type { Exercise, Kind } from '../catalog/model.ts';
import { PLANNED_PATH } from '../catalog/planned.ts';
import { RUNNER } from '../location.ts';
import { PlaceError, type Place } from './place.ts';

const TEMPLATES = join(RUNNER, 'scaffold', 'templates');

/** A new exercise, or a new edition of one, before it is written. */
export interface Scaffold {
  /** Path relative to the clone, with forward slashes -> text. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders of the learner's part and of what decides, relative to the clone. */
  readonly exerciseFolder: string;
  readonly solutionFolder: string;
}

/** Fills the templates of a kind: those of `common`, and in their place those of the kind itself. */
export function fillTemplates(place: Place, kind: Kind): Promise<Scaffold> {
  const title = place.planned?.title ?? titleOf(place.slug);
  return fillFolders(place, ['common', kind], {
    kind,
    name: title,
    title: stringify(title, { singleQuote: true, lineWidth: 0 }).trim(),
    level: String(place.planned?.level ?? 2),
    minutes: String(place.planned?.minutes ?? 45),
  });
}

/** Fills the templates of the Python edition of an exercise: its suites speak of the first tasks of the brief. */
export async function fillPythonEdition(exercise: Exercise): Promise<Scaffold> {
  const { tasks } = await readContent(exercise);
  const title = (number: number): string => tasks[number - 1]?.title ?? 'TODO: what it achieves';
  return fillFolders(exercise, ['python'], { task1: title(1), task2: title(2), task3: title(3) });
}

async function fillFolders(
  { area, slug }: Pick<Place, 'area' | 'slug'>,
  folders: readonly string[],
  values: Readonly<Record<string, string>>,
): Promise<Scaffold> {
  const folder = `${area}/${slug}`;
  const files = new Map<string, string>();
  for (const templates of folders) {
    for (const file of await listFiles(join(TEMPLATES, templates))) {
      const text = await readFile(join(TEMPLATES, templates, file), 'utf8');
      const target = file
        .replace(/^exercise\//, `exercises/${folder}/`)
        .replace(/^solution\//, `solutions/${folder}/`);
      files.set(target, fill(text, { folder, ...values }));
    }
  }
  return { files, exerciseFolder: `exercises/${folder}`, solutionFolder: `solutions/${folder}` };
}

/** Writes the files. @throws PlaceError when one of them is there already; nothing is written then. */
export async function writeScaffold(root: string, { files }: Scaffold): Promise<void> {
  const taken = files.keys().find((path) => existsSync(join(root, path)));
  if (taken !== undefined) {
    throw new PlaceError(
      `${taken} is there already, and nothing is replaced. Move it away, then run the same command again.`,
    );
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { flag: 'wx' });
  }
}

/** Takes an exercise off the plan, and leaves every other line as it is: who writes it deletes it there. */
export async function takeOffThePlan(root: string, slug: string): Promise<void> {
  const path = join(root, PLANNED_PATH);
  const text = await readFile(path, 'utf8');
  const entry = new RegExp(`^${slug}:.*(?:\\r?\\n[ \\t]+\\S.*)*(?:\\r?\\n|$)`, 'm');
  await writeFile(path, text.replace(entry, ''));
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`A template asks for {{${name}}}, which nobody knows.`);
    return value;
  });
}

/** `rate-limiter` -> `Rate limiter`. */
function titleOf(slug: string): string {
  return slug.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());
}
