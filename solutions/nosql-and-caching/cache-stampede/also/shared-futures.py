# Style: futures that the callers share instead of tasks that they join, callers who wait for the first of
# two events, and the draw written with a logarithm.

import asyncio
import json
import math
import random
import secrets
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


class Lease:
    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self.token = secrets.token_hex(16)

    async def take(self, seconds: float) -> bool:
        return await self.store.set_if_absent(self.name, self.token, seconds)

    async def publish(self, key: str, text: str, seconds: float) -> None:
        await self.store.set_with_lease(key, text, seconds, self.name, self.token)

    async def release(self) -> None:
        await self.store.delete_if_equal(self.name, self.token)


class SharedCache[T]:
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
        self.store, self.clock, self.random = store, clock, random
        self.ttl, self.stale_for, self.lease_for, self.poll_every = ttl, stale_for, lease_for, poll_every
        self.results: dict[str, asyncio.Future[T]] = {}
        self.workers: set[asyncio.Task[None]] = set()

    async def get_or_compute(
        self, key: str, loader: Callable[[], Awaitable[T]], *, timeout: float | None = None
    ) -> T:
        search = self.start(self.find(key, loader))
        done, _ = await asyncio.wait({search}, timeout=timeout)
        if not done:
            raise TimeoutError
        return search.result()

    async def invalidate(self, key: str) -> None:
        await self.store.delete(f"{key}/value", f"{key}/lease")
        if key in self.results:
            del self.results[key]

    async def find(self, key: str, loader: Callable[[], Awaitable[T]]) -> T:
        text = await self.store.get(f"{key}/value")
        if text is None:
            return await self.result_of_load(key, loader, text)
        value, stored_at, took = json.loads(text)
        age = self.clock() - stored_at
        if age >= self.ttl or age - took * math.log(max(self.random(), 1e-300)) > self.ttl:
            self.result_of_load(key, loader, text)
        return value

    def result_of_load(
        self, key: str, loader: Callable[[], Awaitable[T]], seen: str | None
    ) -> asyncio.Future[T]:
        if key not in self.results:
            self.results[key] = asyncio.get_running_loop().create_future()
            self.start(self.load(key, loader, seen, self.results[key]))
        return self.results[key]

    async def load(
        self,
        key: str,
        loader: Callable[[], Awaitable[T]],
        seen: str | None,
        result: asyncio.Future[T],
    ) -> None:
        try:
            result.set_result(await self.wait_for_value(key, loader, seen))
        except Exception as error:
            result.set_exception(error)
            result.exception()
        if self.results.get(key) is result:
            del self.results[key]

    async def wait_for_value(
        self, key: str, loader: Callable[[], Awaitable[T]], seen: str | None
    ) -> T:
        lease = Lease(self.store, f"{key}/lease")
        taken = await lease.take(self.lease_for)
        text = await self.store.get(f"{key}/value")
        if text is not None and text != seen:
            if taken:
                await lease.release()
            return json.loads(text)[0]
        if not taken:
            await asyncio.sleep(self.poll_every)
            return await self.wait_for_value(key, loader, seen)
        began = self.clock()
        try:
            value = await loader()
            now = self.clock()
            text = json.dumps([value, now, now - began])
            await lease.publish(f"{key}/value", text, self.ttl + self.stale_for)
            return value
        finally:
            await lease.release()

    def start[R](self, work: Awaitable[R]) -> asyncio.Task[R]:
        task = asyncio.ensure_future(work)
        self.workers.add(task)
        task.add_done_callback(self.workers.discard)
        return task
