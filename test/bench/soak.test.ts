import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nextKind, saveOf, type SaveKind } from '../../runner/bench/soak-saves.ts';
import { project } from '../support/project.ts';

const MAIN = join(import.meta.dirname, '../../runner/bench/main.ts');

describe('npm run bench -- --soak', () => {
  test('reads a verdict of its own for every save, and leaves nothing behind', async () => {
    const json = join(await project(), 'soak.json');
    const printed = execFileSync(process.execPath, [MAIN, '--soak', '0.1', '--json', json], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(printed).toContain('lost saves:             0');
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      lost: [],
      stale: [],
      left: [],
      journal: { damaged: 0 },
    });
  });
});

describe('a save of a soak', () => {
  test('has a mark that the one before it has not', () => {
    const kinds: SaveKind[] = [];
    for (let chance = 0; chance < 1; chance += 0.01) kinds.push(nextKind(chance));
    for (const kind of new Set(kinds)) {
      if (kind === 'right') continue;
      expect(saveOf(kind, 1).shown, kind).not.toBe(saveOf(kind, 2).shown);
      expect(saveOf(kind, 2).kata, kind).toContain(saveOf(kind, 2).shown.replace('broken', ''));
    }
  });

  test('is not right twice running: the second pass would look like the first', () => {
    expect(nextKind(0)).toBe('right');
    expect(nextKind(0, 'right')).toBe('wrong');
  });
});
