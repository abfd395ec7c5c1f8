import asyncio
import gc
import unittest
from collections import Counter

from kata import SharedCache

TTL = 60
STALE_FOR = 30
LEASE_FOR = 10
POLL_EVERY = 0.5
A_MOMENT = 0.001


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


class DelayedStore(MemoryStore):
    """The same store, for a process whose requests for a lease arrive only when `arrival` is set."""

    def __init__(self, store, arrival):
        self._clock, self._entries = store._clock, store._entries
        self._arrival = arrival

    async def set_if_absent(self, key, value, seconds):
        await self._arrival.wait()
        return await super().set_if_absent(key, value, seconds)


class ManualLoader:
    """A loader that counts its calls, and ends them when the test says so."""

    def __init__(self):
        self._futures = []

    async def __call__(self):
        future = asyncio.get_running_loop().create_future()
        self._futures.append(future)
        return await future

    @property
    def calls(self):
        return len(self._futures)

    async def resolve(self, number, value):
        self._call(number).set_result(value)
        await settle()

    async def reject(self, number, error):
        self._call(number).set_exception(error)
        await settle()

    def _call(self, number):
        if number > self.calls:
            raise AssertionError(f"call {number} of the loader is missing: it was called {self.calls} times")
        future = self._futures[number - 1]
        if future.cancelled():
            raise AssertionError(f"call {number} of the loader was cancelled")
        return future


class CacheTestCase(unittest.IsolatedAsyncioTestCase):
    """What all tasks share: a store, a time and a chance; one cache is one process."""

    async def asyncSetUp(self):
        loop = asyncio.get_running_loop()
        loop.set_debug(False)  # it would note where each step was scheduled
        skip_waiting(loop)
        self.clock = lambda: 1_700_000_000 + loop.time()
        self.store = MemoryStore(self.clock)
        self.chance = 0.999999
        self.asked = []

    async def asyncTearDown(self):
        for call in self.asked:
            if call.done() and not call.cancelled():
                call.exception()  # Seen, so that the event loop does not report what a test had no question about.

    def new_cache(self, store=None, **options):
        settings = {
            "ttl": TTL,
            "stale_for": STALE_FOR,
            "lease_for": LEASE_FOR,
            "poll_every": POLL_EVERY,
            "clock": self.clock,
            "random": lambda: self.chance,
        }
        return SharedCache(store or self.store, **settings | options)

    async def warm(self, value, cost=0, key="hot", **options):
        """Loads a value in so many seconds, and waits until it is stored."""
        cache = self.new_cache(**options)

        async def load():
            if cost:
                await asyncio.sleep(cost)
            return value

        call = self.ask(cache, load, key)
        await advance(cost)
        self.assert_state(call, f"returned {value!r}", f"the first load of {key}")
        return cache

    def ask(self, cache, loader, key="hot", **options):
        """Calls the cache, and does not wait for the answer."""
        call = asyncio.create_task(cache.get_or_compute(key, loader, **options))
        self.asked.append(call)
        return call

    async def answer(self, cache, loader, key="hot", **options):
        """Calls the cache, and lets everything run that needs no time."""
        call = self.ask(cache, loader, key, **options)
        await settle()
        return call

    def assert_state(self, call, expected, message="the state of a call"):
        try:
            self.assertEqual(state_of(call), expected, message)
        except AssertionError as failure:
            raise failure from (call.exception() if call.done() and not call.cancelled() else None)

    def assert_all(self, calls, expected):
        self.assertEqual(dict(Counter(map(state_of, calls))), {expected: len(calls)}, "callers in each state")

    def assert_loads(self, loader, expected, message="loads"):
        self.assertEqual(loader.calls, expected, message)


