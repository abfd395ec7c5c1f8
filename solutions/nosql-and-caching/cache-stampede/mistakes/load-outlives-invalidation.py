# Only the stored value is deleted: a load that began before the invalidation still holds its lease, so it
# stores the outdated value for a whole lifetime, and later callers even join it.

"""A cache in front of something slow that never sends a crowd there at once."""

import asyncio
import json
import math
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Protocol


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


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    fresh_until: float
    cost: float
    """How long the value took to load, in seconds."""


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
        self._store = store
        self._ttl = ttl
        self._stale_for = stale_for
        self._lease_for = lease_for
        self._poll_every = poll_every
        self._clock = clock
        self._random = random
        self._flights: dict[str, asyncio.Task[T]] = {}
        # The event loop holds its tasks weakly, and an invalidated flight goes on.
        self._running: set[asyncio.Task[T]] = set()

    async def get_or_compute(
        self, key: str, loader: Callable[[], Awaitable[T]], *, timeout: float | None = None
    ) -> T:
        """Return the value under the key; on a miss, load it or wait for whoever is loading it.

        The loader makes the value, of any JSON type. The timeout is how long this caller waits, in
        seconds; without limit when left out.

        Raise TimeoutError when the timeout is over, and whatever the loader raises.
        """
        async with asyncio.timeout(timeout):
            entry = await self._read(key)
            if entry is None:
                # The flight belongs to all who wait: who gives up takes only the shield down.
                return await asyncio.shield(self._join(key, loader, seen=None))
            if self._is_due(entry):
                self._join(key, loader, seen=entry)
            return entry.value

    async def invalidate(self, key: str) -> None:
        """Drop the value; what is being loaded at this moment will not be stored."""
        await self._store.delete(_value_key(key))

    def _is_due(self, entry: _Entry) -> bool:
        """The closer the end and the longer the load, the more likely; certain when the end has passed."""
        left = entry.fresh_until - self._clock()
        if left <= 0:
            return True
        return entry.cost > 0 and self._random() < math.exp(-left / entry.cost)

    def _join(
        self, key: str, loader: Callable[[], Awaitable[T]], seen: _Entry | None
    ) -> asyncio.Task[T]:
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._load(key, loader, seen))
            self._flights[key] = flight
            self._running.add(flight)
            flight.add_done_callback(partial(self._land, key))
        return flight

    def _land(self, key: str, flight: asyncio.Task[T]) -> None:
        self._running.discard(flight)
        if self._flights.get(key) is flight:
            del self._flights[key]
        if not flight.cancelled():
            # Those who wait are told by the flight; when nobody waits, a failure is no news.
            flight.exception()

    async def _load(self, key: str, loader: Callable[[], Awaitable[T]], seen: _Entry | None) -> T:
        token = str(uuid.uuid4())
        while True:
            holds_lease = await self._store.set_if_absent(_lease_key(key), token, self._lease_for)
            # Somebody may have stored a value between our first look and now.
            entry = await self._read(key)
            if entry and (seen is None or entry.fresh_until > seen.fresh_until):
                if holds_lease:
                    await self._store.delete_if_equal(_lease_key(key), token)
                return entry.value
            if holds_lease:
                return await self._fill(key, loader, token)
            await asyncio.sleep(self._poll_every)

    async def _fill(self, key: str, loader: Callable[[], Awaitable[T]], token: str) -> T:
        started_at = self._clock()
        try:
            value = await loader()
        except BaseException:
            await self._store.delete_if_equal(_lease_key(key), token)
            raise
        ended_at = self._clock()
        text = json.dumps(asdict(_Entry(value, ended_at + self._ttl, ended_at - started_at)))
        lifetime = self._ttl + self._stale_for
        await self._store.set_with_lease(_value_key(key), text, lifetime, _lease_key(key), token)
        return value

    async def _read(self, key: str) -> _Entry | None:
        text = await self._store.get(_value_key(key))
        return None if text is None else _Entry(**json.loads(text))


def _value_key(key: str) -> str:
    return f"value:{key}"


def _lease_key(key: str) -> str:
    return f"lease:{key}"
