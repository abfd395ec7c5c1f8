"""A cache in memory with a bound on weight and on age."""

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
        # TODO: Keep what the methods need. What keeps entries between calls is of a counted class.

    def __len__(self) -> int:
        """Return how many live entries there are."""
        # TODO: Count the live entries.
        raise NotImplementedError("Not implemented yet")

    def set(self, key: K, value: V, weight: int = 1) -> bool:
        """Store a value under a key, in the place of the one that was there; counts as a use.

        The weight is a positive integer. Return False when the value alone is heavier than
        `max_weight`: it is not stored.
        """
        # TODO: Store the value, and make room for it where needed.
        raise NotImplementedError("Not implemented yet")

    def get(self, key: K) -> V | None:
        """Return the live value under the key, None when there is none; counts as a use."""
        # TODO: Find the value, and remember that it was used.
        raise NotImplementedError("Not implemented yet")

    def __contains__(self, key: K) -> bool:
        """Tell whether there is a live entry under the key; no use."""
        # TODO: Look for a live entry.
        raise NotImplementedError("Not implemented yet")

    def delete(self, key: K) -> bool:
        """Remove the entry under the key, and tell whether there was a live one."""
        # TODO: Remove the entry.
        raise NotImplementedError("Not implemented yet")

    def items(self) -> Iterable[tuple[K, V]]:
        """Return the live entries, least recently used first; no use. A copy or a view, as you like."""
        # TODO: List the entries in the order of their last use.
        raise NotImplementedError("Not implemented yet")
