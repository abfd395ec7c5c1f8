"""A clock that moves only when somebody sleeps, and CPython's own event loop on it."""

import asyncio
import asyncio.base_events
import asyncio.events
import asyncio.runners
import contextvars
import math
import sys
import threading
import time

real_time_ns = time.perf_counter_ns

# A power of two, about a microsecond: sums of sleeps stay exact.
_TICK = 2.0**-20


class Deadlock(RuntimeError):
    """Every task waits, and nothing is left that could wake one."""


class Clock:
    """Each reading moves it by a tick, so that a loop that waits for time to pass comes to its end."""

    def __init__(self):
        self.now = 0.0
        self._epoch = 1_750_000_000.0

    def advance_to(self, moment):
        self.now = max(math.ceil(moment / _TICK) * _TICK, self.now + _TICK)

    def monotonic(self):
        self.now += _TICK
        return self.now

    def time(self):
        return self._epoch + self.monotonic()

    def sleep(self, seconds):
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self.advance_to(self.now + seconds)


clock = Clock()

# Where the event loop was held up, as (file, line, seconds), since the list was cleared last.
blockings = []


def note_blocking(seconds, caller):
    """Keeps in mind that a frame sleeps, if it does so inside of an event loop."""
    if asyncio._get_running_loop() is not None:
        blockings.append((caller.f_code.co_filename, caller.f_lineno, seconds))


def _sleep(seconds):
    note_blocking(seconds, sys._getframe(1))
    clock.sleep(seconds)


class Selector:
    """Stands where the loop would wait for the system: it moves the clock instead."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout):
        if timeout is None:
            waiting = sorted(task.get_coro().__qualname__ for task in asyncio.all_tasks(self._loop))
            raise Deadlock(
                "Deadlock: every task is waiting, and nothing is left that could wake one: "
                + ", ".join(waiting)
            )
        if timeout > 0:
            clock.advance_to(clock.now + timeout)
        return []

    def close(self):
        pass


class VirtualLoop(asyncio.base_events.BaseEventLoop):
    """CPython's event loop without sockets, on the virtual clock."""

    selector_class = Selector

    def __init__(self):
        super().__init__()
        self._selector = self.selector_class(self)
        self._clock_resolution = _TICK / 2

    def time(self):
        return clock.now

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def run_in_executor(self, executor, func, *args):
        """There are no threads: the function runs on the loop's next turn."""
        future = self.create_future()
        context = contextvars.copy_context()

        def call():
            if future.cancelled():
                return
            asyncio._set_running_loop(None)
            try:
                future.set_result(context.run(func, *args))
            except Exception as error:
                future.set_exception(error)
            finally:
                asyncio._set_running_loop(self)

        self.call_soon(call)
        return future

    async def shutdown_default_executor(self, timeout=None):
        pass


class Policy(asyncio.events._AbstractEventLoopPolicy):
    """Each thread has an event loop of its own, or none."""

    def __init__(self, loop_class=VirtualLoop):
        self._loop_class = loop_class
        self._loops = {}

    def get_event_loop(self):
        loop = self._loops.get(threading.get_ident())
        if loop is None:
            raise RuntimeError(f"There is no current event loop in thread {threading.current_thread().name!r}.")
        return loop

    def set_event_loop(self, loop):
        self._loops[threading.get_ident()] = loop

    def new_event_loop(self):
        return self._loop_class()


def install():
    """Puts the virtual clock and loop in place of the interpreter's own."""
    asyncio.run = asyncio.runners.run
    asyncio._set_running_loop(None)
    asyncio.events._event_loop_policy = Policy()
    time.sleep = _sleep
    time.monotonic = time.perf_counter = clock.monotonic
    time.monotonic_ns = time.perf_counter_ns = lambda: int(clock.monotonic() * 1e9)
    time.time = clock.time
    time.time_ns = lambda: int(clock.time() * 1e9)
