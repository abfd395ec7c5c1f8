import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Catalog, PlannedExercise } from '../catalog/model.ts';
import { nearest } from '../catalog/nearest.ts';
import { PLANNED_PATH } from '../catalog/planned.ts';
import { SLUG } from '../catalog/schema.ts';

/** Where a new exercise will lie. */
export interface Place {
  readonly area: string;
  readonly slug: string;
  /** Its entry in `exercises/planned.yaml`, where somebody has planned it. */
  readonly planned?: PlannedExercise;
}

/** What is new cannot lie there; the message says why, and what to do. */
export class PlaceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlaceError';
  }
}

/**
 * The place that `<area>/<slug>` names.
 *
 * @throws PlaceError when the name is malformed, taken, planned elsewhere, or its area looks mistyped.
 */
export async function findPlace(catalog: Catalog, name: string): Promise<Place> {
  const [area = '', slug = '', ...more] = name.split('/');
  if (area === '' || slug === '' || more.length > 0)
    throw new PlaceError(incomplete(catalog, name));
  if (!SLUG.test(area) || !SLUG.test(slug)) {
    throw new PlaceError(
      `"${name}" is not made of lower-case words joined by hyphens.${propose([area, slug].map(asSlug).join('/'))}`,
    );
  }
  const folders = await foldersOf(catalog.root);
  const taken = folders.find((folder) => new RegExp(`^\\w+/[^/]+/${slug}$`).test(folder));
  if (taken !== undefined) {
    throw new PlaceError(
      `The slug "${slug}" is taken by ${taken}: slugs are unique over all areas.${propose(`${area}/${freeSlug(folders, area, slug)}`)}`,
    );
  }
  const planned = catalog.planned.get(slug);
  if (planned && planned.area !== area) {
    throw new PlaceError(
      `"${slug}" is planned in the area "${planned.area}" (${PLANNED_PATH}).${propose(`${planned.area}/${slug}`)}`,
    );
  }
  const meant = mistypedArea(catalog, folders, area);
  if (meant !== undefined) {
    throw new PlaceError(
      `There is no area "${area}".${propose(`${meant}/${slug}`)} If a new area is what you want, make the folder exercises/${area} first.`,
    );
  }
  return { area, slug, ...(planned ? { planned } : {}) };
}

function propose(name: string): string {
  return /^[^/]+\/[^/]+$/.test(name) ? ` Take ${name}, for example.` : '';
}

function incomplete({ planned, exercises }: Catalog, name: string): string {
  const [first] = exercises.values();
  const area = planned.get(name)?.area ?? first?.area ?? 'caching';
  return `"${name}" does not name an area and a slug.${propose(`${area}/${asSlug(name) || 'new-exercise'}`)}`;
}

/** `Rate_Limiter 2` -> `rate-limiter-2`; empty where nothing is left. */
function asSlug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The folders of `exercises/` and `solutions/` that stand for an exercise, broken ones included. */
async function foldersOf(root: string): Promise<string[]> {
  const listed = ['exercises', 'solutions'].map(async (top) => {
    const entries = await readdir(join(root, top), { withFileTypes: true }).catch(() => []);
    const areas = entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${top}/${name}`);
    const inside = areas.map(async (area) =>
      (await readdir(join(root, area))).map((slug) => `${area}/${slug}`),
    );
    return [...areas, ...(await Promise.all(inside)).flat()];
  });
  return (await Promise.all(listed)).flat();
}

function freeSlug(folders: readonly string[], area: string, slug: string): string {
  const free = [`${slug}-in-${area}`, `${slug}-2`, `${slug}-3`].find(
    (candidate) => !folders.some((folder) => folder.endsWith(`/${candidate}`)),
  );
  return free ?? `${slug}-4`;
}

/** The area that is most likely meant by one that does not exist; undefined where none is near. */
function mistypedArea(
  catalog: Catalog,
  folders: readonly string[],
  area: string,
): string | undefined {
  const known = new Set([
    ...folders.filter((folder) => folder.split('/').length === 2).map((folder) => basename(folder)),
    ...[...catalog.planned.values()].map((planned) => planned.area),
  ]);
  return known.has(area) ? undefined : nearest(area, known);
}
