import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CLONE } from '../../runner/location.ts';
import type { Finished } from './process.ts';

/** The text of docs/command-line.md. */
export const COMMAND_LINE = readFileSync(join(CLONE, 'docs', 'command-line.md'), 'utf8');

/** The example of a command's JSON in docs/command-line.md. */
function documented(command: string): unknown {
  const examples = COMMAND_LINE.matchAll(/```json\n(.*?)\n```/gs);
  for (const [, text = ''] of examples) {
    const example: unknown = JSON.parse(text);
    if (isObject(example) && example.command === command) return example;
  }
  throw new Error(`docs/command-line.md shows no JSON of "${command}".`);
}

/** Expects one JSON object on standard output that has every key which the docs show; returns it. */
export function expectDocumented(command: string, { stdout }: Finished): Record<string, unknown> {
  const printed: unknown = JSON.parse(stdout);
  if (!isObject(printed)) throw new Error(`"${command}" printed no object: ${stdout}`);
  expect(missing(documented(command), printed, command)).toEqual([]);
  const undocumented = missing(printed, documented(command), command, 1);
  expect(undocumented, 'top-level keys that the docs do not show').toEqual([]);
  return printed;
}

/** Paths of the keys that `wanted` has and `found` has not; of a list, the first entries are compared. */
function missing(wanted: unknown, found: unknown, path: string, depth = Infinity): string[] {
  if (depth === 0) return [];
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found)) return [`${path} (a list)`];
    return wanted.length === 0 || found.length === 0
      ? []
      : missing(wanted[0], found[0], `${path}[0]`, depth);
  }
  if (!isObject(wanted)) return [];
  if (!isObject(found)) return [`${path} (an object)`];
  return Object.entries(wanted).flatMap(([key, value]) =>
    key in found ? missing(value, found[key], `${path}.${key}`, depth - 1) : [`${path}.${key}`],
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
