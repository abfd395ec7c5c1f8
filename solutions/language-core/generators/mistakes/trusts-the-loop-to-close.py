# A `for` loop that is left does not close its iterator: the source is closed only when nobody refers to it any
# more. As long as somebody else does, a registry of open files for one, it stays open.

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tee[T]:
    """Two readers of one sequence, as `LazySeq.tee` makes them."""

    left: LazySeq[T]
    """Delivers every element of the sequence, in order. Iterated once at most."""

    right: LazySeq[T]
    """Delivers the same elements, at its own pace. Iterated once at most."""

    held: Callable[[], int]
    """How many elements the tee keeps in memory at this moment."""


class LazySeq[T]:
    """A sequence that computes its elements one by one, when somebody asks for them."""

    def __init__(self, source: Iterable[T] | Callable[[], Iterator[T]]) -> None:
        """A sequence over `source`.

        `source` is anything iterable, or a function that opens a new iterator for each iteration,
        such as a generator function.
        """
        self._source = source

    def __iter__(self) -> Iterator[T]:
        """Opens the source and delivers its elements, each when it is asked for."""
        return iter(self._source() if callable(self._source) else self._source)

    def map[U](self, fn: Callable[[T], U]) -> LazySeq[U]:
        """The result of `fn` for each element."""

        def results() -> Iterator[U]:
            for element in self:
                yield fn(element)

        return LazySeq(results)

    def filter(self, keep: Callable[[T], bool]) -> LazySeq[T]:
        """The elements for which `keep` answers true."""

        def kept() -> Iterator[T]:
            for element in self:
                if keep(element):
                    yield element

        return LazySeq(kept)

    def take(self, count: int) -> LazySeq[T]:
        """The first `count` elements (0 or more), or all of them when there are fewer."""

        def first() -> Iterator[T]:
            if count == 0:
                return
            for taken, element in enumerate(self, start=1):
                yield element
                if taken == count:
                    return

        return LazySeq(first)

    def chunk(self, size: int) -> LazySeq[list[T]]:
        """Lists of `size` elements (1 or more) in a row; the last one may be shorter."""

        def batches() -> Iterator[list[T]]:
            batch: list[T] = []
            for element in self:
                batch.append(element)
                if len(batch) == size:
                    yield batch
                    batch = []
            if batch:
                yield batch

        return LazySeq(batches)

    def zip[U](self, other: Iterable[U]) -> LazySeq[tuple[T, U]]:
        """Pairs of one element from this sequence and one from `other`, until either ends."""

        def pairs() -> Iterator[tuple[T, U]]:
            yield from zip(self, other)

        return LazySeq(pairs)

    def tee(self) -> Tee[T]:
        """Two readers that share one iteration of this sequence."""
        source = iter(self)
        for_left: _Inbox[T] = _Inbox()
        for_right: _Inbox[T] = _Inbox()
        return Tee(
            left=LazySeq(_read(source, for_left, for_right)),
            right=LazySeq(_read(source, for_right, for_left)),
            held=lambda: len(for_left.waiting) + len(for_right.waiting),
        )


def _close(iterator: Iterator[object]) -> None:
    close = getattr(iterator, "close", None)
    if close is not None:  # The iterator of a list, for one, has nothing to close.
        close()


@dataclass
class _Inbox[T]:
    """What one reader of a tee has not read yet, although the other one has."""

    waiting: deque[T] = field(default_factory=deque)
    open: bool = True


def _read[T](source: Iterator[T], mine: _Inbox[T], other: _Inbox[T]) -> Iterator[T]:
    try:
        while True:
            if not mine.waiting:
                try:
                    element = next(source)
                except StopIteration:
                    return
                for inbox in (mine, other):
                    if inbox.open:
                        inbox.waiting.append(element)
            yield mine.waiting.popleft()
    finally:
        mine.open = False
        mine.waiting.clear()
        if not other.open:
            _close(source)
