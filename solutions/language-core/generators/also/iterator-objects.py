# Style: iterator objects with `__next__` and `close` instead of generators, and a tee whose readers walk along a linked
# list, so that what both have read is forgotten by itself.
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Self


class Tee[T](NamedTuple):
    left: LazySeq[T]
    right: LazySeq[T]
    held: Callable[[], int]


def close(iterator: Iterator[object]) -> None:
    try:
        closing = iterator.close
    except AttributeError:
        return
    closing()


class Stage[T]:
    """An iterator over sources that it opens when it is first asked, and closes when it is done."""

    def __init__(self, step: Callable[..., T], *sources: Iterable[object]) -> None:
        self._step = step
        self._sources = sources
        self._opened: list[Iterator[object]] | None = None
        self._closed = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        if self._closed:
            raise StopIteration
        try:
            if self._opened is None:
                self._opened = []
                for source in self._sources:
                    self._opened.append(iter(source))
            return self._step(self, *self._opened)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            for iterator in self._opened or ():
                close(iterator)


class LazySeq[T]:
    def __init__(self, source: Iterable[T] | Callable[[], Iterator[T]]) -> None:
        self._open = source if callable(source) else lambda: iter(source)

    def __iter__(self) -> Iterator[T]:
        return self._open()

    def map[U](self, fn: Callable[[T], U]) -> LazySeq[U]:
        return LazySeq(lambda: Stage(lambda _, mine: fn(next(mine)), self))

    def filter(self, keep: Callable[[T], bool]) -> LazySeq[T]:
        def step(_: Stage[T], mine: Iterator[T]) -> T:
            while not keep(element := next(mine)):
                pass
            return element

        return LazySeq(lambda: Stage(step, self))

    def take(self, count: int) -> LazySeq[T]:
        def start() -> Iterator[T]:
            left = count

            def step(_: Stage[T], mine: Iterator[T]) -> T:
                nonlocal left
                if left == 0:
                    raise StopIteration
                left -= 1
                return next(mine)

            return Stage(step, self)

        return LazySeq(start)

    def chunk(self, size: int) -> LazySeq[list[T]]:
        def step(_: Stage[list[T]], mine: Iterator[T]) -> list[T]:
            batch = [element for _, element in zip(range(size), mine)]
            if not batch:
                raise StopIteration
            return batch

        return LazySeq(lambda: Stage(step, self))

    def zip[U](self, other: Iterable[U]) -> LazySeq[tuple[T, U]]:
        return LazySeq(lambda: Stage(lambda _, mine, theirs: (next(mine), next(theirs)), self, other))

    def tee(self) -> Tee[T]:
        source = iter(self)
        start: Link[T] = Link()
        left, right = Reader(source, start), Reader(source, start)
        left.other, right.other = right, left

        def held() -> int:
            return 0 if left.gone or right.gone else abs(left.position - right.position)

        return Tee(LazySeq(lambda: left), LazySeq(lambda: right), held)


class Link[T]:
    """A place after an element of the source, and the way to the next one."""

    value: T
    next: Link[T] | None = None


class Reader[T]:
    """Stands on the link that it read last."""

    other: Reader[T]

    def __init__(self, source: Iterator[T], start: Link[T]) -> None:
        self._source = source
        self._at = start
        self.position = 0
        self.gone = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        if self.gone:
            raise StopIteration
        if self._at.next is None:
            link: Link[T] = Link()
            link.value = next(self._source)
            self._at.next = link
        self._at = self._at.next
        self.position += 1
        return self._at.value

    def close(self) -> None:
        if not self.gone:
            self.gone = True
            self._at = Link()
            if self.other.gone:
                close(self._source)
