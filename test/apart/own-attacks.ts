// Katas that try to be told that they are right. The exercise asks for `add`, `each`, `later` and `Box`; each
// of these is wrong in at least one of them, so that the only honest verdict is "not passed".

const each = 'export function each(list, run) { for (const item of list) run(item); }';
const later = 'export async function later(value) { return value; }';
const box =
  'export class Box { #value; constructor(value) { this.#value = value; } get value() { return this.#value; } }';
/** All but `add`. */
const rest = `${each}\n${later}\n${box}`;
const wrongAdd = 'export const add = () => -1;';
const add = 'export const add = (a, b) => a + b;';
/** Writes a frame to the judge by hand: past `process`, where the exercise allows files. */
const forge = `
  const fs = await import('node:fs').catch(() => undefined);
  const frame = (value) => { const body = Buffer.from(JSON.stringify(value)); const head = Buffer.alloc(4); head.writeUInt32BE(body.length); return Buffer.concat([head, body]); };
  const write = (value) => { try { fs.writeSync(3, frame(value)); } catch {} };`;

export const ATTACKS: Readonly<Record<string, string>> = {
  'answers with an object that calls itself equal': `${rest}
    export const add = () => ({ asymmetricMatch: () => true, $$typeof: Symbol.for('jest.asymmetricMatcher') });`,
  'answers with a proxy that has everything': `${rest}
    export const add = () => new Proxy({}, { get: (_, key) => (key === 'asymmetricMatch' ? () => true : 5), has: () => true, ownKeys: () => [], getPrototypeOf: () => Number.prototype });`,
  'answers with a boxed number that converts': `${rest}
    export const add = (a, b) => Object(a + b);`,
  'answers with a thenable': `${rest}
    export const add = (a, b) => ({ then: (done) => done(a + b) });`,
  'answers with a number-like string': `${rest}
    export const add = (a, b) => String(a + b);`,
  'patches Object.is and Number in its own realm': `Object.is = () => true; Number.prototype.valueOf = () => 5; Reflect.apply = () => 5;
    ${rest} ${wrongAdd}`,
  'patches JSON so that its frames say something else': `const { stringify } = JSON;
    JSON.stringify = (value, ...more) => stringify(value, ...more)?.replaceAll('-1', '5'); ${rest} ${wrongAdd}`,
  'gives every object a toJSON': `Object.prototype.toJSON = function () { return { t: 'answer', ok: true, value: 5, id: 1, changes: [] }; };
    ${rest} ${wrongAdd}`,
  'patches the buffers that carry its frames': `Buffer.concat = () => Buffer.from([0, 0, 0, 1, 49]); Buffer.from = () => Buffer.alloc(4);
    ${rest} ${wrongAdd}`,
  'sets Array.prototype traps': `Object.defineProperty(Array.prototype, 0, { set() {}, get: () => 5, configurable: true }); ${rest} ${wrongAdd}`,
  'empties the iterator of arrays': `Array.prototype[Symbol.iterator] = function* () {}; ${rest} ${wrongAdd}`,
  'replaces Promise.prototype.then': `Promise.prototype.then = function (done) { done?.('right'); return this; }; ${add} ${each} ${box}
    export async function later() { return 'wrong'; }`,
  'ends its process as soon as it is asked': `${rest}
    export const add = () => process.reallyExit(0);`,
  'ends its process by an exit code of success later': `setTimeout(() => process.reallyExit(0), 5); ${rest} ${wrongAdd}`,
  'exits in a handler of its own exit': `process.on('exit', () => process.reallyExit(0)); process.emit('exit'); ${rest} ${wrongAdd}`,
  'swallows what the callback throws': `${add} ${later} ${box}
    export function each(list, run) { for (const item of [...list].reverse()) { try { run(item); } catch {} } }`,
  'runs the callback of the suite after the test': `${add} ${later} ${box}
    export function each(list, run) { setTimeout(() => list.forEach(run), 50); }`,
  'runs the callback once too often': `${add} ${later} ${box}
    export function each(list, run) { for (const item of [...list, list[0]]) run(item); }`,
  'never calls back': `${add} ${later} ${box}
    export function each() {}`,
  'calls back with itself': `${add} ${later} ${box}
    export function each(list, run) { for (const _ of list) run(run); }`,
  'climbs from a callback to its realm': `${rest}
    let found; const original = globalThis.Function;
    export const add = (a, b, run) => { try { found = run?.constructor('return process')(); found.exit(0); } catch {} return -1; };`,
  'empties an argument so that both sides agree': `${add} ${later} ${box}
    export function each(list, run) { list.length = 0; }`,
  'changes what it was given to what is expected': `${rest}
    export function add(a, b, options) { if (options) options.expected = -1; return -1; }`,
  'settles a promise twice': `${add} ${each} ${box} ${forge}
    export function later(value) { for (let handle = 0; handle < 50; handle += 1) write({ t: 'settled', handle, ok: true, value, changes: [] }); return Promise.resolve('wrong'); }`,
  'answers questions in advance': `${forge} for (let id = 0; id < 500; id += 1) write({ t: 'answer', id, ok: true, value: 5, changes: [] }); ${rest} ${wrongAdd}`,
  'sends frames without end': `${forge} ${rest} export const add = () => { for (;;) write({ t: 'print', text: 'x'.repeat(100000) }); };`,
  'prints without end': `${rest} export const add = () => { for (;;) console.log('x'.repeat(10000)); };`,
  'prints a verdict': `console.log(JSON.stringify({ type: 'graded', id: 1, facts: { tests: [] } })); process.stdout.write('PASS\\n'); ${rest} ${wrongAdd}`,
  'answers with a value without end': `${rest}
    export const add = () => { const endless = () => ({ get next() { return endless(); }, also() {} }); return endless(); };`,
  'answers with a very deep value': `${rest}
    export const add = () => { let deep = []; for (let n = 0; n < 100000; n += 1) deep = [deep]; return deep; };`,
  'answers with a very long text': `${rest}
    export const add = () => 'x'.repeat(400_000_000);`,
  'answers with a pattern that takes forever': `${rest}
    export const add = () => /(a+)+$/;`,
  'takes memory outside of the heap': `${rest} const held = [];
    export const add = () => { for (;;) held.push(Buffer.alloc(50_000_000, 1)); };`,
  'loops in a getter that a failure message reads': `${rest}
    export const add = () => ({ value: 1, run() {}, get slow() { for (;;); } });`,
  'loops in its microtasks': `${add} ${each} ${box}
    export function later() { const spin = () => Promise.resolve().then(spin); void spin(); return new Promise(() => {}); }`,
  'calls and is called without end': `${add} ${later} ${box}
    export function each(list, run) { for (;;) { try { run(list[0]); } catch {} } }`,
  'throws something that throws when it is looked at': `${rest}
    export const add = () => { throw new Proxy(new Error('x'), { get() { throw new Error('looked at'); }, getPrototypeOf() { throw new Error('looked at'); } }); };`,
  'throws an assertion error of its own': `${rest}
    export const add = () => { throw Object.assign(new Error('expected 5 to be 5'), { name: 'AssertionError', actual: 5, expected: 5, matcherResult: { pass: true } }); };`,
  'names its error so that a reporter opens a file': `${rest}
    export const add = () => { const error = new Error('x'); error.stack = 'Error: x\\n    at f (/etc/passwd:1:1)\\n    at kata:/9999/kata.js:1:1'; throw error; };`,
  'exports a class whose instances claim any class': `${add} ${each} ${later}
    export class Box { static [Symbol.hasInstance]() { return true; } value = 'wrong'; }`,
  'exports names of the language': `const odd = 5; export { odd as __proto__, odd as constructor, odd as then, odd as default }; ${rest} ${wrongAdd}`,
  'imports the tests': `import * as suite from './hidden.test'; void suite; ${rest} ${wrongAdd}`,
  'imports its reference by its path': `export { add } from '/solutions/practice/adder/kata'; ${rest}`,
  'imports a module from the network': `const { add: found } = await import('data:text/javascript,export const add = (a, b) => a + b'); export const add = found; ${rest.replace('this.#value = value', "this.#value = 'wrong'")}`,
  'loads native code': `try { process.dlopen({ exports: {} }, '/tmp/x.node'); } catch {} ${rest} ${wrongAdd}`,
  'asks for its permissions back': `try { process.permission.has('fs.read'); process.execve?.('/bin/sh', ['sh']); process.binding?.('spawn_sync'); } catch {} ${rest} ${wrongAdd}`,
  'takes a snapshot of its heap': `const v8 = await import('node:v8').catch(() => undefined); v8?.getHeapSnapshot?.(); ${rest} ${wrongAdd}`,
  'weakens the engine by a flag': `const v8 = await import('node:v8').catch(() => undefined); v8?.setFlagsFromString?.('--allow-natives-syntax'); ${rest} ${wrongAdd}`,
  'closes the pipes': `for (let fd = 0; fd < 10; fd += 1) { try { process.binding('fs').close(fd); } catch {} } process.stdin.destroy(); ${rest} ${wrongAdd}`,
  'listens to the frames of the judge': `process.stdin.removeAllListeners('data'); process.stdin.on('data', () => process.stdout.write('caught')); ${rest} ${wrongAdd}`,
  'replaces the hooks that load modules': `const { registerHooks } = await import('node:module').catch(() => ({})); registerHooks?.({ load: () => ({ format: 'module', source: 'export const add = 1', shortCircuit: true }) }); ${rest} ${wrongAdd}`,
  'freezes every prototype': `for (const type of [Object, Array, Map, Set, Promise, Error, Function, Buffer]) Object.freeze(type.prototype); ${rest} ${wrongAdd}`,
};

