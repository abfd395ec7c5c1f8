import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The clone that this program belongs to; the same whether it runs from its sources or from a bundle. */
export const CLONE = findClone(import.meta.dirname);

/** The program's own sources. */
export const RUNNER = join(CLONE, 'runner');

function findClone(folder: string): string {
  if (existsSync(join(folder, 'runner', 'main.mjs'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('backend-dojo runs from its clone only.');
  return findClone(parent);
}
