"""Structured concurrency on top of `asyncio.create_task`."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

type Work[T] = Callable[[], Coroutine[Any, Any, T]]
"""A piece of asynchronous work, such as an `async def` function without parameters. It cleans up when it is cancelled."""


class TaskGroup(Protocol):
    """The tasks that run on behalf of one caller."""

    def spawn[T](self, work: Work[T]) -> asyncio.Task[T]:
        """Start a task that runs `work`, and return it. It may be ignored: the group sees a failure anyway.

        Raises asyncio.CancelledError while the group is being cancelled, and GroupClosedError once
        `with_task_group` has ended; `work` is not called then.
        """
        ...


class GroupClosedError(Exception):
    """The group to which a task should be added has ended already."""


class DeadlineError(TimeoutError):
    """Work did not end in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The deadline of {seconds} s has passed")
        self.seconds = seconds


async def with_task_group[T](body: Callable[[TaskGroup], Coroutine[Any, Any, T]]) -> T:
    """Run `body` and all tasks that are spawned on its group, and end after the last of them.

    Returns what `body` returns. Raises an ExceptionGroup with every real failure of the body and the
    tasks, in order; or asyncio.CancelledError when the caller was cancelled and nothing else failed.
    """
    # TODO: Run the body with a group, and leave only when every task has ended.
    raise NotImplementedError("Not implemented yet")


async def with_deadline[T](seconds: float, work: Work[T]) -> T:
    """Run `work`, and cancel it after `seconds`, or earlier when the caller is cancelled.

    Returns what `work` returns, when it ends in time. Raises what `work` fails with, when that is more than
    the echo of a cancellation; asyncio.CancelledError when the caller was cancelled; DeadlineError when the
    time was up.
    """
    # TODO: Cancel the work when its time is up, wait for it, and leave nothing behind.
    raise NotImplementedError("Not implemented yet")


async def race_first_success[T](works: Sequence[Work[T]]) -> T:
    """Start all of `works`, cancel the others when one succeeds, and end after the last of them.

    Returns the value of the first one that succeeded. Raises an ExceptionGroup with their errors, in the order
    of `works`, when all of them failed; ValueError when there are none; asyncio.CancelledError when the caller
    was cancelled, whatever the works end with.
    """
    # TODO: Let the works race, stop the losers, and wait for them.
    raise NotImplementedError("Not implemented yet")
