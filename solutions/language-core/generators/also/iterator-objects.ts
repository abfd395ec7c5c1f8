/*
 * Another style: the built-in iterator helpers and iterator objects with `next` and `return` instead of generator
 * functions, and a tee whose readers walk along a linked list, so that the garbage collector does the forgetting.
 */

/** Two readers of one sequence, as {@link LazySeq.tee} makes them. */
export interface Tee<T> {
  readonly left: LazySeq<T>;
  readonly right: LazySeq<T>;
  held(): number;
}

/** An element of the source, and the way to the one after it. */
interface Link<T> {
  readonly value: T;
  next?: Link<T>;
}

/** A sequence that computes its elements one by one, when somebody asks for them. */
export class LazySeq<T> implements Iterable<T> {
  #open: () => IteratorObject<T>;

  constructor(open: () => IteratorObject<T>) {
    this.#open = open;
  }

  static from<T>(source: Iterable<T> | (() => Iterator<T>)): LazySeq<T> {
    return new LazySeq(() => Iterator.from(typeof source === 'function' ? source() : source));
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#open();
  }

  map<U>(fn: (element: T) => U): LazySeq<U> {
    return new LazySeq(() => this.#open().map((element) => fn(element)));
  }

  filter(keep: (element: T) => boolean): LazySeq<T> {
    return new LazySeq(() => this.#open().filter((element) => keep(element)));
  }

  take(count: number): LazySeq<T> {
    return new LazySeq(() => this.#open().take(count));
  }

  chunk(size: number): LazySeq<T[]> {
    return new LazySeq(() => {
      const source = this.#open();
      return Iterator.from<T[]>({
        next() {
          const batch: T[] = [];
          while (batch.length < size) {
            const step = source.next();
            if (step.done) break;
            batch.push(step.value);
          }
          return batch.length > 0 ? { value: batch } : { done: true, value: undefined };
        },
        return() {
          source.return?.();
          return { done: true, value: undefined };
        },
      });
    });
  }

  zip<U>(other: Iterable<U>): LazySeq<[T, U]> {
    return new LazySeq(() => {
      const mine = this.#open();
      const theirs = other[Symbol.iterator]();
      let closed = false;
      const close = (): IteratorReturnResult<undefined> => {
        if (!closed) {
          closed = true;
          mine.return?.();
          theirs.return?.();
        }
        return { done: true, value: undefined };
      };
      const next = (): IteratorResult<[T, U], undefined> => {
        if (closed) return close();
        const left = mine.next();
        if (left.done) return close();
        const right = theirs.next();
        return right.done ? close() : { value: [left.value, right.value] };
      };
      return Iterator.from({
        next() {
          try {
            return next();
          } catch (error) {
            close();
            throw error;
          }
        },
        return: close,
      });
    });
  }

  tee(): Tee<T> {
    const source = this.#open();
    const left = new Reader<T>();
    const right = new Reader<T>();
    right.at = left.at;
    const sequence = (me: Reader<T>, other: Reader<T>): LazySeq<T> =>
      new LazySeq(() =>
        Iterator.from<T>({
          next() {
            let link = me.at.next;
            if (!link) {
              const step = source.next();
              if (step.done) return step;
              link = { value: step.value };
              me.at.next = link;
            }
            me.at = link;
            me.position += 1;
            return { value: link.value };
          },
          return() {
            me.at = {}; // Lets go of the links that only this reader was waiting for.
            me.left = true;
            if (other.left) source.return?.();
            return { done: true, value: undefined };
          },
        }),
      );
    return {
      left: sequence(left, right),
      right: sequence(right, left),
      held: () => (left.left || right.left ? 0 : Math.abs(left.position - right.position)),
    };
  }
}

/** A reader of a tee stands on the link that it read last. */
class Reader<T> {
  at: { next?: Link<T> } = {};
  position = 0;
  left = false;
}
