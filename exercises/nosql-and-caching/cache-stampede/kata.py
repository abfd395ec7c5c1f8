"""A cache in front of something slow that never sends a crowd there at once."""

import random
import time
from collections.abc import Awaitable, Callable
from typing import Protocol


class Store(Protocol):
    """What the caches of all processes share: each method is one command, or one script, of Redis."""

    async def get(self, key: str) -> str | None:
        """`GET`: None when there is nothing, or when its time is over."""
        ...

    async def set_if_absent(self, key: str, value: str, seconds: float) -> bool:
        """`SET NX PX`: store for so many seconds if there is nothing yet, and tell whether it did."""
        ...

    async def set_with_lease(self, key: str, value: str, seconds: float, lease: str, token: str) -> bool:
        """Store the value for so many seconds, delete the lease, and return True.

        Only if `token` is what is stored under `lease`; otherwise change nothing and return False.
        All in one step (a script).
        """
        ...

    async def delete_if_equal(self, key: str, value: str) -> bool:
        """Delete the key if it holds this value, in one step (a script), and tell whether it did."""
        ...

    async def delete(self, *keys: str) -> None:
        """`DEL`: delete all of these keys in one step."""
        ...


class SharedCache[T]:
    """A cache in front of something slow, shared with other processes through a store."""

    def __init__(
        self,
        store: Store,
        *,
        ttl: float,
        stale_for: float,
        lease_for: float,
        poll_every: float,
        clock: Callable[[], float] = time.time,
        random: Callable[[], float] = random.random,
    ) -> None:
        """Make the cache of one process; all times are in seconds.

        ttl: how long a value is fresh after its load has ended.
        stale_for: how long a value may be served after that, while it is being refreshed; 0 for not at all.
        lease_for: how long a process may load before another one takes over.
        poll_every: how long a process waits before it looks again for a value that another one is loading.
        clock: the time now.
        random: a random number from 0 to below 1.
        """
        # TODO: Keep what the methods need.

    async def get_or_compute(
        self, key: str, loader: Callable[[], Awaitable[T]], *, timeout: float | None = None
    ) -> T:
        """Return the value under the key; on a miss, load it or wait for whoever is loading it.

        The loader makes the value, of any JSON type. The timeout is how long this caller waits, in
        seconds; without limit when left out.

        Raise TimeoutError when the timeout is over, and whatever the loader raises.
        """
        # TODO: Let all who wait for the same key share one load.
        raise NotImplementedError("Not implemented yet")

    async def invalidate(self, key: str) -> None:
        """Drop the value; what is being loaded at this moment will not be stored."""
        # TODO: Drop the value, and outdate the load that is running.
        raise NotImplementedError("Not implemented yet")
