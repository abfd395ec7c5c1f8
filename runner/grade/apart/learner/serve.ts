import type { Action, Change, ToLearner, Wire } from '../wire.ts';
import { decode, onCall, setProperty, settle } from './decode.ts';
import { encode, encodeContent } from './encode.ts';
import {
  apply,
  asyncIterator,
  chain,
  construct,
  evaluate,
  getOwnPropertyDescriptor,
  isArray,
  iterator,
  ownKeys,
  parse,
  stringify,
} from './intrinsics.ts';
import { followClock, setTime, type Timers } from './clock.ts';
import { loadModule } from './modules.ts';
import { receive, send } from './pipe.ts';
import { judges, own } from './tables.ts';

const soon = setImmediate;
let asked = 0;

type AnyFunction = (...args: unknown[]) => unknown;
type Request = Extract<ToLearner, { t: 'request' }>;

/** How the judge's objects looked when they were handed to the learner's code. */
interface Lent {
  readonly ids: readonly number[];
  readonly before: readonly string[];
}
const NOTHING_LENT: Lent = { ids: [], before: [] };

/** Does what a frame of the judge asks for. */
export function serve(frame: ToLearner): void {
  if (frame.time) setTime(frame.time);
  if (frame.t === 'settled') return settle(frame.handle, frame.ok, frame.value);
  if (frame.t !== 'request') return;
  const { action } = frame;
  if (action.do === 'turn') return void soon(() => answer(frame, NOTHING_LENT, true, undefined));
  if (action.do === 'load') return void load(frame, action.module, action.code);
  let lent = NOTHING_LENT;
  try {
    const ids: number[] = [];
    const values: unknown[] = [];
    for (let index = 0; index < frame.values.length; index += 1)
      values[index] = decode(frame.values[index] ?? null, ids);
    lent = lend(ids);
    const result = perform(action, values);
    answer(frame, lent, true, result);
  } catch (error) {
    answer(frame, lent, false, error);
  }
}

/** Tells the judge of an error that nobody caught. */
export function tellUnhandled(error: unknown): void {
  send({ t: 'unhandled', value: wireOf(error, NOTHING_LENT) });
}

onCall((handle, self, values) => {
  asked += 1;
  const id = asked;
  const wires: Wire[] = [];
  for (let index = 0; index < values.length; index += 1)
    wires[index] = encode(values[index], promised(NOTHING_LENT));
  const known = typeof self === 'object' && self !== null && judges.idOf(self) !== undefined;
  send({
    t: 'ask',
    id,
    handle,
    values: wires,
    ...(known ? { self: encode(self, promised(NOTHING_LENT)) } : {}),
  });
  for (;;) {
    const frame = receive();
    if (frame.t === 'answer' && frame.id === id) {
      if (frame.time) setTime(frame.time);
      const value = decode(frame.value);
      if (frame.ok) return value;
      throw value;
    }
    serve(frame);
  }
});

function load(frame: Request, module: number, code: string): void {
  void chain(
    loadModule(module, code),
    (namespace) => {
      const exports: unknown[] = [];
      const names = ownKeys(namespace as object);
      for (let index = 0; index < names.length; index += 1) {
        const name = names[index];
        if (typeof name === 'string') exports[exports.length] = [name, (namespace as never)[name]];
      }
      answer(frame, NOTHING_LENT, true, exports);
    },
    (error) => answer(frame, NOTHING_LENT, false, error),
  );
}

function perform(action: Action, values: unknown[]): unknown {
  const target = 'handle' in action ? own.byHandle(action.handle) : undefined;
  const object = target as Record<string, unknown>;
  switch (action.do) {
    case 'call':
      return apply(target as AnyFunction, action.self && decode(action.self), values);
    case 'construct':
      return construct(target as new () => object, values);
    case 'method':
      return apply(object[action.key] as AnyFunction, target, values);
    case 'get':
      return object[action.key];
    case 'set':
      return setProperty(object, action.key, values[0]);
    case 'has':
      return action.key in object;
    case 'keys':
      return keysOf(object);
    case 'iterate':
      return apply(
        (target as Record<symbol, AnyFunction>)[
          action.async ? asyncIterator : iterator
        ] as AnyFunction,
        target,
        [],
      );
    case 'global':
      return void ((globalThis as Record<string, unknown>)[action.key] = values[0]);
    case 'clock':
      return followClock(action.followed, values[0] as Timers);
    case 'drive': {
      // The compiler puts calls of `__name` into functions, to keep their names.
      const source = `((__name) => (${action.source}))((value) => value)`;
      return apply(apply(evaluate, undefined, [source]) as AnyFunction, undefined, values);
    }
    default:
      throw new TypeError('The judge asked for what this program does not know.');
  }
}

function keysOf(object: object): string[] {
  const found: string[] = [];
  const keys = ownKeys(object);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (typeof key === 'string' && getOwnPropertyDescriptor(object, key)?.enumerable)
      found[found.length] = key;
  }
  return found;
}

function answer(frame: Request, lent: Lent, ok: boolean, result: unknown): void {
  let value: Wire;
  try {
    value = encode(result, promised(lent));
  } catch (error) {
    ok = false;
    value = wireOf(error, lent);
  }
  try {
    send({ t: 'answer', id: frame.id, ok, value, changes: changes(lent) });
  } catch (error) {
    send({ t: 'answer', id: frame.id, ok: false, value: wireOf(error, lent), changes: [] });
  }
}

function wireOf(error: unknown, lent: Lent): Wire {
  try {
    return encode(error, promised(lent));
  } catch {
    const message = 'The learner’s code threw a value that cannot be judged.';
    return { $: 'error', id: 0, name: 'Error', base: 'Error', message, stack: '', entries: [] };
  }
}

/** Sends the outcome of each promise that crosses, when it is there. */
function promised(lent: Lent): (handle: number, promise: Promise<unknown>) => void {
  const tell = (handle: number, ok: boolean, result: unknown): void => {
    let value: Wire;
    try {
      value = encode(result, promised(lent));
    } catch (error) {
      ok = false;
      value = wireOf(error, lent);
    }
    send({ t: 'settled', handle, ok, value, changes: changes(lent) });
  };
  return (handle, promise) =>
    void chain(
      promise,
      (value) => tell(handle, true, value),
      (error) => tell(handle, false, error),
    );
}

function lend(ids: readonly number[]): Lent {
  if (ids.length === 0) return NOTHING_LENT;
  const before: string[] = [];
  for (let index = 0; index < ids.length; index += 1) before[index] = look(ids[index] ?? 0);
  return { ids, before };
}

/** What the learner's code has done to objects that are not its own. */
function changes({ ids, before }: Lent): Change[] {
  const found: Change[] = [];
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? 0;
    const now = look(id);
    if (now !== before[index]) found[found.length] = [id, parse(now) as Wire];
  }
  return found;
}

/** A plain object's present content, as text; empty for what is not compared. */
function look(id: number): string {
  const object = judges.byId(id);
  if (object === undefined) return '';
  try {
    const content = encodeContent(object, id);
    if (content === null || typeof content !== 'object') return '';
    const compared = ['array', 'object', 'map', 'set', 'bytes'];
    return isArray(compared) && compared.includes(content.$) ? stringify(content) : '';
  } catch {
    return '';
  }
}
