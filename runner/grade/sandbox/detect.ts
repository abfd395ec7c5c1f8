import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { RUNNER } from '../../location.ts';
import { runNode } from '../../process/child.ts';
import { launcherOf, type SandboxLayer } from './layer.ts';

/** Act -> whether it was denied. */
const outcome = z.record(z.string(), z.boolean());

/** The wall that this system puts around learner processes; each was tried, not looked up. */
export interface Sandbox {
  readonly layer: SandboxLayer;
  /** Why there is none, or why not a better one. */
  readonly reason: string;
}

/** Finds the best layer that holds here, by trying: a second or less. */
export async function detectSandbox(): Promise<Sandbox> {
  const layers: readonly SandboxLayer[] =
    process.platform === 'linux'
      ? ['kernel', 'bubblewrap']
      : process.platform === 'darwin'
        ? ['sandbox-exec']
        : [];
  const reasons: string[] = [];
  for (const layer of layers) {
    const failure = await test(layer);
    if (failure === undefined) return { layer, reason: reasons.join('; ') };
    reasons.push(`${layer}: ${failure}`);
  }
  return { layer: 'none', reason: reasons.join('; ') || `${process.platform} has none` };
}

/** @returns why the layer does not hold; undefined when it does. */
async function test(layer: SandboxLayer): Promise<string | undefined> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dojo-sandbox-')));
  const secrets = await mkdtemp(join(homedir(), '.dojo-canary-')).catch(() => undefined);
  if (secrets === undefined) return 'no place for a test';
  try {
    const canary = join(secrets, 'canary.txt');
    await writeFile(canary, 'canary');
    const output = await runNode(
      join(RUNNER, 'grade', 'sandbox', 'self-test.ts'),
      ['--no-warnings'],
      {
        env: { UV_USE_IO_URING: '0' },
        cwd: folder,
        through: launcherOf(layer, [join(RUNNER, 'grade')], folder),
        args: [layer, canary, String(process.pid)],
      },
    );
    const possible = Object.entries(outcome.parse(JSON.parse(output)))
      .filter(([, denied]) => !denied)
      .map(([act]) => act);
    return possible.length === 0 ? undefined : `code can still ${possible.join(', ')}`;
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error))
      .split('\n')
      .slice(-1);
    return line.slice(0, 120) || 'it does not start';
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(secrets, { recursive: true, force: true });
  }
}
