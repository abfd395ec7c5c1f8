# Every entry brings its own timer, which in Python is a thread: a million entries are a million threads, and
# none of them knows the clock of the cache.

"""A cache in memory with a bound on weight and on age."""

import math
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

type Reason = Literal["capacity", "expired", "replaced", "deleted"]
"""Why an entry left the cache."""

_accesses = 0


def accesses() -> int:
    """Return how many attributes of counted objects were read or written so far. Leave as it is."""
    return _accesses


def counted[T](cls: type[T]) -> type[T]:
    """Decorate a class: each access to an attribute of its objects is counted. Leave as it is."""
    read, write = cls.__getattribute__, cls.__setattr__

    def count_and_read(self: T, name: str) -> Any:
        global _accesses
        _accesses += 1
        return read(self, name)

    def count_and_write(self: T, name: str, value: Any) -> None:
        global _accesses
        _accesses += 1
        write(self, name, value)

    cls.__getattribute__, cls.__setattr__ = count_and_read, count_and_write
    return cls


@counted
@dataclass(slots=True, eq=False)
class _Link[K, T]:
    key: K
    item: T
    before: _Link[K, T] | None
    after: _Link[K, T] | None


class _Queue[K, T]:
    """A dict plus a linked list: items in line that can be found, and taken out, by their keys."""

    def __init__(self) -> None:
        self._links: dict[K, _Link[K, T]] = {}
        self._first: _Link[K, T] | None = None
        self._last: _Link[K, T] | None = None

    def __len__(self) -> int:
        return len(self._links)

    def __iter__(self) -> Iterator[T]:
        link = self._first
        while link:
            yield link.item
            link = link.after

    def first(self) -> T | None:
        return self._first.item if self._first else None

    def get(self, key: K) -> T | None:
        link = self._links.get(key)
        return link.item if link else None

    def append(self, key: K, item: T) -> None:
        link = _Link(key, item, before=self._last, after=None)
        if self._last:
            self._last.after = link
        else:
            self._first = link
        self._last = link
        self._links[key] = link

    def remove(self, key: K) -> None:
        link = self._links.pop(key)
        if link.before:
            link.before.after = link.after
        else:
            self._first = link.after
        if link.after:
            link.after.before = link.before
        else:
            self._last = link.before


@counted
@dataclass(frozen=True, slots=True, eq=False)
class _Entry[K, V]:
    key: K
    value: V
    weight: int
    timer: threading.Timer | None


type _Removal[K, V] = tuple[K, V, Reason]


class Cache[K: Hashable, V]:
    """A cache in memory that drops what has not been used for longest, and what is too old."""

    def __init__(
        self,
        max_weight: int,
        *,
        ttl: float = math.inf,
        clock: Callable[[], float] = time.monotonic,
        on_evict: Callable[[K, V, Reason], object] | None = None,
    ) -> None:
        """Make an empty cache.

        max_weight: the weights of all entries never add up to more than this.
        ttl: how long an entry lives after it was written, in seconds.
        clock: tells the time in seconds; take it that it never goes back.
        on_evict: called once, with key, value and reason, for each entry that has left the cache.
        """
        self._max_weight = max_weight
        self._ttl = ttl
        self._on_evict = on_evict
        self._by_use: _Queue[K, _Entry[K, V]] = _Queue()
        self._weight = 0

    def __len__(self) -> int:
        """Return how many live entries there are."""
        with self._call():
            return len(self._by_use)

    def set(self, key: K, value: V, weight: int = 1) -> bool:
        """Store a value under a key, in the place of the one that was there; counts as a use.

        The weight is a positive integer. Return False when the value alone is heavier than
        `max_weight`: it is not stored.
        """
        with self._call() as removals:
            if previous := self._by_use.get(key):
                removals.append(self._remove(previous, "replaced"))
            if weight > self._max_weight:
                return False
            while self._weight + weight > self._max_weight and (victim := self._by_use.first()):
                removals.append(self._remove(victim, "capacity"))
            entry = _Entry(key, value, weight, timer=self._start_timer(key))
            self._by_use.append(key, entry)
            self._weight += weight
            return True

    def get(self, key: K) -> V | None:
        """Return the live value under the key, None when there is none; counts as a use."""
        with self._call():
            entry = self._by_use.get(key)
            if entry is None:
                return None
            self._by_use.remove(key)
            self._by_use.append(key, entry)
            return entry.value

    def __contains__(self, key: K) -> bool:
        """Tell whether there is a live entry under the key; no use."""
        with self._call():
            return self._by_use.get(key) is not None

    def delete(self, key: K) -> bool:
        """Remove the entry under the key, and tell whether there was a live one."""
        with self._call() as removals:
            entry = self._by_use.get(key)
            if entry is None:
                return False
            removals.append(self._remove(entry, "deleted"))
            return True

    def items(self) -> Iterable[tuple[K, V]]:
        """Return the live entries, least recently used first; no use. A copy or a view, as you like."""
        with self._call():
            return [(entry.key, entry.value) for entry in self._by_use]

    @contextmanager
    def _call(self) -> Iterator[list[_Removal[K, V]]]:
        """Run one operation, and report once the cache is in order again."""
        removals: list[_Removal[K, V]] = []
        yield removals
        if self._on_evict is not None:
            for removal in removals:
                self._on_evict(*removal)

    def _start_timer(self, key: K) -> threading.Timer | None:
        if self._ttl == math.inf:
            return None
        timer = threading.Timer(self._ttl, self._expire, [key])
        timer.daemon = True
        timer.start()
        return timer

    def _expire(self, key: K) -> None:
        with self._call() as removals:
            if entry := self._by_use.get(key):
                removals.append(self._remove(entry, "expired"))

    def _remove(self, entry: _Entry[K, V], reason: Reason) -> _Removal[K, V]:
        self._by_use.remove(entry.key)
        if entry.timer is not None:
            entry.timer.cancel()
        self._weight -= entry.weight
        return entry.key, entry.value, reason
