import type { Ledger } from './encode.ts';

type Callback = (...args: unknown[]) => unknown;

/** Which objects both sides know, and under which numbers. Lives as long as the learner process. */
export class Objects implements Ledger {
  /** Copies of the learner's objects, by the learner's ids. */
  readonly copies = new Map<number, object>();
  readonly #onPromise: (handle: number, promise: Promise<unknown>) => void;
  readonly #copyIds = new WeakMap<object, number>();
  #copiesSeen = 0;
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

  copy(value: object): number | undefined {
    if (this.#copiesSeen !== this.copies.size) {
      for (const [id, copy] of [...this.copies].slice(this.#copiesSeen))
        this.#copyIds.set(copy, id);
      this.#copiesSeen = this.copies.size;
    }
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