class LoadOnceForAllWhoWait(CacheTestCase):
    """1. Load once for all who wait"""

    async def test_crowd(self):
        """loads once when 500 callers miss together"""
        cache, loader = self.new_cache(), ManualLoader()
        calls = [self.ask(cache, loader) for _ in range(500)]
        await settle()
        self.assert_loads(loader, 1, "loads for 500 callers")
        await loader.resolve(1, "value")
        self.assert_all(calls, "returned 'value'")

    async def test_joins(self):
        """lets a caller join who comes while the load is running"""
        cache, loader = self.new_cache(), ManualLoader()
        first = self.ask(cache, loader)
        await advance(1)
        second = await self.answer(cache, loader)
        self.assert_loads(loader, 1)
        await loader.resolve(1, "value")
        self.assert_state(first, "returned 'value'")
        self.assert_state(second, "returned 'value'")

    async def test_keys(self):
        """loads different keys side by side"""
        cache, loader_a, loader_b = self.new_cache(), ManualLoader(), ManualLoader()
        a = self.ask(cache, loader_a, "a")
        b = await self.answer(cache, loader_b, "b")
        self.assertEqual([loader_a.calls, loader_b.calls], [1, 1], "loads of a and of b")
        await loader_b.resolve(1, "value of b")
        self.assert_state(a, "pending", "a, when only b is loaded")
        self.assert_state(b, "returned 'value of b'")
        await loader_a.resolve(1, "value of a")
        self.assert_state(a, "returned 'value of a'")

    async def test_failure(self):
        """raises the error of the load in all who wait"""
        cache, loader = self.new_cache(), ManualLoader()
        calls = [self.ask(cache, loader) for _ in range(3)]
        await settle()
        await loader.reject(1, LookupError("database down"))
        for call in calls:
            self.assert_state(call, "raised LookupError('database down')")

    async def test_failure_is_forgotten(self):
        """does not remember a failure"""
        cache, loader = self.new_cache(), ManualLoader()
        first = await self.answer(cache, loader)
        await loader.reject(1, LookupError("database down"))
        self.assert_state(first, "raised LookupError('database down')")
        second = await self.answer(cache, loader)
        self.assert_loads(loader, 2, "loads, with one call after the failure")
        await loader.resolve(2, "value")
        self.assert_state(second, "returned 'value'", "the call after the failure")


class LetACallerGiveUpAlone(CacheTestCase):
    """2. Let a caller give up alone"""

    async def test_timeout(self):
        """raises a TimeoutError when the timeout is over, not before"""
        call = self.ask(self.new_cache(), ManualLoader(), timeout=2)
        await advance(2 - A_MOMENT)
        self.assert_state(call, "pending", "after 1.999 of 2 seconds")
        await advance(A_MOMENT)
        self.assert_state(call, "raised TimeoutError", "after 2 of 2 seconds")

    async def test_others_wait_on(self):
        """lets the others wait on when the first caller gives up"""
        cache, loader = self.new_cache(), ManualLoader()
        hasty = self.ask(cache, loader, timeout=1)
        patient = self.ask(cache, loader)
        less_patient = self.ask(cache, loader, timeout=3)
        await advance(1)
        self.assert_state(hasty, "raised TimeoutError", "the one with a timeout of 1 second")
        self.assert_state(patient, "pending", "the one without a timeout, after 1 second")
        self.assert_state(less_patient, "pending", "the one with a timeout of 3 seconds, after 1 second")
        await advance(1)
        await loader.resolve(1, "value")
        self.assert_state(patient, "returned 'value'")
        self.assert_state(less_patient, "returned 'value'")

    async def test_timeout_of_who_joins(self):
        """holds the timeout of a caller who joins a running load"""
        cache, loader = self.new_cache(), ManualLoader()
        patient = self.ask(cache, loader)
        await advance(1)
        hasty = self.ask(cache, loader, timeout=1)
        await advance(1)
        self.assert_state(hasty, "raised TimeoutError", "the one with a timeout of 1 second")
        self.assert_state(patient, "pending", "the one without a timeout")

    async def test_cancelled_caller(self):
        """lets the others wait on when the task of the first caller is cancelled"""
        cache, loader = self.new_cache(), ManualLoader()
        first = await self.answer(cache, loader)
        second = await self.answer(cache, loader)
        first.cancel()
        await settle()
        self.assert_state(first, "cancelled", "the caller whose task was cancelled")
        self.assert_state(second, "pending", "the other one")
        await loader.resolve(1, "value")
        self.assert_state(second, "returned 'value'", "the other one, after the load")

    async def test_everybody_gives_up(self):
        """goes on loading when everybody has given up"""
        cache, loader = self.new_cache(), ManualLoader()
        hasty = self.ask(cache, loader, timeout=1)
        await advance(1)
        self.assert_state(hasty, "raised TimeoutError")
        following = await self.answer(cache, loader)
        self.assert_loads(loader, 1, "loads, with a call after the timeout")
        await loader.resolve(1, "value")
        self.assert_state(following, "returned 'value'")

    async def test_in_time(self):
        """keeps an answer that came in time"""
        loader = ManualLoader()
        call = self.ask(self.new_cache(), loader, timeout=1)
        await advance(1 - A_MOMENT)
        await loader.resolve(1, "value")
        await advance(1)
        self.assert_state(call, "returned 'value'")


