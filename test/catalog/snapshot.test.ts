import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../runner/catalog/load.ts';
import { exercise, project } from '../support/project.ts';

async function clone() {
  const root = await project({
    ...exercise('x/a'),
    ...exercise('x/b', { manifest: 'needs:\n  - a\n  - unknown' }),
  });
  return { root, snapshot: join(root, '.dojo', 'catalog.snapshot') };
}

describe('a catalogue that is kept from one start to the next', () => {
  test('is the same the second time, lines of problems included', async () => {
    const { root, snapshot } = await clone();
    const first = await loadCatalog(root, snapshot);
    expect(await loadCatalog(root, snapshot)).toEqual(first);
    expect(first.problems.map(({ line, rule }) => `${line} ${rule}`)).toEqual(['8 unknown-need']);
  });

  test('shows what was changed since', async () => {
    const { root, snapshot } = await clone();
    await loadCatalog(root, snapshot);
    const manifest = join(root, 'exercises/x/a/exercise.yaml');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('Title of a', 'New'));
    const { exercises } = await loadCatalog(root, snapshot);
    expect(exercises.get('a')?.title).toBe('New');
  });

  test('knows of a file that has come or gone since', async () => {
    const { root, snapshot } = await clone();
    await loadCatalog(root, snapshot);
    await rm(join(root, 'exercises/x/a/hints.md'));
    const { exercises, problems } = await loadCatalog(root, snapshot);
    expect([...exercises.keys()]).toEqual(['b']);
    expect(problems.map(({ path }) => path)).toContain('exercises/x/a/hints.md');
  });

  test.each([
    ['is empty', () => Buffer.alloc(0)],
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is damaged', (bytes: Buffer) => bytes.fill(0, bytes.length - 20)],
    ['is text', () => Buffer.from('{"a":1}')],
  ])('does not mind that the file %s', async (_case, damage) => {
    const { root, snapshot } = await clone();
    const expected = await loadCatalog(root, snapshot);
    await writeFile(snapshot, damage(await readFile(snapshot)));
    expect(await loadCatalog(root, snapshot)).toEqual(expected);
  });

  test('does not mind that it cannot be written', async () => {
    const { root } = await clone();
    await writeFile(join(root, '.dojo'), 'a file where the folder should be');
    const { exercises } = await loadCatalog(root, join(root, '.dojo', 'catalog.snapshot'));
    expect(exercises.size).toBe(2);
  });
});
