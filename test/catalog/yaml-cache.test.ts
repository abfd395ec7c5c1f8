import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { exercise, project } from '../support/project.ts';

async function clone() {
  const root = await project({
    ...exercise('x/a'),
    ...exercise('x/b', { manifest: 'needs:\n  - a\n  - unknown' }),
  });
  return { root, cache: join(root, '.dojo', 'catalog.json') };
}

describe('a catalogue that is loaded with a cache', () => {
  test('is the same the second time, lines of problems included', async () => {
    const { root, cache } = await clone();
    const first = await loadCatalog(root, cache);
    expect(await readFile(cache, 'utf8')).toContain('exercises/x/a/exercise.yaml');
    expect(await loadCatalog(root, cache)).toEqual(first);
    expect(first.problems.map(({ line, rule }) => `${line} ${rule}`)).toEqual(['8 unknown-need']);
  });

  test('shows what was changed since', async () => {
    const { root, cache } = await clone();
    await loadCatalog(root, cache);
    const manifest = join(root, 'exercises/x/a/exercise.yaml');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('Title of a', 'New'));
    const { exercises } = await loadCatalog(root, cache);
    expect(exercises.get('a')?.title).toBe('New');
  });

  test.each(['', '{"exercises/x/a/exercise.yaml":{"te', '[]', '{"a":1}'])(
    'does not mind that the cache says "%s"',
    async (text) => {
      const { root, cache } = await clone();
      const expected = await loadCatalog(root, cache);
      await writeFile(cache, text);
      expect(await loadCatalog(root, cache)).toEqual(expected);
    },
  );

  test('does not mind that the cache cannot be written', async () => {
    const { root } = await clone();
    await writeFile(join(root, '.dojo'), 'a file where the folder should be');
    const { exercises } = await loadCatalog(root, join(root, '.dojo', 'catalog.json'));
    expect(exercises.size).toBe(2);
  });
});