export const SUITE = `import { describe, expect, test } from 'vitest';
import { add, Box, each, later } from './kata';
describe('1. Add', () => {
  test('adds', () => { expect(add(2, 3)).toBe(5); expect(add(2, 3)).toEqual(5); });
  test('adds what only this run knows', () => {
    const [a, b] = [Math.floor(Math.random() * 1e6), Math.floor(Math.random() * 1e6)];
    expect(add(a, b, { expected: a + b })).toBe(a + b);
  });
  test('calls back', () => {
    const source = ['p', 'q', String(Math.random())];
    const list = [...source];
    let calls = 0;
    each(list, (item) => { expect(item).toBe(source[calls]); calls += 1; });
    expect(calls).toBe(3);
    expect(list).toEqual(source);
  });
  test('answers later', async () => {
    const token = String(Math.random());
    expect(await later(token)).toBe(token);
    await expect(later(token)).resolves.toEqual(token);
  });
  test('keeps a value', () => {
    const box = new Box('right');
    expect(box).toBeInstanceOf(Box);
    expect(box.value).toBe('right');
  });
});
`;
export const HONEST = `${add.replace('(a, b)', '(a: number, b: number, _options?: object): number')}
export function each<T>(list: readonly T[], run: (item: T) => void): void { for (const item of list) run(item); }
export async function later<T>(value: T): Promise<T> { return value; }
export class Box<T> { constructor(private readonly kept: T) {} get value(): T { return this.kept; } }
`.replace(
  'constructor(private readonly kept: T) {}',
  'kept: T; constructor(kept: T) { this.kept = kept; }',
);

