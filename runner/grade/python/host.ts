import { readFileSync } from 'node:fs';
import type { Facts } from '../vitest/protocol.ts';
import { WASM } from './interpreter.ts';
import { Lane, type Runtime } from './lane.ts';
import { pythonHostRequest, type PythonRequest } from './protocol.ts';
import { readSnapshot } from './snapshot-file.ts';

// A process of its own that may read the runner and its packages, and nothing else: it keeps one
// interpreter waiting, so that a save finds it ready.

const [, , path = ''] = process.argv;
const snapshot = readSnapshot(path) ?? (await giveUp('its file is damaged'));
const runtime: Runtime = { module: await WebAssembly.compile(readFileSync(WASM)), snapshot };
const cancelled = new Set<number>();
let spare = new Lane(runtime);
let current: { readonly id: number; readonly lane: Lane } | undefined;

async function grade(request: PythonRequest): Promise<void> {
  const { id } = request;
  const lane = spare;
  current = { id, lane };
  if (cancelled.delete(id)) lane.abort();
  try {
    const facts = await lane.grade(request);
    process.send?.({ type: 'graded', id, facts });
  } catch (error) {
    process.send?.({ type: 'failed', id, message: String(error) });
  } finally {
    current = undefined;
    spare = new Lane(runtime);
  }
}

/** The first grading of a process compiles much of the interpreter: it shall not be the learner's. */
async function rehearse(): Promise<void> {
  const facts = await spare.grade({
    type: 'grade',
    id: 0,
    suites: REHEARSAL,
    files: {},
    material: {},
    seed: 0,
    timeLimit: 60_000,
    testLimit: 60_000,
  });
  if (statuses(facts) !== 'failed passed failed') throw new Error(JSON.stringify(facts));
  spare = new Lane(runtime);
  await spare.ready();
}

function statuses({ tests, loadErrors, unhandled, end }: Facts): string {
  const amiss = end !== undefined || loadErrors.length + unhandled.length > 0;
  return amiss ? 'amiss' : tests.map(({ status }) => status).join(' ');
}

/** Tells that no interpreter comes of this snapshot. */
async function giveUp(reason: string): Promise<never> {
  await new Promise((sent) => void process.send?.({ type: 'unusable', reason }, sent));
  return process.exit(1);
}

const REHEARSAL = [
  {
    name: 'examples' as const,
    source: `import asyncio, unittest
class Rehearsal(unittest.IsolatedAsyncioTestCase):
    def test_it(self): self.assertEqual([1], [2])
    async def test_later(self): await asyncio.sleep(1)
def test_bare(): assert [1] == [2]
`,
  },
];

let queue: Promise<unknown> = rehearse().then(
  () => process.send?.({ type: 'ready' }),
  (error: unknown) => giveUp(String(error)),
);
process.on('message', (data) => {
  const message = pythonHostRequest.parse(data);
  if (message.type === 'grade') queue = queue.then(() => grade(message));
  else if (current?.id === message.id) current.lane.abort();
  else cancelled.add(message.id);
});
process.once('disconnect', () => process.exit(0));
// The terminal's Ctrl-C reaches the whole group: it is the screen that decides what it means.
process.on('SIGINT', () => undefined);