class KeepTheValue(CacheTestCase):
    """3. Keep the value, and serve it stale while it is refreshed"""

    async def test_fresh(self):
        """serves a fresh value without a load"""
        cache, loader = await self.warm("value"), ManualLoader()
        await advance(TTL - A_MOMENT)
        call = await self.answer(cache, loader)
        self.assert_state(call, "returned 'value'", "after 59.999 of 60 seconds")
        self.assert_loads(loader, 0)

    async def test_another_process(self):
        """finds what another process has stored"""
        await self.warm("value")
        loader = ManualLoader()
        call = await self.answer(self.new_cache(), loader)
        self.assert_state(call, "returned 'value'")
        self.assert_loads(loader, 0)

    async def test_any_value(self):
        """keeps None, zero, an object and other values like any other value"""
        for value in (None, False, 0, "", [], {"name": "Amara", "tags": ["new"]}):
            with self.subTest(value=value):
                key = f"key of {value!r}"
                cache, loader = await self.warm(value, key=key), ManualLoader()
                call = await self.answer(cache, loader, key)
                self.assert_state(call, f"returned {value!r}")
                self.assert_loads(loader, 0, f"loads of what is stored already, {value!r}")

    async def test_from_the_end_of_the_load(self):
        """is fresh from the end of the load, not from its beginning"""
        cache, loader = await self.warm("value", cost=5), ManualLoader()
        await advance(TTL - 1)
        call = await self.answer(cache, loader)
        self.assert_state(call, "returned 'value'")
        self.assert_loads(loader, 0, "loads, 59 seconds after a load of 5 seconds ended")

    async def test_stale(self):
        """serves a stale value at once, and the new one as soon as it is there"""
        cache, loader = await self.warm("old"), ManualLoader()
        await advance(TTL)
        stale = await self.answer(cache, loader)
        self.assert_state(stale, "returned 'old'", "after 60 seconds, while a new value is being loaded")
        self.assert_loads(loader, 1)
        await loader.resolve(1, "new")
        fresh = await self.answer(cache, loader)
        self.assert_state(fresh, "returned 'new'", "after the refresh")
        self.assert_loads(loader, 1, "loads after the refresh")

    async def test_end_of_ttl(self):
        """refreshes a value from the very moment at which it is no longer fresh"""
        now = 1_700_000_000
        self.clock = lambda: now
        self.store = MemoryStore(self.clock)
        cache, loader = await self.warm("old"), ManualLoader()
        now += TTL
        stale = await self.answer(cache, loader)
        self.assert_state(stale, "returned 'old'", "when the clock has moved on by 60 seconds exactly")
        self.assert_loads(loader, 1, "loads, when the clock has moved on by 60 seconds exactly")

    async def test_stale_after_a_quick_load(self):
        """serves a value stale that took a moment to load"""
        cache, loader = await self.warm("old", cost=A_MOMENT), ManualLoader()
        await advance(TTL + 10)
        stale = await self.answer(cache, loader)
        self.assert_state(stale, "returned 'old'", "stale for 10 seconds, after a load of 0.001 seconds")
        self.assert_loads(loader, 1)

    async def test_crowd_gets_stale(self):
        """refreshes once for 100 callers who get a stale value"""
        cache, loader = await self.warm("old"), ManualLoader()
        await advance(TTL)
        calls = [self.ask(cache, loader) for _ in range(100)]
        await settle()
        self.assert_all(calls, "returned 'old'")
        self.assert_loads(loader, 1)

    async def test_refresh_outlives_its_caller(self):
        """lets the refresh go on when the caller who started it has its answer"""
        cache, loader = await self.warm("old"), ManualLoader()
        await advance(TTL)
        await self.answer(cache, loader, timeout=1)
        await advance(2)
        await loader.resolve(1, "new")
        call = await self.answer(self.new_cache(), loader)
        self.assert_state(call, "returned 'new'", "after a refresh of 2 s, begun with a timeout of 1 s")

    async def test_failed_refresh(self):
        """goes on with the stale value when a refresh fails, and tries again on the next call"""
        cache, loader = await self.warm("old"), ManualLoader()
        await advance(TTL)
        first = await self.answer(cache, loader)
        await loader.reject(1, LookupError("database down"))
        self.assert_state(first, "returned 'old'", "the call that started the refresh")
        second = await self.answer(cache, loader)
        self.assert_state(second, "returned 'old'", "the call after the failed refresh")
        self.assert_loads(loader, 2)

    async def test_failed_refresh_is_no_news(self):
        """keeps the failure of a refresh from the event loop's exception handler"""
        complaints = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: complaints.append(context["message"]))
        cache, loader = await self.warm("old"), ManualLoader()
        await advance(TTL)
        await self.answer(cache, loader)
        await loader.reject(1, LookupError("database down"))
        del loader
        gc.collect(0)
        await settle()
        self.assertEqual(complaints, [], "what the event loop had to report")

    async def test_limit(self):
        """serves a stale value to the last moment of its limit"""
        cache = await self.warm("old")
        await advance(TTL + STALE_FOR - A_MOMENT)
        call = await self.answer(cache, ManualLoader())
        self.assert_state(call, "returned 'old'", "29.999 of 30 seconds after it was fresh")

    async def test_beyond_the_limit(self):
        """waits for the load when the limit for stale values is over"""
        cache, loader = await self.warm("old"), ManualLoader()
        await advance(TTL + STALE_FOR)
        call = await self.answer(cache, loader)
        self.assert_state(call, "pending", "30 seconds after it was fresh")
        await loader.resolve(1, "new")
        self.assert_state(call, "returned 'new'", "after the load")

    async def test_nothing_stale(self):
        """serves nothing stale when stale_for is 0"""
        cache, loader = await self.warm("old", stale_for=0), ManualLoader()
        await advance(TTL)
        call = await self.answer(cache, loader)
        self.assert_state(call, "pending", "after 60 seconds")
        self.assert_loads(loader, 1)


