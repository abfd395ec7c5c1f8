import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RUNNER } from '../../../runner/location.ts';
import { PythonHost } from '../../../runner/grade/python/client.ts';
import { writeSnapshot } from '../../../runner/grade/python/snapshot-file.ts';
import { version } from '../../../runner/grade/python/snapshot.ts';
import type { Facts } from '../../../runner/grade/vitest/protocol.ts';
import { project } from '../../support/project.ts';

const SUITES = [{ name: 'examples' as const, source: 'def test_it(): assert 1 + 1 == 2\n' }];

function grade(host: PythonHost): Promise<Facts> {
  const candidate = { files: new Map<string, string>(), folder: RUNNER };
  return host.grade({ suites: SUITES, candidate, timeLimit: 20_000, testLimit: 20_000 });
}

test('whoever leaves while the first interpreter is being made does not wait for it', async () => {
  const cache = await project();
  const begun = Promise.withResolvers<undefined>();
  const told: boolean[] = [];
  const host = new PythonHost(cache, (preparing) => {
    told.push(preparing);
    begun.resolve(undefined);
  });
  const grading = grade(host);
  await begun.promise;
  await host.close();
  expect((await grading).end?.reason).toBe('abort');
  expect(told).toEqual([true, false]);
  expect(await readdir(cache)).toEqual([]);
});

describe('the interpreter that is kept for the next start', { timeout: 60_000 }, () => {
  let kept: string;
  let host: PythonHost;
  beforeAll(async () => {
    const cache = join(import.meta.dirname, '../../../node_modules/.cache/backend-dojo/python');
    host = new PythonHost(cache);
    await grade(host);
    kept = join(cache, `${await version()}.snapshot`);
  }, 60_000);
  afterAll(() => host.close());

  test.each<readonly [string, (path: string) => void]>([
    [
      'has one other bit in the middle',
      (path) => {
        const bytes = readFileSync(kept);
        bytes[12_345_678] = (bytes[12_345_678] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
    ],
    ['is whole, and no interpreter', (path) => writeSnapshot(path, new Uint8Array(30_000_000))],
    ['is a folder', (path) => mkdirSync(path)],
  ])('is made anew where its file %s', async (_, damage) => {
    const cache = await project();
    damage(join(cache, `${await version()}.snapshot`));
    const told: boolean[] = [];
    const another = new PythonHost(cache, (preparing) => told.push(preparing));
    const { tests } = await grade(another);
    await another.close();
    expect(tests.map(({ status }) => status)).toEqual(['passed']);
    expect(told).toEqual([true, false]);
  });

  test('is made twice at most, and then people are told', async () => {
    const cache = await project();
    const path = join(cache, `${await version()}.snapshot`);
    const told: boolean[] = [];
    const another = new PythonHost(cache, (preparing) => {
      told.push(preparing);
      if (!preparing) truncateSync(path, 1_000_000);
    });
    await expect(grade(another)).rejects.toThrow(
      'Python does not start here: its interpreter was prepared twice, and did not work (its file is damaged).',
    );
    await another.close();
    expect(told).toEqual([true, false, true, false]);
  });

  test('says where it cannot be written', async () => {
    const cache = join(await project({ file: '' }), 'file');
    const another = new PythonHost(cache);
    await expect(grade(another)).rejects.toThrow(
      `Python could not be prepared in ${cache}: EEXIST`,
    );
    await another.close();
  });

  test('is another one for another runtime, another judge and another interpreter', async () => {
    const folder = await project();
    cpSync(join(RUNNER, 'grade', 'python'), folder, { recursive: true });
    const versions = [await version(), await version(folder), await version(folder, 'v27')];
    for (const file of ['judge/report.py', 'interpreter.ts']) {
      await appendFile(join(folder, file), '\n');
      versions.push(await version(folder));
    }
    expect(versions[1]).toBe(versions[0]);
    expect(new Set(versions.slice(1)).size).toBe(4);
  });
});
