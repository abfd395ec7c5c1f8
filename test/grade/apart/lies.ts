import type { Message, Channel } from '../../../runner/grade/apart/judge/channel.ts';
import { randomFrom } from '../../../runner/bench/random.ts';
import type { ToLearner } from '../../../runner/grade/apart/wire.ts';

const WORDS = [
  '__proto__',
  'constructor',
  'prototype',
  'asymmetricMatch',
  '$$typeof',
  'then',
  'toJSON',
  'message',
  'stack',
  'length',
  'mock',
  'a',
  '',
  'polluted',
  '\u0000',
  'Infinity',
  'AggregateError',
  'Uint8Array',
  'AAAA',
  '1',
];
const KINDS = [
  'undefined',
  'number',
  'bigint',
  'symbol',
  'hole',
  'array',
  'object',
  'map',
  'set',
  'date',
  'regexp',
  'bytes',
  'error',
  'function',
  'instance',
  'promise',
  'iterator',
  'again',
  'yours',
  'your-handle',
  'nonsense',
];

/** Makes up values as a program would that wants to deceive or to break its judge. */
export class Liar {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(items: readonly T[]): T {
    const found = items[this.below(items.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  word(): string {
    return this.pick(WORDS);
  }

  junk(depth: number): unknown {
    switch (this.below(8)) {
      case 0:
        return null;
      case 1:
        return this.#random() * 1e6 - 5e5;
      case 2:
        return -this.below(9);
      case 3:
        return this.word();
      case 4:
        return this.#random() < 0.5;
      case 5:
        return [this.junk(depth + 1)];
      default:
        return depth > 3 ? 0 : this.wire(depth + 1);
    }
  }

  /** A value on the wire: of the right shape mostly, with wrong things in it. */
  wire(depth = 0): unknown {
    if (depth > 3 || this.#random() < 0.3) return this.pick([null, 1, 'x', true, this.word()]);
    const wrong = (right: unknown): unknown => (this.#random() < 0.12 ? this.junk(depth) : right);
    const some = (make: () => unknown): unknown[] => Array.from({ length: this.below(3) }, make);
    const value = (): unknown => this.wire(depth + 1);
    const entry = (): unknown => wrong([wrong(this.word()), value()]);
    return {
      $: wrong(this.pick(KINDS)),
      id: wrong(this.below(6)),
      handle: wrong(this.below(6)),
      text: wrong(this.pick(['-0', 'NaN', '12', '', 'toString', this.word()])),
      key: wrong(this.pick([null, this.word()])),
      description: wrong(this.word()),
      items: wrong(some(value)),
      entries: wrong(some(entry)),
      bare: wrong(this.#random() < 0.5),
      time: wrong(this.pick([null, 0, 8.64e15, 1e300])),
      source: wrong(this.pick(['a', '(', '[', '\\'])),
      flags: wrong(this.pick(['g', 'gg', 'u'])),
      type: wrong(this.pick(['Uint8Array', 'ArrayBuffer', 'BigInt64Array', this.word()])),
      base64: wrong(this.pick(['AAAA', 'AAAAAAAAAAA=', '%%%', ''])),
      name: wrong(this.word()),
      base: wrong(this.pick(['Error', 'TypeError', 'AggregateError', 'DOMException', this.word()])),
      message: wrong(this.word()),
      stack: wrong(`Error\n    at kata:/0/kata.js:${this.below(99)}:1\n    at /etc/passwd:1:1`),
      length: wrong(this.below(4)),
      newable: wrong(this.#random() < 0.5),
      statics: wrong(some(() => wrong(this.word()))),
      methods: wrong(some(() => wrong(this.word()))),
      iterable: wrong(this.#random() < 0.5),
      asyncIterable: wrong(this.#random() < 0.5),
      ...(this.#random() < 0.2 ? { class: value() } : {}),
      ...(this.#random() < 0.2 ? { parent: value() } : {}),
    };
  }

  frame(request: number): string {
    const wrong = (right: unknown): unknown => (this.#random() < 0.06 ? this.junk(0) : right);
    if (this.#random() < 0.03) return this.pick(['', '{', 'null', '[]', '"x"', '1', '{"t":{}}']);
    return JSON.stringify({
      t: wrong(this.pick(['answer', 'answer', 'answer', 'ask', 'settled', 'unhandled', 'print'])),
      id: wrong(this.#random() < 0.9 ? request : this.below(9)),
      handle: wrong(this.below(6)),
      ok: wrong(this.#random() < 0.8),
      value: this.wire(),
      values: wrong([this.wire()]),
      changes: wrong(this.#random() < 0.1 ? [[this.below(4), this.wire()]] : []),
      text: wrong(this.word()),
      ...(this.#random() < 0.2 ? { self: this.wire() } : {}),
    });
  }
}

/** A channel at whose other end a liar sits; it gives up after so many frames. */
export class LyingChannel implements Channel {
  readonly #liar: Liar;
  #frames: number;
  #request = 0;

  constructor(liar: Liar, frames: number) {
    this.#liar = liar;
    this.#frames = frames;
  }

  send(frame: ToLearner): void {
    if (frame.t === 'request') this.#request = frame.id;
  }

  receive(): Message | undefined {
    this.#frames -= 1;
    return this.#frames < 0 ? undefined : { frame: this.#liar.frame(this.#request) };
  }

  listen(): void {
    // All frames of this channel come in answer to something.
  }
}
