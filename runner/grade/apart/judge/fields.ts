import { LIMITS } from './limits.ts';
import { mayBeAsked, mayBeData } from './names.ts';

// What a frame holds, once it has been looked at. Each of these throws a WireError for anything else.

/** What a frame of the learner process says is not what such a frame may say. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

export type Fields = Readonly<Record<string, unknown>>;

/** A finite number. */
export function finite(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new WireError('number');
  return value;
}

/** A handle, an id or a count. */
export function id(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new WireError('id');
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new WireError('text');
  return value;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new WireError('list');
  return value;
}

export function record(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WireError('value');
  return value as Fields;
}

export function pair(value: unknown): readonly [unknown, unknown] {
  const items = list(value);
  if (items.length !== 2) throw new WireError('pair');
  return [items[0], items[1]];
}

export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new WireError('reference');
  return value;
}

export function pick<T>(table: Readonly<Record<string, T>>, key: unknown): T {
  const name = text(key);
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new WireError('word');
  return found;
}

/** Names to which a stub may answer. */
export function names(value: unknown): string[] {
  return list(value).slice(0, LIMITS.names).map(text).filter(mayBeAsked);
}

/** A name that a property of copied data may have. */
export function dataName(value: unknown): string {
  const name = text(value);
  if (!mayBeData(name)) throw new WireError(`a property called ${name.slice(0, 40)}`);
  return name;
}
