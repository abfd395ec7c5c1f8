# Microtasks are taken for the more urgent queue. Node empties the tick queue first after every
# callback, and turns to the microtasks only when no tick is left.
"""The phases of Node's event loop, on a virtual clock."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

type Callback = Callable[[], object]
"""A function that the loop calls."""


class Timer(Protocol):
    """A timer that was set."""

    def unref(self) -> None:
        """From now on the loop does not stay alive for this timer."""
        ...


class Rejection(Protocol):
    """A promise that was rejected."""

    def handle(self, handler: Callable[[object], object]) -> None:
        """Attach a handler: it is called with the reason, as a microtask."""
        ...


class StarvationError(Exception):
    """Ticks and microtasks keep adding to each other, so that no callback gets its turn anymore."""


class MiniLoop:
    """The phases of Node's event loop, with a clock that moves only when there is nothing else to do."""

    def __init__(
        self, *, on_unhandled: Callable[[object], object] = lambda reason: None, drain_limit: int = 1_000
    ) -> None:
        """Make a loop in which nothing is waiting yet.

        on_unhandled: receives the reason of each rejection that has no handler once the queues have drained.
        drain_limit: how many ticks and microtasks, together, may run in one drain.
        """
        self._on_unhandled = on_unhandled
        self._drain_limit = drain_limit
        self._now = 0
        self._timers: list[_Timer] = []  # A heap.
        self._numbers = count()
        self._immediates: list[Callback] = []
        self._ticks: deque[Callback] = deque()
        self._microtasks: deque[Callback] = deque()
        self._rejections: list[_Rejection] = []

    def now(self) -> int:
        """Return the virtual milliseconds since the loop was made."""
        return self._now

    def block(self, ms: int) -> None:
        """Move the clock by `ms`, as a callback does that computes for so long."""
        self._now += ms

    def set_timeout(self, callback: Callback, ms: int) -> Timer:
        """Call `callback` in the timer phase, when `ms` have passed. Less than 1 counts as 1."""
        timer = _Timer(self._now + max(ms, 1), next(self._numbers), callback)
        heappush(self._timers, timer)
        return timer

    def set_immediate(self, callback: Callback) -> None:
        """Call `callback` in the next immediate phase."""
        self._immediates.append(callback)

    def next_tick(self, callback: Callback) -> None:
        """Call `callback` in the next drain, before the microtasks."""
        self._ticks.append(callback)

    def queue_microtask(self, callback: Callback) -> None:
        """Call `callback` in the next drain, after the ticks."""
        self._microtasks.append(callback)

    def reject(self, reason: object) -> Rejection:
        """Make a rejected promise."""
        rejection = _Rejection(reason, self.queue_microtask)
        self._rejections.append(rejection)
        return rejection

    def run(self) -> None:
        """Drain the queues, then take turns until nothing keeps the loop alive.

        Raises StarvationError when a drain needs more than `drain_limit` ticks and microtasks.
        """
        self._drain()
        while self._immediates or any(timer.referenced for timer in self._timers):
            if not self._immediates:
                self._now = max(self._now, self._timers[0].deadline)
            self._call(self._take_due_timers())
            self._call(self._take_immediates())

    def _take_due_timers(self) -> list[Callback]:
        due = []
        while self._timers and self._timers[0].deadline <= self._now:
            due.append(heappop(self._timers).callback)
        return due

    def _take_immediates(self) -> list[Callback]:
        waiting, self._immediates = self._immediates, []
        return waiting

    def _call(self, callbacks: list[Callback]) -> None:
        for callback in callbacks:
            callback()
            self._drain()

    def _drain(self) -> None:
        ran = 0
        while self._ticks or self._microtasks or self._rejections:
            for queue in (self._microtasks, self._ticks):
                while queue:
                    if ran == self._drain_limit:
                        raise StarvationError(f"More than {ran} ticks and microtasks in one drain")
                    ran += 1
                    queue.popleft()()
            if not self._microtasks:
                self._report()

    def _report(self) -> None:
        rejections, self._rejections = self._rejections, []
        for rejection in rejections:
            if not rejection.handled:
                self._on_unhandled(rejection.reason)


@dataclass(order=True)
class _Timer:
    deadline: int
    number: int
    """Keeps timers with equal deadlines in the order in which they were set."""
    callback: Callback = field(compare=False)
    referenced: bool = field(default=True, compare=False)

    def unref(self) -> None:
        self.referenced = False


@dataclass
class _Rejection:
    reason: object
    queue_microtask: Callable[[Callback], None]
    handled: bool = False

    def handle(self, handler: Callable[[object], object]) -> None:
        self.handled = True
        self.queue_microtask(lambda: handler(self.reason))
