/** A function of Python's, which may leave the stack that it runs on. */
interface Body {
  copy(): Body;
  callPromising(): Promise<unknown>;
  destroy(): void;
}

/** How Python, which has one thread here, leaves one of its stacks for another; see `judge/stacks.py`. */
export interface Stacks {
  /** Begins a function on a stack of its own, as soon as the caller has left its own. */
  readonly start: (body: Body) => void;
  /**
   * @returns what a stack waits on until it is resumed: in an object, as pyodide takes a call that returns a promise
   *   for one of an asynchronous function, and asks asyncio for an event loop.
   */
  readonly pause: (ident: number) => { readonly promise: Promise<void> };
  readonly resume: (ident: number) => void;
}

/** @param onDeath told when the interpreter ends on a stack that is not the first. */
export function switchStacks(onDeath: (error: unknown) => void): Stacks {
  const waiting = new Map<number, () => void>();
  return {
    start(body) {
      // What Python hands over is ours for the time of the call only.
      const own = body.copy();
      own
        .callPromising()
        .catch(onDeath)
        .finally(() => own.destroy());
    },
    pause: (ident) => ({ promise: new Promise((resolve) => waiting.set(ident, resolve)) }),
    resume(ident) {
      const resolve = waiting.get(ident);
      waiting.delete(ident);
      resolve?.();
    },
  };
}
