from collections.abc import Callable, Iterable, Iterator
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
        # TODO: Keep the source without reading from it.
        raise NotImplementedError("Not implemented yet")

    def __iter__(self) -> Iterator[T]:
        """Opens the source and delivers its elements, each when it is asked for.

        The source may be opened here (by `tee`: when that is called) or as late as the first `next()`.
        """
        # TODO: Start one iteration of this sequence.
        raise NotImplementedError("Not implemented yet")

    def map[U](self, fn: Callable[[T], U]) -> LazySeq[U]:
        """The result of `fn` for each element."""
        # TODO: Return a new sequence; call `fn` only when an element is asked for.
        raise NotImplementedError("Not implemented yet")

    def filter(self, keep: Callable[[T], bool]) -> LazySeq[T]:
        """The elements for which `keep` answers true."""
        # TODO: Return a new sequence; pull no further than the element that is delivered.
        raise NotImplementedError("Not implemented yet")

    def take(self, count: int) -> LazySeq[T]:
        """The first `count` elements (0 or more), or all of them when there are fewer."""
        # TODO: Deliver at most `count` elements, then end and close the source.
        raise NotImplementedError("Not implemented yet")

    def chunk(self, size: int) -> LazySeq[list[T]]:
        """Lists of `size` elements (1 or more) in a row; the last one may be shorter."""
        # TODO: Deliver each list as soon as it is full.
        raise NotImplementedError("Not implemented yet")

    def zip[U](self, other: Iterable[U]) -> LazySeq[tuple[T, U]]:
        """Pairs of one element from this sequence and one from `other`, until either ends.

        The sides may be opened in any order.
        """
        # TODO: Pull from both sides, and close both when the pairs end.
        raise NotImplementedError("Not implemented yet")

    def tee(self) -> Tee[T]:
        """Two readers that share one iteration of this sequence."""
        # TODO: Keep what one reader has seen and the other has not; forget the rest.
        raise NotImplementedError("Not implemented yet")
