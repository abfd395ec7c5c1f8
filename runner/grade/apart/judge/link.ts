import type { Action, ToLearner, Wire } from '../wire.ts';
import type { Message, Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import { decode, decodeChange, type Realm } from './decode.ts';
import { CannotCross, encode } from './encode.ts';
import { id, list, pair, record, text, WireError } from './fields.ts';
import { LIMITS } from './limits.ts';
import { Objects } from './objects.ts';
import { Stubs } from './stubs.ts';
import { Traces, type KataModule } from './trace.ts';

/** What becomes of the things that a learner process does on its own account. */
export interface Surroundings {
  /** Ends the grading. */
  halt(reason: 'timeout' | 'forgery', why: string): never;
  print(text: string): void;
  unhandled(error: unknown): void;
}

/** How objects are treated that the learner's code changes although they belong to the suite. */
export type Arguments = 'copied' | 'written back';

interface Reply {
  readonly ok: boolean;
  readonly value: unknown;
  readonly changes: readonly unknown[];
}

const now = performance.now.bind(performance);

/** The judge's connection to one learner process: calls into it, callbacks out of it, and promises both ways. */
export class Link {
  /** Why the running test cannot pass, whatever its suite makes of the errors that it saw. */
  readonly faults: string[] = [];
  readonly #channel: Channel;
  readonly #surroundings: Surroundings;
  readonly #objects: Objects;
  readonly #stubs: Stubs;
  readonly #traces = new Traces();
  #clock: Clock | undefined;
  /** What of the clock the learner process knows to be the suite's. */
  #followed = '';
  readonly #realm: Realm;
  readonly #replies = new Map<number, Reply | undefined>();
  readonly #promises = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #settled = new Set<number>();
  #arguments: Arguments = 'copied';
  #last = 0;
  #callbacks = 0;
  /** How many callbacks are under way: the learner process then waits for an answer. */
  #depth = 0;

  constructor(channel: Channel, surroundings: Surroundings) {
    this.#channel = channel;
    this.#surroundings = surroundings;
    this.#objects = new Objects((handle, promise) => this.#owe(handle, promise));
    this.#stubs = new Stubs(
      (action, values, what) => this.#ask(action, values, what),
      this.#objects,
    );
    this.#realm = {
      copyOf: (number) => this.#objects.copyOf(number),
      addCopy: (number, copy) => this.#objects.addCopy(number, copy),
      own: (number) => this.#objects.own(number),
      ownHandle: (handle) => this.#objects.ownHandle(handle),
      callable: (shape) => this.#stubs.callable(shape),
      instance: (shape) => this.#stubs.instance(shape),
      promise: (handle) => this.#promise(handle).promise,
      trace: (stack) => this.#traces.translate(stack),
    };
    channel.listen((message) => this.#receive(message));
  }

  /**
   * Loads a module of the kata in the learner process.
   *
   * @returns its exports by name; what is no plain data is a stub.
   * @throws what the module throws while it loads.
   */
  load(module: KataModule & { readonly code: string }, mode: Arguments): Record<string, unknown> {
    this.#arguments = mode;
    const number = this.#traces.add(module);
    const action = { do: 'load', module: number, code: module.code } as const;
    const loaded = this.#ask(action, [], 'loading the kata');
    const exports: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const entry of list(loaded)) {
      const [name, value] = pair(entry);
      exports[text(name)] = value;
    }
    return exports;
  }

  /**
   * Runs a function of the suite inside the learner process, in one call; see `runner/kit/beside.ts`.
   *
   * @param source its text; it can use its parameters and the language, nothing else.
   */
  drive(source: string, values: readonly unknown[]): unknown {
    return this.#ask({ do: 'drive', source }, values, 'the driver of the suite');
  }

  /** From now on the learner process lives by this clock. */
  follow(clock: Clock): void {
    this.#clock = clock;
  }

  /** Replaces a global of the learner process. */
  setGlobal(key: string, value: unknown): void {
    this.#ask({ do: 'global', key }, [value], key);
  }

  /** Whether the learner process may have something to do, or to tell, of which a suite could be waiting. */
  get stirring(): boolean {
    return this.#crossed || this.#owed > 0;
  }

  /** Forgets what the test before was waiting for. */
  rest(): void {
    this.#crossed = false;
    this.#owed = 0;
  }

  /**
   * Lets the learner process do all that it can do without waiting, and takes in what it sends.
   *
   * @returns whether anything has crossed since the last turn.
   */
  turn(): boolean {
    this.#crossed = false;
    this.#ask({ do: 'turn' }, [], 'a turn of the event loop');
    return this.#crossed;
  }
  #crossed = false;
  /** Promises that have crossed, in either direction, and are not settled. */
  #owed = 0;

  #ask(action: Action, values: readonly unknown[], what: string): unknown {
    if (action.do !== 'clock') this.#followClock();
    const request = (this.#last += 1);
    const wires = values.map((value) => encode(value, this.#objects));
    this.#replies.set(request, undefined);
    if (action.do !== 'turn') this.#cross();
    this.#send({ t: 'request', id: request, action, values: wires }, this.#depth > 0);
    const reply = this.#await(request, what);
    const value = this.#guarded(() => {
      const decoded = decode(reply.value, this.#realm);
      this.#takeChanges(reply.changes, what);
      return decoded;
    });
    if (reply.ok) return value;
    throw value;
  }

  /** Tells the learner process what of the suite's clock is not real any more, or is so again. */
  #followClock(): void {
    const clock = this.#clock;
    const followed = clock?.followed() ?? [];
    if (!clock || followed.join() === this.#followed) return;
    this.#followed = followed.join();
    const { start, stop } = clock;
    this.#ask({ do: 'clock', followed }, [{ start, stop }], 'the clock');
  }

  #send(frame: ToLearner, urgent: boolean): void {
    const time = this.#followed === '' ? undefined : this.#clock?.now();
    this.#channel.send(time ? { ...frame, time } : frame, urgent);
  }

  /** Stands still until the reply is there. */
  #await(request: number, what: string): Reply {
    const end = now() + LIMITS.call;
    for (;;) {
      const reply = this.#replies.get(request);
      if (reply) {
        this.#replies.delete(request);
        return reply;
      }
      const message = this.#channel.receive(end - now());
      if (!message) this.#surroundings.halt('timeout', `${what} took too long`);
      this.#receive(message);
    }
  }

  #receive(message: Message): void {
    if ('end' in message) {
      const why = message.end === 'closed' ? 'the program ended' : 'the program sent too much';
      return this.#surroundings.halt('forgery', why);
    }
    this.#guarded(() => this.#take(record(JSON.parse(message.frame))));
  }

  /** What cannot be read ends the grading: a program that lies once is asked nothing more. */
  #guarded<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof ChangedArgument) throw error;
      const why = error instanceof WireError ? error.message : `unreadable: ${String(error)}`;
      return this.#surroundings.halt('forgery', why);
    }
  }

  #take(frame: Readonly<Record<string, unknown>>): void {
    switch (frame.t) {
      case 'answer': {
        const request = id(frame.id);
        if (!this.#replies.has(request) || this.#replies.get(request))
          throw new WireError('an answer to nothing');
        const changes = list(frame.changes);
        this.#replies.set(request, { ok: frame.ok === true, value: frame.value, changes });
        return;
      }
      case 'ask':
        this.#cross();
        return this.#answer(frame);
      case 'settled':
        this.#cross();
        return this.#settle(frame);
      case 'unhandled':
        this.#cross();
        return this.#surroundings.unhandled(decode(frame.value, this.#realm));
      case 'print':
        return this.#surroundings.print(text(frame.text));
      default:
        throw new WireError('kind of frame');
    }
  }

  #cross(): void {
    this.#crossed = true;
  }

  /** Runs a callback of the suite, for which the learner process waits. */
  #answer(frame: Readonly<Record<string, unknown>>): void {
    const ask = id(frame.id);
    const callback = this.#objects.ownHandle(id(frame.handle));
    if (!callback) throw new WireError('callback');
    if ((this.#callbacks += 1) > LIMITS.callbacks) throw new WireError('too many callbacks');
    const values = list(frame.values).map((value) => decode(value, this.#realm));
    const self = frame.self === undefined ? undefined : decode(frame.self, this.#realm);
    const send = (ok: boolean, value: Wire): void =>
      this.#send({ t: 'answer', id: ask, ok, value, changes: [] }, true);
    this.#depth += 1;
    let answer: readonly [ok: boolean, value: Wire];
    try {
      answer = [true, encode(Reflect.apply(callback, self, values), this.#objects)];
    } catch (error) {
      answer = [false, this.#thrown(error)];
    } finally {
      this.#depth -= 1;
    }
    send(...answer);
  }

  /** The error of a callback, without what only the judge may know. */
  #thrown(error: unknown): Wire {
    if (isAssertion(error)) {
      this.faults.push(`In a callback: ${error.message}`);
      return encode(new Error('The callback failed.'), this.#objects);
    }
    if (error instanceof CannotCross) this.faults.push(error.message);
    try {
      return encode(error, this.#objects);
    } catch {
      return encode(new Error('The callback failed.'), this.#objects);
    }
  }

  #takeChanges(changes: readonly unknown[], what: string): void {
    for (const change of changes) {
      const [number, wire] = pair(change);
      const target = this.#objects.own(id(number));
      if (!target) throw new WireError('a change of nothing');
      if (this.#arguments === 'copied') {
        const fault = `${what} changed an argument that it was given. Work on a copy.`;
        this.faults.push(fault);
        throw new ChangedArgument(fault);
      }
      decodeChange(wire, target, this.#realm);
    }
  }

  /** Promises the outcome of one of the suite's promises to the learner process. */
  #owe(handle: number, promise: Promise<unknown>): void {
    this.#owed += 1;
    const send = (ok: boolean, value: Wire): void => {
      this.#cross();
      this.#owed -= 1;
      this.#followClock();
      this.#send({ t: 'settled', handle, ok, value }, false);
    };
    promise.then(
      (value) => {
        try {
          send(true, encode(value, this.#objects));
        } catch (error) {
          send(false, this.#thrown(error));
        }
      },
      (error: unknown) => send(false, this.#thrown(error)),
    );
  }

  #promise(handle: number): PromiseWithResolvers<unknown> {
    const known = this.#promises.get(handle);
    if (known) return known;
    const made = Promise.withResolvers<unknown>();
    // Whether anybody handles it is the learner's affair: the same promise may be handled over there.
    made.promise.catch(() => undefined);
    this.#promises.set(handle, made);
    this.#owed += 1;
    return made;
  }

  #settle(frame: Readonly<Record<string, unknown>>): void {
    const handle = id(frame.handle);
    if (this.#settled.has(handle)) throw new WireError('settled twice');
    this.#settled.add(handle);
    const { resolve, reject } = this.#promise(handle);
    this.#owed -= 1;
    try {
      const value = decode(frame.value, this.#realm);
      this.#takeChanges(list(frame.changes), 'An asynchronous function');
      if (frame.ok === true) resolve(value);
      else reject(value);
    } catch (error) {
      if (!(error instanceof ChangedArgument)) throw error;
      reject(error);
    }
  }
}

/** The learner's code changed an object that belongs to the suite. */
export class ChangedArgument extends Error {
  override readonly name = 'ChangedArgument';
}

function isAssertion(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'AssertionError' || 'matcherResult' in error);
}
