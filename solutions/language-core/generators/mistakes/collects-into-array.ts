/*
 * Every stage collects its input into an array before the next one starts. On an endless log no stage ever
 * starts, and on a long one the memory holds a copy of the log for each stage.
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
    return LazySeq.from([...this].map((element) => fn(element)));
  }

  /** The elements for which `keep` answers true. */
  filter(keep: (element: T) => boolean): LazySeq<T> {
    return LazySeq.from([...this].filter((element) => keep(element)));
  }

  /** The first `count` elements, or all of them when there are fewer. */
  take(count: number): LazySeq<T> {
    return LazySeq.from([...this].slice(0, count));
  }

  /** Arrays of `size` elements in a row; the last one may be shorter. */
  chunk(size: number): LazySeq<T[]> {
    const all = [...this];
    const chunks: T[][] = [];
    for (let start = 0; start < all.length; start += size) {
      chunks.push(all.slice(start, start + size));
    }
    return LazySeq.from(chunks);
  }

  /**
   * Pairs of one element from this sequence and one from `other`, until either ends. The sides may be
   * opened in any order.
   */
  zip<U>(other: Iterable<U>): LazySeq<[T, U]> {
    const mine = [...this];
    const theirs = [...other];
    const pairs: [T, U][] = [];
    for (const [index, element] of mine.slice(0, theirs.length).entries()) {
      for (const partner of theirs.slice(index, index + 1)) pairs.push([element, partner]);
    }
    return LazySeq.from(pairs);
  }

  /** Two readers that share one iteration of this sequence. */
  tee(): Tee<T> {
    const all = [...this];
    const read = { left: 0, right: 0 };
    function* reader(side: 'left' | 'right'): Generator<T, void> {
      for (const element of all) {
        read[side] += 1;
        yield element;
      }
    }
    return {
      left: LazySeq.from(reader('left')),
      right: LazySeq.from(reader('right')),
      held: () => all.length - Math.min(read.left, read.right),
    };
  }
}