class RefreshEarlyByChance(CacheTestCase):
    """4. Refresh early, by chance"""

    async def check_chance(self, *, cost, left, likely, unlikely):
        cache, loader = await self.warm("old", cost=cost), ManualLoader()
        await advance(TTL - left)
        story = f"loads, {left} seconds before the end, after a load of {cost} seconds, with a random() of"
        self.chance = unlikely
        await self.answer(cache, loader)
        self.assert_loads(loader, 0, f"{story} {unlikely}")
        self.chance = likely
        await self.answer(cache, loader)
        self.assert_loads(loader, 1, f"{story} {likely}")

    # The chance is e^(-left / cost).

    async def test_long_load(self):
        """refreshes 1 s before the end, after a load of 2 s, if random() is 0.6 and not if it is 0.61"""
        await self.check_chance(cost=2, left=1, likely=0.6, unlikely=0.61)

    async def test_long_load_early(self):
        """refreshes 4 s before the end, after a load of 2 s, if random() is 0.13 and not if it is 0.14"""
        await self.check_chance(cost=2, left=4, likely=0.13, unlikely=0.14)

    async def test_quick_load_early(self):
        """refreshes 1 s before the end, after a load of 0.2 s, if random() is 0.006 and not if it is 0.007"""
        await self.check_chance(cost=0.2, left=1, likely=0.006, unlikely=0.007)

    async def test_quick_load(self):
        """refreshes 0.1 s before the end, after a load of 0.2 s, if random() is 0.6 and not if it is 0.61"""
        await self.check_chance(cost=0.2, left=0.1, likely=0.6, unlikely=0.61)

    async def test_last_moment(self):
        """refreshes 1 ms before the end, after a load of 0.2 s, if random() is 0.99 and not if it is 0.996"""
        await self.check_chance(cost=0.2, left=0.001, likely=0.99, unlikely=0.996)

    async def test_no_cost(self):
        """never refreshes a fresh value early that took no time to load"""
        cache, loader = await self.warm("old", cost=0), ManualLoader()
        await advance(TTL - 1)
        self.chance = 0.0
        call = await self.answer(cache, loader)
        self.assert_state(call, "returned 'old'")
        self.assert_loads(loader, 0, "loads, 1 second before the end, when random() is 0")

    async def test_current_value(self):
        """gives the caller the current value, and the next one the refreshed value"""
        cache, loader = await self.warm("old", cost=2), ManualLoader()
        await advance(TTL - 1)
        self.chance = 0.1
        current = await self.answer(cache, loader)
        self.assert_state(current, "returned 'old'", "while it is being refreshed")
        await loader.resolve(1, "new")
        self.chance = 0.999999
        following = await self.answer(cache, loader)
        self.assert_state(following, "returned 'new'", "after the refresh")

    async def test_lucky_crowd(self):
        """refreshes once while callers with luck keep coming"""
        cache, loader = await self.warm("old", cost=2), ManualLoader()
        await advance(TTL - 1)
        self.chance = 0.1
        for _ in range(20):
            await self.answer(cache, loader)
        self.assert_loads(loader, 1, "loads for 20 callers")

    async def test_draws_anew(self):
        """draws anew on each call"""
        cache, loader = await self.warm("old", cost=2), ManualLoader()
        await advance(TTL - 1)
        loads = []
        for self.chance in (0.9, 0.8, 0.7, 0.5):
            await self.answer(cache, loader)
            loads.append(loader.calls)
        self.assertEqual(loads, [0, 0, 0, 1], "loads after random() gave 0.9, 0.8, 0.7 and 0.5")

    async def test_each_process_draws(self):
        """lets processes refresh at different moments, though they share the value and its cost"""
        await self.warm("old", cost=2)
        loader = ManualLoader()
        await advance(TTL - 1)
        await self.answer(self.new_cache(random=lambda: 0.9), loader)
        self.assert_loads(loader, 0, "loads by the process whose random() is 0.9")
        await self.answer(self.new_cache(random=lambda: 0.1), loader)
        self.assert_loads(loader, 1, "loads by the process whose random() is 0.1")


