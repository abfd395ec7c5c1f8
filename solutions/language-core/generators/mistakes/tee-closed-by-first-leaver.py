# A reader that leaves closes the shared source although the other reader still needs it, so the one that stays
# sees the end in the middle of the data.

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
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
            with _opened(self) as source:
                for element in source:
                    yield fn(element)

        return LazySeq(results)

    def filter(self, keep: Callable[[T], bool]) -> LazySeq[T]:
        """The elements for which `keep` answers true."""

        def kept() -> Iterator[T]:
            with _opened(self) as source:
                for element in source:
                    if keep(element):
                        yield element

        return LazySeq(kept)

    def take(self, count: int) -> LazySeq[T]:
        """The first `count` elements (0 or more), or all of them when there are fewer."""

        def first() -> Iterator[T]:
            if count == 0:
                return
            with _opened(self) as source:
                for taken, element in enumerate(source, start=1):
                    yield element
                    if taken == count:
                        return

        return LazySeq(first)

    def chunk(self, size: int) -> LazySeq[list[T]]:
        """Lists of `size` elements (1 or more) in a row; the last one may be shorter."""

        def batches() -> Iterator[list[T]]:
            with _opened(self) as source:
                batch: list[T] = []
                for element in source:
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
            with _opened(self) as mine, _opened(other) as theirs:
                yield from zip(mine, theirs)  # The built-in ends with the shorter side, and closes neither.

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


@contextmanager
def _opened[T](source: Iterable[T]) -> Generator[Iterator[T]]:
    """An iterator over `source`, closed at the end of the block."""
    iterator = iter(source)
    try:
        yield iterator
    finally:
        _close(iterator)


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
        _close(source)
