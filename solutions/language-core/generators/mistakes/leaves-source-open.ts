/*
 * The stages are iterators written by hand that have `next` but no `return`. When the reader breaks out of its loop,
 * nobody tells the source, so its `finally` block never runs and the file stays open.
 */
/** Two readers of one sequence, as {@link LazySeq.tee} makes them. */
export interface Tee<T> {
  /** Delivers every element of the sequence, in order. Iterated once at most. */
  readonly left: LazySeq<T>;
  /** Delivers the same elements, at its own pace. Iterated once at most. */
  readonly right: LazySeq<T>;
  /** How many elements the tee keeps in memory at this moment. */
  held(): number;
}

/** A sequence that computes its elements one by one, when somebody asks for them. */
export class LazySeq<T> implements Iterable<T> {
  readonly #open: () => Iterator<T>;

  private constructor(open: () => Iterator<T>) {
    this.#open = open;
  }

  /**
   * A sequence over `source`: anything iterable, or a function that opens a new iterator for each
   * iteration, such as a generator function.
   */
  static from<T>(source: Iterable<T> | (() => Iterator<T>)): LazySeq<T> {
    return new LazySeq(typeof source === 'function' ? source : () => source[Symbol.iterator]());
  }

  /**
   * Opens the source and delivers its elements, each when it is asked for. The source may be opened
   * here (by `tee`: when that is called) or as late as the first `next()`.
   */
  [Symbol.iterator](): Iterator<T> {
    return this.#open();
  }

  /** The result of `fn` for each element. */
  map<U>(fn: (element: T) => U): LazySeq<U> {
    return new LazySeq(() => {
      const source = this.#open();
      return {
        next: () => {
          const step = source.next();
          return step.done ? step : { done: false, value: fn(step.value) };
        },
      };
    });
  }

  /** The elements for which `keep` answers true. */
  filter(keep: (element: T) => boolean): LazySeq<T> {
    return new LazySeq(() => {
      const source = this.#open();
      return {
        next: () => {
          let step = source.next();
          while (!step.done && !keep(step.value)) step = source.next();
          return step;
        },
      };
    });
  }

  /** The first `count` elements, or all of them when there are fewer. */
  take(count: number): LazySeq<T> {
    return new LazySeq(() => {
      const source = this.#open();
      let left = count;
      return {
        next: () => {
          if (left === 0) return { done: true, value: undefined };
          left -= 1;
          return source.next();
        },
      };
    });
  }

  /** Arrays of `size` elements in a row; the last one may be shorter. */
  chunk(size: number): LazySeq<T[]> {
    return new LazySeq(() => {
      const source = this.#open();
      return {
        next: (): IteratorResult<T[]> => {
          const batch: T[] = [];
          while (batch.length < size) {
            const step = source.next();
            if (step.done) break;
            batch.push(step.value);
          }
          return batch.length > 0
            ? { done: false, value: batch }
            : { done: true, value: undefined };
        },
      };
    });
  }

  /**
   * Pairs of one element from this sequence and one from `other`, until either ends. The sides may be
   * opened in any order.
   */
  zip<U>(other: Iterable<U>): LazySeq<[T, U]> {
    return new LazySeq(() => {
      const mine = this.#open();
      const theirs = other[Symbol.iterator]();
      return {
        next: () => {
          const left = mine.next();
          if (left.done) return left;
          const right = theirs.next();
          return right.done ? right : { done: false, value: [left.value, right.value] };
        },
      };
    });
  }

  /** Two readers that share one iteration of this sequence. */
  tee(): Tee<T> {
    const source = this.#open();
    const waiting = { left: [] as T[], right: [] as T[] };
    const read = (mine: T[], theirs: T[]): Iterator<T> => ({
      next: () => {
        for (const value of mine.splice(0, 1)) return { done: false, value };
        const step = source.next();
        if (!step.done) theirs.push(step.value);
        return step;
      },
    });
    return {
      left: new LazySeq(() => read(waiting.left, waiting.right)),
      right: new LazySeq(() => read(waiting.right, waiting.left)),
      held: () => waiting.left.length + waiting.right.length,
    };
  }
}
