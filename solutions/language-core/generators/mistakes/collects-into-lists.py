# Every stage collects its input into a list before the next one starts. On an endless log no stage ever
# starts, and on a long one the memory holds a copy of the log for each stage.

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass


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
        return LazySeq([fn(element) for element in self])

    def filter(self, keep: Callable[[T], bool]) -> LazySeq[T]:
        """The elements for which `keep` answers true."""
        return LazySeq([element for element in self if keep(element)])

    def take(self, count: int) -> LazySeq[T]:
        """The first `count` elements (0 or more), or all of them when there are fewer."""
        return LazySeq(list(self)[:count])

    def chunk(self, size: int) -> LazySeq[list[T]]:
        """Lists of `size` elements (1 or more) in a row; the last one may be shorter."""
        everything = list(self)
        return LazySeq([everything[start : start + size] for start in range(0, len(everything), size)])

    def zip[U](self, other: Iterable[U]) -> LazySeq[tuple[T, U]]:
        """Pairs of one element from this sequence and one from `other`, until either ends."""
        return LazySeq(list(zip(self, other)))

    def tee(self) -> Tee[T]:
        """Two readers that share one iteration of this sequence."""
        everything = list(self)
        read = {"left": 0, "right": 0}

        def reader(side: str) -> Iterator[T]:
            for element in everything:
                read[side] += 1
                yield element

        return Tee(
            left=LazySeq(reader("left")),
            right=LazySeq(reader("right")),
            held=lambda: abs(read["left"] - read["right"]),
        )
