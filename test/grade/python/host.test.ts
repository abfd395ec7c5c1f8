import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { PythonHost } from '../../../runner/grade/python/client.ts';
import { project } from '../../support/project.ts';

test('whoever leaves while the first interpreter is being made does not wait for it', async () => {
  const cache = await project();
  const begun = Promise.withResolvers<undefined>();
  const told: boolean[] = [];
  const host = new PythonHost(cache, (preparing) => {
    told.push(preparing);
    begun.resolve(undefined);
  });
  const candidate = { files: new Map<string, string>(), folder: cache };
  const grading = host.grade({ suites: [], candidate, timeLimit: 5_000, testLimit: 5_000 });
  await begun.promise;
  await host.close();
  expect((await grading).end?.reason).toBe('abort');
  expect(told).toEqual([true, false]);
  expect(await readdir(cache)).toEqual([]);
});
