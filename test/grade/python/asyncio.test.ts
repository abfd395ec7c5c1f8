import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PythonHost } from '../../../runner/grade/python/client.ts';

const SUITE = `import asyncio
import contextvars
import unittest

USER = contextvars.ContextVar("user")
steps = []


class Waiting(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        USER.set("Ada")
        self.loop = asyncio.get_running_loop()
        self.addAsyncCleanup(self.note, "cleaned up")

    async def note(self, step):
        await asyncio.sleep(1)
        steps.append((step, USER.get()))

    async def asyncTearDown(self):
        await self.note("torn down")

    async def test_1_has_one_loop_and_one_context(self):
        self.assertIs(asyncio.get_running_loop(), self.loop)
        self.assertEqual(USER.get(), "Ada")

    async def test_2_has_ended_in_order(self):
        self.assertEqual(steps, [("torn down", "Ada"), ("cleaned up", "Ada")])

    async def test_3_costs_no_debug_mode(self):
        self.assertFalse(asyncio.get_running_loop().get_debug())
`;

test('an IsolatedAsyncioTestCase is what it is in CPython, but for the debug mode', async () => {
  const cache = join(import.meta.dirname, '../../../node_modules/.cache/backend-dojo/python');
  const host = new PythonHost(cache);
  const { tests } = await host.grade({
    suites: [{ name: 'examples', source: SUITE }],
    candidate: { files: new Map(), folder: '' },
    timeLimit: 20_000,
    testLimit: 20_000,
  });
  await host.close();
  expect(tests.flatMap(({ errors }) => errors)).toEqual([]);
  expect(tests).toHaveLength(3);
}, 60_000);
