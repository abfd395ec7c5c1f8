import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { RUNNER } from '../location.ts';
import { runNode } from '../process/child.ts';
import { confine } from './vitest/confinement.ts';

const attempts = z.record(z.string(), z.enum(['denied', 'possible']));
/** What code in a confined process tried, and whether it could. */
export type Attempts = z.infer<typeof attempts>;

/**
 * Starts a process under the very flags under which katas run, and has it try what they forbid.
 *
 * @returns undefined where such a process cannot be started here.
 */
export async function probeConfinement(): Promise<Attempts | undefined> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dojo-probe-')));
  try {
    const { execArgv, env } = confine(folder, [], false);
    const flags = execArgv.slice(0, execArgv.indexOf('--import'));
    const script = join(RUNNER, 'grade', 'vitest', 'probe-attempts.ts');
    const output = await runNode(script, flags, { env, cwd: folder });
    return attempts.parse(JSON.parse(output));
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
