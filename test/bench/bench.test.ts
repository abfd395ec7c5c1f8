import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { report } from '../../runner/bench/report.ts';
import { project } from '../support/project.ts';

const MAIN = join(import.meta.dirname, '../../runner/bench/main.ts');

describe('npm run bench', () => {
  test('measures one scenario, prints it, and writes the documented report', async () => {
    const json = join(await project(), 'report.json');
    const printed = execFileSync(
      process.execPath,
      [MAIN, '--only', 'engine', '--quick', '--pause', '50', '--json', json],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const written = report.parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(written.failures).toEqual([]);
    expect(written).toMatchObject({ version: 1, quick: true, options: { pause: 50 } });
    expect(written.measurements.map(({ name }) => name)).toEqual([
      'engine',
      'engine-failing',
      'engine-tests',
      'engine-ready',
    ]);
    for (const { samples, p50, p90, max } of written.measurements) {
      expect(samples).toBe(3);
      expect(p50).toBeLessThanOrEqual(p90);
      expect(p90).toBeLessThanOrEqual(max);
    }
    expect(written.versions).toHaveProperty('node', process.versions.node);
    expect(printed).toContain('Engine: save event to verdict');
  });

  test('suggests the scenario that was meant', () => {
    const { status, stderr } = bench('--only', 'engin');
    expect(status).toBe(2);
    expect(stderr).toContain('There is no scenario "engin". Did you mean "engine"?');
  });

  test('names the file that holds no report', async () => {
    const path = join(await project(), 'report.json');
    writeFileSync(path, '{ "version": 2 }');
    const { status, stderr } = bench('--compare', path, path);
    expect(status).toBe(2);
    expect(stderr).toContain(path);
  });
});

function bench(...args: readonly string[]) {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
}
