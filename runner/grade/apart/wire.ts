/**
 * What crosses between judge and learner process: frames of JSON, each behind its length in four bytes.
 * Plain data is copied; functions, promises and objects with a life of their own stay where they are, and
 * the other side holds a handle. The judge believes nothing of this: `judge/decode.ts` checks every field.
 */

/** A value as it crosses. Numbers called `id` name a copied object of the sender. */
export type Wire =
  | null
  | boolean
  | number
  | string
  | { $: 'undefined' }
  /** -0, NaN and the infinities, which JSON lacks. */
  | { $: 'number'; text: string }
  | { $: 'bigint'; text: string }
  | { $: 'symbol'; key: string | null; description: string }
  /** A missing element of an array. */
  | { $: 'hole' }
  | { $: 'array'; id: number; items: Wire[] }
  | { $: 'object'; id: number; bare: boolean; entries: [string, Wire][]; iterate?: Wire }
  | { $: 'map'; id: number; entries: [Wire, Wire][] }
  | { $: 'set'; id: number; items: Wire[] }
  | { $: 'date'; id: number; time: number | null }
  | { $: 'regexp'; id: number; source: string; flags: string }
  | { $: 'bytes'; id: number; type: string; base64: string }
  | ErrorWire
  | FunctionWire
  | InstanceWire
  | { $: 'promise'; handle: number }
  /** Judge to learner only: what iterates on the judge's side. */
  | { $: 'iterator'; id: number; async: boolean; next: Wire; return: Wire; throw: Wire }
  /** An object that stands earlier in this frame. */
  | { $: 'again'; id: number }
  /** The receiver's own object, of which the sender has a copy. */
  | { $: 'yours'; id: number }
  /** The receiver's own function or instance. */
  | { $: 'your-handle'; handle: number };

export interface ErrorWire {
  $: 'error';
  id: number;
  name: string;
  /** The nearest class of the language, such as `TypeError`. */
  base: string;
  message: string;
  stack: string;
  entries: [string, Wire][];
  /** The class, where it is one of the sender's own. */
  class?: Wire;
}

export interface FunctionWire {
  $: 'function';
  handle: number;
  name: string;
  length: number;
  /** May be called with `new`. */
  newable: boolean;
  /** Names of its own properties. */
  statics: string[];
  /** The class of the language that it extends in the end, such as `Error`; else empty. */
  base: string;
  /** The class that it extends. */
  parent?: Wire;
}

export interface InstanceWire {
  $: 'instance';
  handle: number;
  name: string;
  methods: string[];
  iterable: boolean;
  asyncIterable: boolean;
  /** Its class, where that is one of the sender's own. */
  class?: Wire;
}

/** What the judge asks of the learner process. */
export type Action =
  | { do: 'load'; module: number; code: string }
  | { do: 'call'; handle: number; self?: Wire }
  | { do: 'construct'; handle: number }
  | { do: 'method'; handle: number; key: string }
  | { do: 'get' | 'set' | 'has'; handle: number; key: string }
  | { do: 'keys'; handle: number }
  | { do: 'iterate'; handle: number; async: boolean }
  /** Answered when everything that could happen without waiting has happened. */
  | { do: 'turn' }
  /** A function of the suite, as source text, to be run beside the kata. */
  | { do: 'drive'; source: string }
  | { do: 'global'; key: string }
  /** From now on these follow the suite's clock; all others are real. */
  | { do: 'clock'; followed: Followed[] };

/** What of a clock a suite may replace. */
export type Followed = 'setTimeout' | 'setInterval' | 'setImmediate' | 'Date' | 'performance';

/** Milliseconds: of the suite's date, and of its `performance.now`. */
export type Time = [date: number, performance: number];

/** An object of the receiver that the sender's code has changed, and how it looks now. */
export type Change = [id: number, now: Wire];

/** Judge to learner; with the time, while that is not the real one. */
export type ToLearner = { time?: Time } & (
  | { t: 'request'; id: number; action: Action; values: Wire[] }
  /** The outcome of a callback. */
  | { t: 'answer'; id: number; ok: boolean; value: Wire; changes: Change[] }
  | { t: 'settled'; handle: number; ok: boolean; value: Wire }
);

/** Learner to judge. */
export type ToJudge =
  | { t: 'answer'; id: number; ok: boolean; value: Wire; changes: Change[] }
  /** A callback, for whose outcome the learner process waits. */
  | { t: 'ask'; id: number; handle: number; self?: Wire; values: Wire[] }
  | { t: 'settled'; handle: number; ok: boolean; value: Wire; changes: Change[] }
  /** An error that nobody caught. */
  | { t: 'unhandled'; value: Wire }
  | { t: 'print'; text: string };
