import { z } from 'zod';
import { EDITIONS } from '../catalog/model.ts';
import type { AttemptKind, Entry } from './model.ts';

const at = z.iso.datetime();
const slug = z.string().min(1);
const edition = z.enum(EDITIONS);
const verdict = z.enum([
  'timed-out',
  'crashed',
  'unrunnable',
  'failed',
  'passed',
] satisfies AttemptKind[]);

const entrySchema: z.ZodType<Entry> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('attempt'),
    at,
    slug,
    edition,
    verdict,
    passed: z.int().min(0),
    total: z.int().min(0),
    duration: z.number().min(0),
  }),
  z.object({ type: z.literal('pass'), at, slug, edition }),
  z.object({ type: z.literal('hint'), at, slug, hint: z.int().min(1) }),
  z.object({ type: z.literal('reveal'), at, slug }),
  z.object({ type: z.literal('skip'), at, slug }),
  z.object({ type: z.literal('unlock'), at, track: slug }),
  z.object({ type: z.literal('reset'), at, slug, edition, backup: z.string() }),
  z.object({ type: z.literal('open'), at, slug }),
  z.object({ type: z.literal('track'), at, track: slug }),
  z.object({ type: z.literal('edition'), at, edition }),
  z.object({ type: z.literal('workspace'), at, folder: z.string().min(1) }),
]);

const KNOWN_TYPES: Readonly<Record<Entry['type'], true>> = {
  attempt: true,
  pass: true,
  hint: true,
  reveal: true,
  skip: true,
  unlock: true,
  reset: true,
  open: true,
  track: true,
  edition: true,
  workspace: true,
};

/** An entry as one line of JSON, without the line's end. */
export function writeEntry(entry: Entry): string {
  return JSON.stringify(entry);
}

/**
 * What a line of the journal says: an entry, `unknown` for a type that another version of the program
 * wrote, or `damaged` for anything else.
 */
export function parseEntry(line: string): Entry | 'unknown' | 'damaged' {
  const value = parseJson(line);
  const entry = entrySchema.safeParse(value);
  if (entry.success) return entry.data;
  const typed = anyTyped.safeParse(value);
  return typed.success && !Object.hasOwn(KNOWN_TYPES, typed.data.type) ? 'unknown' : 'damaged';
}

const anyTyped = z.object({ type: z.string() });

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
