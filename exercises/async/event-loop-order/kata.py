"""The phases of Node's event loop, on a virtual clock."""

from collections.abc import Callable
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
        # TODO: Keep the options; everything else the loop needs is up to you.

    def now(self) -> int:
        """Return the virtual milliseconds since the loop was made."""
        # TODO: Tell the time.
        raise NotImplementedError("Not implemented yet")

    def block(self, ms: int) -> None:
        """Move the clock by `ms`, as a callback does that computes for so long."""
        # TODO: Let time pass.
        raise NotImplementedError("Not implemented yet")

    def set_timeout(self, callback: Callback, ms: int) -> Timer:
        """Call `callback` in the timer phase, when `ms` have passed. Less than 1 counts as 1."""
        # TODO: Remember the callback and its deadline.
        raise NotImplementedError("Not implemented yet")

    def set_immediate(self, callback: Callback) -> None:
        """Call `callback` in the next immediate phase."""
        # TODO: Remember the callback for the next immediate phase.
        raise NotImplementedError("Not implemented yet")

    def next_tick(self, callback: Callback) -> None:
        """Call `callback` in the next drain, before the microtasks."""
        # TODO: Put the callback into the tick queue.
        raise NotImplementedError("Not implemented yet")

    def queue_microtask(self, callback: Callback) -> None:
        """Call `callback` in the next drain, after the ticks."""
        # TODO: Put the callback into the microtask queue.
        raise NotImplementedError("Not implemented yet")

    def reject(self, reason: object) -> Rejection:
        """Make a rejected promise."""
        # TODO: Remember that this rejection has no handler yet.
        raise NotImplementedError("Not implemented yet")

    def run(self) -> None:
        """Drain the queues, then take turns until nothing keeps the loop alive.

        Raises StarvationError when a drain needs more than `drain_limit` ticks and microtasks.
        """
        # TODO: Run what is waiting, in the order that the brief fixes, until nothing is left.
        raise NotImplementedError("Not implemented yet")
