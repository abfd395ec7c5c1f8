/*
 * `take` notices that it is done only when the next element has arrived, so it pulls one element too many:
 * a line of the log is lost, and on a quiet stream the reader waits for a line that it does not want.
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
    return new LazySeq(() => map(this, fn));
  }

  /** The elements for which `keep` answers true. */
  filter(keep: (element: T) => boolean): LazySeq<T> {
    return new LazySeq(() => filter(this, keep));
  }

  /** The first `count` elements, or all of them when there are fewer. */
  take(count: number): LazySeq<T> {
    return new LazySeq(() => take(this, count));
  }

  /** Arrays of `size` elements in a row; the last one may be shorter. */
  chunk(size: number): LazySeq<T[]> {
    return new LazySeq(() => chunk(this, size));
  }

  /**
   * Pairs of one element from this sequence and one from `other`, until either ends. The sides may be
   * opened in any order.
   */
  zip<U>(other: Iterable<U>): LazySeq<[T, U]> {
    return new LazySeq(() => zip(this, other));
  }

  /** Two readers that share one iteration of this sequence. */
  tee(): Tee<T> {
    const source = this.#open();
    const forLeft: Inbox<T> = { open: true, waiting: [] };
    const forRight: Inbox<T> = { open: true, waiting: [] };
    return {
      left: LazySeq.from(read(source, forLeft, forRight)),
      right: LazySeq.from(read(source, forRight, forLeft)),
      held: () => forLeft.waiting.length + forRight.waiting.length,
    };
  }
}

function* map<T, U>(source: Iterable<T>, fn: (element: T) => U): Generator<U, void> {
  for (const element of source) yield fn(element);
}

function* filter<T>(source: Iterable<T>, keep: (element: T) => boolean): Generator<T, void> {
  for (const element of source) if (keep(element)) yield element;
}

function* take<T>(source: Iterable<T>, count: number): Generator<T, void> {
  if (count === 0) return;
  let taken = 0;
  for (const element of source) {
    if (taken === count) return;
    yield element;
    taken += 1;
  }
}

function* chunk<T>(source: Iterable<T>, size: number): Generator<T[], void> {
  let batch: T[] = [];
  for (const element of source) {
    batch.push(element);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function* zip<T, U>(left: Iterable<T>, right: Iterable<U>): Generator<[T, U], void> {
  const partner = right[Symbol.iterator]();
  try {
    for (const element of left) {
      const { done, value } = partner.next();
      if (done) return;
      yield [element, value];
    }
  } finally {
    partner.return?.(); // `for...of` looks after the left side only.
  }
}

/** What one reader of a tee has not read yet, although the other one has. */
interface Inbox<T> {
  open: boolean;
  waiting: T[];
}

function* read<T>(source: Iterator<T>, mine: Inbox<T>, other: Inbox<T>): Generator<T, void> {
  try {
    while (true) {
      if (mine.waiting.length === 0) {
        const { done, value } = source.next();
        if (done) return;
        for (const inbox of [mine, other]) if (inbox.open) inbox.waiting.push(value);
      }
      yield* mine.waiting.splice(0, 1);
    }
  } finally {
    mine.open = false;
    mine.waiting = [];
    if (!other.open) source.return?.();
  }
}
