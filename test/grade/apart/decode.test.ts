import { describe, expect, test } from 'vitest';
import { decode, type Realm } from '../../../runner/grade/apart/judge/decode.ts';
import { encode, CannotCross, type Ledger } from '../../../runner/grade/apart/judge/encode.ts';
import { WireError } from '../../../runner/grade/apart/judge/fields.ts';
import { Liar } from './lies.ts';

function realm(): Realm {
  const copies = new Map<number, object>();
  return {
    copyOf: (id) => copies.get(id),
    addCopy: (id, copy) => void copies.set(id, copy),
    own: () => undefined,
    ownHandle: () => undefined,
    callable: () => () => undefined,
    instance: () => ({}),
    promise: () => Promise.resolve(),
    trace: () => '',
  };
}

/** A ledger whose objects the other side sees for the first time. */
function ledger(): Ledger {
  const ids = new Map<unknown, number>();
  const number = (value: unknown): number => {
    const id = ids.get(value) ?? ids.size + 1;
    ids.set(value, id);
    return id;
  };
  return {
    stub: () => undefined,
    copy: () => undefined,
    number,
    callback: number,
    promise: number,
  };
}

const crossed = (value: unknown): unknown =>
  decode(JSON.parse(JSON.stringify(encode(value, ledger()))), realm());

describe('plain data', () => {
  test.each([
    ['primitives', [1, 'text', true, null, undefined, -1.5]],
    ['numbers that JSON lacks', [-0, Number.NaN, Infinity, -Infinity, 12345678901234567890n]],
    ['nested data', { list: [{ deep: [[]] }], 'odd key': 1 }],
    ['a missing element', [1, , 3]],
    ['maps and sets', new Map<unknown, unknown>([[new Set([1]), new Map()]])],
    ['dates and patterns', [new Date(5), new Date(Number.NaN), /a+/gi]],
    ['bytes', [new Uint8Array([1, 2]), new Float64Array([0.5]), Buffer.from('ab')]],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['own properties of any name', JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}')],
  ])('crosses as it is: %s', (_name, value) => {
    expect(crossed(value)).toStrictEqual(value);
  });

  test('keeps what is one object one object, also in a circle', () => {
    const circle: { self?: unknown; twice: object[] } = { twice: [] };
    const one = {};
    circle.self = circle;
    circle.twice.push(one, one);
    const copy = crossed(circle) as typeof circle;
    expect(copy.self).toBe(copy);
    expect(copy.twice[0]).toBe(copy.twice[1]);
  });

  test('keeps class, message, cause and own fields of an error, and no foreign path of its stack', () => {
    const error = Object.assign(new RangeError('too far', { cause: new Error('why') }), {
      code: 7,
    });
    const copy = crossed(error) as RangeError & { code: number };
    expect(copy).toBeInstanceOf(RangeError);
    expect(copy).toMatchObject({ message: 'too far', code: 7, cause: { message: 'why' } });
    expect(copy.stack).toBe('RangeError: too far');
  });
});

describe('what a suite may not hand over', () => {
  test('is named in one sentence', () => {
    class Account {}
    expect(() => encode(new Account(), ledger())).toThrow(CannotCross);
    expect(() => encode(new Account(), ledger())).toThrow('class Account');
  });
});

describe('what a program may not send', () => {
  test.each([
    [
      'a name that matchers ask for',
      { $: 'object', id: 1, bare: false, entries: [['asymmetricMatch', 1]] },
    ],
    ['a reference to nothing', { $: 'yours', id: 4 }],
    ['an unknown kind', { $: 'eval', code: '1' }],
    ['a number that is none', { $: 'number', text: 'toString' }],
    ['an id that is none', { $: 'array', id: -1, items: [] }],
    [
      'a class that is none',
      {
        $: 'error',
        id: 1,
        name: 'E',
        base: 'Error',
        message: '',
        stack: '',
        entries: [],
        class: 1,
      },
    ],
    ['a pattern that is none', { $: 'regexp', id: 1, source: '(', flags: '' }],
    ['bytes of an odd length', { $: 'bytes', id: 1, type: 'Float64Array', base64: 'AAAA' }],
  ])('is refused: %s', (_name, wire) => {
    expect(() => decode(wire, realm())).toThrow(WireError);
  });

  test('is refused when it is too deep', () => {
    let wire: unknown = 1;
    for (let depth = 0; depth < 200; depth += 1) wire = { $: 'array', id: depth, items: [wire] };
    expect(() => decode(wire, realm())).toThrow('too large');
  });

  test('is refused when it changes its kind', () => {
    const seen = realm();
    decode({ $: 'array', id: 1, items: [] }, seen);
    expect(() => decode({ $: 'map', id: 1, entries: [] }, seen)).toThrow('changed its kind');
  });

  test('never becomes more than inert data: 3,000 lies', () => {
    for (let seed = 1; seed <= 3_000; seed += 1) {
      const wire = JSON.parse(JSON.stringify(new Liar(seed).wire())) as unknown;
      try {
        expectInert(decode(wire, realm()), `seed ${seed}`);
      } catch (error) {
        expect(error, `seed ${seed}`).toBeInstanceOf(WireError);
      }
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

/** Neither functions among plain data, nor a word that a matcher listens to. */
function expectInert(value: unknown, hint: string, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const key of Object.getOwnPropertyNames(value)) {
    expect(['asymmetricMatch', '$$typeof', 'mock'], hint).not.toContain(key);
    expectInert(Object.getOwnPropertyDescriptor(value, key)?.value, hint, seen);
  }
}