class LoadOnceAcrossProcesses(CacheTestCase):
    """5. Load once across processes"""

    async def test_two_crowds(self):
        """loads once when 50 callers in each of two processes miss together"""
        caches, loader = [self.new_cache(), self.new_cache()], ManualLoader()
        calls = [self.ask(cache, loader) for cache in caches for _ in range(50)]
        await advance(3)
        self.assert_loads(loader, 1)
        await loader.resolve(1, "value")
        await advance(POLL_EVERY)
        self.assert_all(calls, "returned 'value'")
        self.assert_loads(loader, 1)

    async def test_keys(self):
        """loads different keys in different processes side by side"""
        loader_a, loader_b = ManualLoader(), ManualLoader()
        await self.answer(self.new_cache(), loader_a, "a")
        await self.answer(self.new_cache(), loader_b, "b")
        self.assertEqual([loader_a.calls, loader_b.calls], [1, 1], "loads of a and of b")

    async def test_one_refresh(self):
        """refreshes a stale value in one process only"""
        first, second = await self.warm("old"), self.new_cache()
        first_loader, second_loader = ManualLoader(), ManualLoader()
        await advance(TTL)
        await self.answer(first, first_loader)
        stale = self.ask(second, second_loader)
        await advance(2)
        self.assert_state(stale, "returned 'old'", "the other process")
        await first_loader.resolve(1, "new")
        await advance(2 * POLL_EVERY)
        self.assertEqual([first_loader.calls, second_loader.calls], [1, 0], "loads in the two processes")

    async def test_failure(self):
        """takes over at once when the load of the other process has failed"""
        failing, working = ManualLoader(), ManualLoader()
        first = await self.answer(self.new_cache(), failing)
        second = self.ask(self.new_cache(), working)
        await advance(1)
        await failing.reject(1, LookupError("database down"))
        self.assert_state(first, "raised LookupError('database down')", "the caller whose load has failed")
        await advance(POLL_EVERY)
        self.assert_loads(working, 1, "loads by the other process, 0.5 seconds later")
        await working.resolve(1, "value")
        self.assert_state(second, "returned 'value'")

    async def test_crash(self):
        """takes over from a process that crashed, when its lease has ended"""
        await self.answer(self.new_cache(), ManualLoader())
        loader = ManualLoader()
        call = self.ask(self.new_cache(), loader)
        await advance(LEASE_FOR - A_MOMENT)
        self.assert_loads(loader, 0, "loads after 9.999 of 10 seconds")
        await advance(A_MOMENT + POLL_EVERY)
        self.assert_loads(loader, 1, "loads 0.5 seconds after the lease ended")
        await loader.resolve(1, "value")
        self.assert_state(call, "returned 'value'")

    async def test_lost_lease(self):
        """does not store the value of a process that has lost its lease"""
        slow, quick = ManualLoader(), ManualLoader()
        slow_call = await self.answer(self.new_cache(), slow)
        self.ask(self.new_cache(), quick)
        await advance(LEASE_FOR + POLL_EVERY)
        await quick.resolve(1, "newer")
        await slow.resolve(1, "older")
        self.assert_state(slow_call, "returned 'older'", "the caller who waited for the slow load")
        later = await self.answer(self.new_cache(), ManualLoader())
        self.assert_state(later, "returned 'newer'", "a later caller")

    async def check_late_load(self, end):
        slow, quick, third = ManualLoader(), ManualLoader(), ManualLoader()
        await self.answer(self.new_cache(), slow)
        self.ask(self.new_cache(), quick)
        await advance(LEASE_FOR + POLL_EVERY)
        self.assert_loads(quick, 1, "loads by the successor")
        await end(slow)
        self.ask(self.new_cache(), third)
        await advance(2 * POLL_EVERY)
        self.assert_loads(third, 0, "loads by a third process, while the successor is loading")

    async def test_late_failure(self):
        """leaves the lease of its successor alone when a late load fails"""
        await self.check_late_load(lambda slow: slow.reject(1, LookupError("too late")))

    async def test_late_success(self):
        """leaves the lease of its successor alone when a late load ends well"""
        await self.check_late_load(lambda slow: slow.resolve(1, "older"))

    async def test_second_look(self):
        """looks again when it gets the lease, since the value may have come meanwhile"""
        arrival = asyncio.Event()
        near_loader, far_loader = ManualLoader(), ManualLoader()
        call = await self.answer(self.new_cache(DelayedStore(self.store, arrival)), far_loader)
        await self.answer(self.new_cache(), near_loader)
        await near_loader.resolve(1, "value")
        arrival.set()
        await settle()
        self.assert_loads(far_loader, 0, "loads by the process that came second to the lease")
        self.assert_state(call, "returned 'value'")

    async def test_lease_not_needed(self):
        """gives the lease back when it finds that there is nothing to load"""
        await self.warm("old")
        await advance(TTL)
        arrival = asyncio.Event()
        near = self.new_cache(lease_for=10 * TTL)
        far = self.new_cache(DelayedStore(self.store, arrival), lease_for=10 * TTL)
        near_loader, far_loader = ManualLoader(), ManualLoader()
        self.ask(far, far_loader)
        await self.answer(near, near_loader)
        await near_loader.resolve(1, "new")
        arrival.set()
        await settle()
        self.assert_loads(far_loader, 0, "loads of what the other process has refreshed meanwhile")
        await advance(TTL)
        await self.answer(near, near_loader)
        self.assert_loads(near_loader, 2, "loads, when the value is stale again")


