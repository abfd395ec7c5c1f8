import type { Ledger } from './encode.ts';

type Callback = (...args: unknown[]) => unknown;

/** Which objects both sides know, and under which numbers. Lives as long as the learner process. */
export class Objects implements Ledger {
  readonly #onPromise: (handle: number, promise: Promise<unknown>) => void;
  readonly #copies = new Map<number, object>();
  readonly #copyIds = new WeakMap<object, number>();
  readonly #ids = new WeakMap<object, number>();
  readonly #own = new Map<number, object>();
  readonly #handles = new WeakMap<object, number>();
  readonly #callbacks = new Map<number, Callback>();
  readonly #stubs = new WeakMap<object, number>();
  #last = 0;

  /** @param onPromise is told of each promise of ours that crosses: its outcome is owed to the learner. */
  constructor(onPromise: (handle: number, promise: Promise<unknown>) => void) {
    this.#onPromise = onPromise;
  }

  /** Remembers that a stub stands for the learner's function or instance. */
  addStub(stub: object, handle: number): void {
    this.#stubs.set(stub, handle);
  }

  stub(value: object): number | undefined {
    return this.#stubs.get(value);
  }

  /** Remembers the copy of one of the learner's objects. */
  addCopy(id: number, copy: object): void {
    this.#copies.set(id, copy);
    this.#copyIds.set(copy, id);
  }

  /** The copy of the learner's object of this id. */
  copyOf(id: number): object | undefined {
    return this.#copies.get(id);
  }

  copy(value: object): number | undefined {
    return this.#copyIds.get(value);
  }

  number(value: object): number {
    const known = this.#ids.get(value);
    if (known !== undefined) return known;
    const id = (this.#last += 1);
    this.#ids.set(value, id);
    this.#own.set(id, value);
    return id;
  }

  own(id: number): object | undefined {
    return this.#own.get(id);
  }

  callback(value: Callback): number {
    const known = this.#handles.get(value);
    if (known !== undefined) return known;
    const handle = (this.#last += 1);
    this.#handles.set(value, handle);
    this.#callbacks.set(handle, value);
    return handle;
  }

  ownHandle(handle: number): Callback | undefined {
    return this.#callbacks.get(handle);
  }

  promise(value: Promise<unknown>): number {
    const known = this.#handles.get(value);
    if (known !== undefined) return known;
    const handle = (this.#last += 1);
    this.#handles.set(value, handle);
    this.#onPromise(handle, value);
    return handle;
  }
}
