import asyncio
import unittest

from kata import SharedCache


class MemoryStore:
    """The part of Redis that the exercise needs, in memory. Two caches may share one."""

    def __init__(self, clock):
        self._clock = clock
        self._entries = {}

    async def get(self, key):
        await asyncio.sleep(0)
        return self._read(key)

    async def set_if_absent(self, key, value, seconds):
        await asyncio.sleep(0)
        if self._read(key) is not None:
            return False
        self._write(key, value, seconds)
        return True

    async def set_with_lease(self, key, value, seconds, lease, token):
        await asyncio.sleep(0)
        if self._read(lease) != token:
            return False
        self._write(key, value, seconds)
        del self._entries[lease]
        return True

    async def delete_if_equal(self, key, value):
        await asyncio.sleep(0)
        if self._read(key) != value:
            return False
        del self._entries[key]
        return True

    async def delete(self, *keys):
        await asyncio.sleep(0)
        for key in keys:
            self._entries.pop(key, None)

    def _read(self, key):
        value, expires_at = self._entries.get(key, (None, 0))
        return value if self._clock() < expires_at else None

    def _write(self, key, value, seconds):
        if not seconds > 0:
            raise ValueError(f"ERR invalid expire time: {seconds}")
        self._entries[key] = value, self._clock() + seconds


def skip_waiting(loop):
    """Lets the loop's time jump to the next timer, instead of waiting for it."""
    now = 0.0
    select = loop._selector.select

    def jump(timeout):
        nonlocal now
        if timeout is None:
            return select(None)
        now += timeout
        return select(0)

    loop.time, loop._selector.select = (lambda: now), jump


async def settle():
    """Lets everything run that waits for nothing but its turn: until then, no time passes."""
    await asyncio.sleep(1e-6)


async def advance(seconds):
    """Moves the time on, and lets everybody who wakes up on the way do their work."""
    await asyncio.sleep(seconds)
    await settle()


def state_of(call):
    """How it stands with a call at this moment."""
    if not call.done():
        return "pending"
    if call.cancelled():
        return "cancelled"
    if error := call.exception():
        return "raised TimeoutError" if isinstance(error, TimeoutError) else f"raised {error!r}"
    return f"returned {call.result()!r}"


class CacheTestCase(unittest.IsolatedAsyncioTestCase):
    """What all tasks share: a store, and a loader that takes a quarter of a second."""

    async def asyncSetUp(self):
        loop = asyncio.get_running_loop()
        loop.set_debug(False)  # it would note where each step was scheduled
        skip_waiting(loop)
        self.clock = lambda: 1_700_000_000 + loop.time()
        self.store = MemoryStore(self.clock)
        self.loads = 0
        self.calls = []

    def new_cache(self, random=0.9):
        return SharedCache(
            self.store,
            ttl=10,
            stale_for=5,
            lease_for=3,
            poll_every=0.1,
            clock=self.clock,
            random=lambda: random,
        )

    async def loader(self):
        self.loads += 1
        value = f"value {self.loads}"
        await asyncio.sleep(0.25)
        return value

    def ask(self, cache, **options):
        call = asyncio.create_task(cache.get_or_compute("menu", self.loader, **options))
        self.calls.append(call)
        return call

    def assert_state(self, call, expected):
        try:
            self.assertEqual(state_of(call), expected, "the state of a call")
        except AssertionError as failure:
            raise failure from (call.exception() if call.done() and not call.cancelled() else None)


class LoadOnceForAllWhoWait(CacheTestCase):
    """1. Load once for all who wait"""

    async def test_three_callers(self):
        """shares one load between three callers"""
        cache = self.new_cache()
        answers = [self.ask(cache) for _ in range(3)]
        await advance(0.25)
        for answer in answers:
            self.assert_state(answer, "returned 'value 1'")


class LetACallerGiveUpAlone(CacheTestCase):
    """2. Let a caller give up alone"""

    async def test_timeout(self):
        """stops waiting when its timeout is over"""
        cache = self.new_cache()
        hasty = self.ask(cache, timeout=0.05)
        patient = self.ask(cache)
        await advance(0.25)
        self.assert_state(hasty, "raised TimeoutError")
        self.assert_state(patient, "returned 'value 1'")


class KeepTheValue(CacheTestCase):
    """3. Keep the value, and serve it stale while it is refreshed"""

    async def test_stale(self):
        """serves the old value until the new one is there"""
        cache = self.new_cache()
        self.ask(cache)
        await advance(0.25 + 10)
        stale = self.ask(cache)
        await advance(0.25)
        fresh = self.ask(cache)
        await settle()
        self.assert_state(stale, "returned 'value 1'")
        self.assert_state(fresh, "returned 'value 2'")


class RefreshEarlyByChance(CacheTestCase):
    """4. Refresh early, by chance"""

    async def test_chance(self):
        """refreshes 0.1 seconds before the end with a chance of e^(-0.1 / 0.25), about 0.67"""
        cache = self.new_cache(random=0.66)
        self.ask(cache)
        await advance(0.25 + 9.9)
        current = self.ask(cache)
        await advance(0.25)
        following = self.ask(cache)
        await settle()
        self.assert_state(current, "returned 'value 1'")
        self.assert_state(following, "returned 'value 2'")


class LoadOnceAcrossProcesses(CacheTestCase):
    """5. Load once across processes"""

    async def test_two_processes(self):
        """waits for the load of another process"""
        answers = [self.ask(self.new_cache()), self.ask(self.new_cache())]
        await advance(0.35)
        for answer in answers:
            self.assert_state(answer, "returned 'value 1'")


class DoNotStoreWhatWasInvalidated(CacheTestCase):
    """6. Do not store what was invalidated"""

    async def test_invalidated_while_loading(self):
        """loads again after an invalidation in the middle of a load"""
        cache = self.new_cache()
        before = self.ask(cache)
        await advance(0.1)
        await cache.invalidate("menu")
        after = self.ask(cache)
        await advance(0.25)
        self.assert_state(before, "returned 'value 1'")
        self.assert_state(after, "returned 'value 2'")