class DoNotStoreWhatWasInvalidated(CacheTestCase):
    """6. Do not store what was invalidated"""

    async def test_loads_anew(self):
        """loads anew after an invalidation"""
        cache, loader = await self.warm("old"), ManualLoader()
        await cache.invalidate("hot")
        call = await self.answer(cache, loader)
        self.assert_state(call, "pending", "the call after the invalidation")
        await loader.resolve(1, "new")
        self.assert_state(call, "returned 'new'")

    async def test_other_keys(self):
        """leaves other keys alone"""
        await self.warm(1, key="a")
        cache, loader = self.new_cache(), ManualLoader()
        await cache.invalidate("b")
        call = await self.answer(cache, loader, "a")
        self.assert_state(call, "returned 1", "a, after b was invalidated")

    async def test_who_waited(self):
        """gives the value of a load to those who waited before the invalidation, but does not store it"""
        cache, loader = self.new_cache(), ManualLoader()
        before = await self.answer(cache, loader)
        await cache.invalidate("hot")
        await loader.resolve(1, "old")
        self.assert_state(before, "returned 'old'", "who asked before")
        after = await self.answer(cache, loader)
        self.assert_state(after, "pending", "who asked after")
        self.assert_loads(loader, 2)

    async def test_no_joining(self):
        """does not let a caller after the invalidation join a load from before"""
        cache, loader = self.new_cache(), ManualLoader()
        await self.answer(cache, loader)
        await cache.invalidate("hot")
        after = await self.answer(cache, loader)
        self.assert_loads(loader, 2)
        await loader.resolve(1, "old")
        self.assert_state(after, "pending", "when the load from before has ended")
        await loader.resolve(2, "new")
        self.assert_state(after, "returned 'new'")
        later = await self.answer(cache, loader)
        self.assert_state(later, "returned 'new'", "a later caller")

    async def test_once_for_all_after(self):
        """still loads once for all who come after the invalidation"""
        cache, loader = self.new_cache(), ManualLoader()
        await self.answer(cache, loader)
        await cache.invalidate("hot")
        await self.answer(cache, loader)
        await loader.resolve(1, "old")
        last = await self.answer(cache, loader)
        self.assert_loads(loader, 2, "loads: one before, one after")
        await loader.resolve(2, "new")
        self.assert_state(last, "returned 'new'")

    async def test_another_process(self):
        """does not store a load that another process has invalidated"""
        cache, other, loader = self.new_cache(), self.new_cache(), ManualLoader()
        await self.answer(cache, loader)
        await other.invalidate("hot")
        await loader.resolve(1, "old")
        after = await self.answer(other, loader)
        self.assert_state(after, "pending", "who asked after")
        self.assert_loads(loader, 2)

    async def test_refresh(self):
        """does not store a refresh that began before the invalidation"""
        cache, loader = await self.warm("old"), ManualLoader()
        await advance(TTL)
        await self.answer(cache, loader)
        await cache.invalidate("hot")
        await loader.resolve(1, "also old")
        after = await self.answer(cache, loader)
        self.assert_state(after, "pending", "who asked after")