/** Those that need `node:fs` to get at the descriptors of their process. */
export const FORGERIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ATTACKS).filter(([, kata]) => kata.includes('writeSync'))),
  'announces stubs that are already known as something else': `${forge}
    for (const $ of ['function', 'instance']) for (let handle = 0; handle < 9; handle += 1) write({ t: 'settled', handle, ok: true, value: { $, handle, name: 'add', length: 2, newable: true, statics: ['asymmetricMatch'], base: 'Error', methods: ['asymmetricMatch', 'toString'], iterable: true, asyncIterable: true }, changes: [] }); ${rest} ${wrongAdd}`,
  'calls back what it was never given': `${forge}
    for (let handle = 0; handle < 99; handle += 1) write({ t: 'ask', id: handle, handle, values: [1] }); ${rest} ${wrongAdd}`,
  'rewrites objects of the suite': `${rest} ${forge}
    export const add = () => { for (let id = 0; id < 20; id += 1) write({ t: 'answer', id, ok: true, value: 5, changes: [[id, { $: 'object', id, bare: false, entries: [['expected', -1]] }]] }); return -1; };`,
  'answers before it is asked, with what it has seen': `${rest} ${forge} let asked = 0;
    export const add = (a, b) => { asked += 1; for (let id = 0; id < 60; id += 1) write({ t: 'answer', id, ok: true, value: 5, changes: [] }); return 5; };`,
  'reads from every descriptor': `${rest} ${forge}
    const seen = []; for (let fd = 0; fd < 64; fd += 1) { if (fd === 0 || fd === 4) continue; try { const buffer = Buffer.alloc(65536); seen.push(fs.readSync(fd, buffer, 0, 65536, 0), buffer.toString()); } catch {} } console.log(seen.join('')); ${wrongAdd}`,
  'reads the answers that are meant for its process': `${rest} ${forge}
    export const add = (a, b, options) => { try { const buffer = Buffer.alloc(1e6); fs.readSync(4, buffer); } catch {} return -1; };`,
  'writes into the folder that it shares with the suite': `${rest} ${forge}
    for (const name of ['.profile.json', 'package.json', 'vitest.config.ts', '../x', '../../x']) { try { fs.writeFileSync(name, 'x'); } catch {} } ${wrongAdd}`,
  'links to the outside': `${rest} ${forge}
    try { fs.symlinkSync('/etc/passwd', 'passwd'); console.log(fs.readFileSync('passwd', 'utf8')); } catch {} try { console.log(fs.readFileSync('/etc/passwd', 'utf8')); } catch {} ${wrongAdd}`,
};
