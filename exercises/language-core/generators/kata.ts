/** Two readers of one sequence, as {@link LazySeq.tee} makes them. */
export interface Tee<T> {
  /** Delivers every element of the sequence, in order. Iterated once at most. */
  readonly left: LazySeq<T>;
  /** Delivers the same elements, at its own pace. Iterated once at most. */
  readonly right: LazySeq<T>;
  /** How many elements the tee keeps in memory at this moment. */
  held(): number;
}

/**
 * A sequence that computes its elements one by one, when somebody asks for them.
 *
 * The constructor and the private fields are up to you: everybody else uses `LazySeq.from`.
 */
export class LazySeq<T> implements Iterable<T> {
  /**
   * A sequence over `source`: anything iterable, or a function that opens a new iterator for each
   * iteration, such as a generator function.
   */
  static from<T>(source: Iterable<T> | (() => Iterator<T>)): LazySeq<T> {
    // TODO: Keep the source without reading from it.
    throw new Error('Not implemented yet');
  }

  /**
   * Opens the source and delivers its elements, each when it is asked for. The source may be opened
   * here (by `tee`: when that is called) or as late as the first `next()`.
   */
  [Symbol.iterator](): Iterator<T> {
    // TODO: Start one iteration of this sequence.
    throw new Error('Not implemented yet');
  }

  /** The result of `fn` for each element. */
  map<U>(fn: (element: T) => U): LazySeq<U> {
    // TODO: Return a new sequence; call `fn` only when an element is asked for.
    throw new Error('Not implemented yet');
  }

  /** The elements for which `keep` answers true. */
  filter(keep: (element: T) => boolean): LazySeq<T> {
    // TODO: Return a new sequence; pull no further than the element that is delivered.
    throw new Error('Not implemented yet');
  }

  /**
   * The first `count` elements, or all of them when there are fewer.
   *
   * @param count a whole number, 0 or more.
   */
  take(count: number): LazySeq<T> {
    // TODO: Deliver at most `count` elements, then end and close the source.
    throw new Error('Not implemented yet');
  }

  /**
   * Arrays of `size` elements in a row; the last one may be shorter.
   *
   * @param size a whole number, 1 or more.
   */
  chunk(size: number): LazySeq<T[]> {
    // TODO: Deliver each array as soon as it is full.
    throw new Error('Not implemented yet');
  }

  /**
   * Pairs of one element from this sequence and one from `other`, until either ends. The sides may be
   * opened in any order.
   */
  zip<U>(other: Iterable<U>): LazySeq<[T, U]> {
    // TODO: Pull from both sides, and close both when the pairs end.
    throw new Error('Not implemented yet');
  }

  /** Two readers that share one iteration of this sequence. */
  tee(): Tee<T> {
    // TODO: Keep what one reader has seen and the other has not; forget the rest.
    throw new Error('Not implemented yet');
  }
}
