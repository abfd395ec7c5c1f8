import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { CLONE } from '../runner/location.ts';
import { runNode, startNode } from './support/process.ts';
import { project } from './support/project.ts';

const main = join(CLONE, 'runner', 'main.mjs');

/** Runs one of the clone's tools on a script, as the scripts of package.json do. */
const exec = (script: string) => startNode(main, ['exec', 'tsx', script], { cwd: CLONE });

describe('the way in', { timeout: 60_000 }, () => {
  test('runs a tool of the clone, and ends with its exit code', async () => {
    const root = await project({ 'three.ts': 'process.exitCode = 3 as number;\n' });
    expect((await exec(join(root, 'three.ts')).finished).code).toBe(3);
  });

  test('hands on a signal that only it was sent', async () => {
    const root = await project({
      'wait.ts': `process.on('SIGTERM', () => { console.log('told'); process.exit(7); });
        setInterval(() => undefined, 1000);
        console.log('ready');\n`,
    });
    const running = exec(join(root, 'wait.ts'));
    await vi.waitUntil(() => running.output().includes('ready'), { timeout: 30_000 });
    running.kill('SIGTERM');
    const { code, stdout } = await running.finished;
    expect(stdout).toContain('told');
    expect(code).toBe(7);
  });

  test('runs from any folder', async () => {
    const { code, stdout } = await runNode(main, ['--help'], { cwd: await project() });
    expect(code).toBe(0);
    expect(stdout).toContain('npm run dojo');
  });
});
