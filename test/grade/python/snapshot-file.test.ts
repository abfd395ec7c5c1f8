import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSnapshot, writeSnapshot } from '../../../runner/grade/python/snapshot-file.ts';
import { project } from '../../support/project.ts';

describe('the file of a snapshot', () => {
  test('is read as it was written', async () => {
    const path = await written();
    expect([...new Uint8Array(readSnapshot(path) ?? new SharedArrayBuffer())]).toEqual([1, 2, 3]);
  });

  test.each<readonly [string, (path: string) => void]>([
    ['is empty', (path) => writeFileSync(path, '')],
    ['is shorter than its checksum', (path) => truncateSync(path, 3)],
    ['is cut off', (path) => truncateSync(path, 6)],
    [
      'has one other bit',
      (path) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte, at) => (at === 5 ? byte ^ 1 : byte)),
        ),
    ],
  ])('is none where it %s', async (_, damage) => {
    const path = await written();
    damage(path);
    expect(readSnapshot(path)).toBeUndefined();
  });
});

async function written(): Promise<string> {
  const path = join(await project(), 'a.snapshot');
  writeSnapshot(path, Uint8Array.of(1, 2, 3));
  return path;
}
