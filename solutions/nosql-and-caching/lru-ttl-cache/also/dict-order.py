# Style: no list of its own. A `dict` remembers the order of insertion, so a key that is taken out and put in
# again stands at the end, and the next to leave is the first one.

import math
import time
from collections.abc import Callable, Hashable, Iterable
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
class Entry[V]:
    def __init__(self, value: V, weight: int, written_at: float) -> None:
        self.value = value
        self.weight = weight
        self.written_at = written_at


class Cache[K: Hashable, V]:
    def __init__(
        self,
        max_weight: int,
        *,
        ttl: float = math.inf,
        clock: Callable[[], float] = time.monotonic,
        on_evict: Callable[[K, V, Reason], object] | None = None,
    ) -> None:
        self.max_weight = max_weight
        self.ttl = ttl
        self.clock = clock
        self.on_evict = on_evict or (lambda key, value, reason: None)
        self.used: dict[K, Entry[V]] = {}
        self.written: dict[K, Entry[V]] = {}
        self.weight = 0
        self.unreported: list[tuple[K, V, Reason]] = []

    def __len__(self) -> int:
        self.expire()
        self.report()
        return len(self.used)

    def set(self, key: K, value: V, weight: int = 1) -> bool:
        now = self.expire()
        self.drop(key, "replaced")
        fits = weight <= self.max_weight
        if fits:
            while self.weight + weight > self.max_weight:
                self.drop(next(iter(self.used)), "capacity")
            self.used[key] = self.written[key] = Entry(value, weight, now)
            self.weight += weight
        self.report()
        return fits

    def get(self, key: K) -> V | None:
        self.expire()
        entry = self.used.pop(key, None)
        if entry:
            self.used[key] = entry
        self.report()
        return entry.value if entry else None

    def __contains__(self, key: K) -> bool:
        self.expire()
        found = key in self.used
        self.report()
        return found

    def delete(self, key: K) -> bool:
        self.expire()
        found = self.drop(key, "deleted")
        self.report()
        return found

    def items(self) -> Iterable[tuple[K, V]]:
        self.expire()
        self.report()
        for key, entry in self.used.items():
            yield key, entry.value

    def expire(self) -> float:
        now = self.clock()
        while self.written:
            key, entry = next(iter(self.written.items()))
            if now - entry.written_at < self.ttl:
                break
            self.drop(key, "expired")
        return now

    def drop(self, key: K, reason: Reason) -> bool:
        entry = self.used.pop(key, None)
        if entry is None:
            return False
        del self.written[key]
        self.weight -= entry.weight
        self.unreported.append((key, entry.value, reason))
        return True

    def report(self) -> None:
        removals, self.unreported = self.unreported, []
        for key, value, reason in removals:
            self.on_evict(key, value, reason)
