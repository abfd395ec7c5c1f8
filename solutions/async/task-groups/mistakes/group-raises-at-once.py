# The group tells the siblings to stop and leaves in the same moment. Their cleanup still runs
# while the caller believes that all is over, and an error in it is lost.
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
    group = _Group()
    result = group.spawn(lambda: body(group))
    cancellation = await group.crew.ended()
    group.closed = True
    if group.failures:
        raise ExceptionGroup("tasks of the group failed", group.failures)
    if cancellation:
        raise cancellation
    return result.result()


async def with_deadline[T](seconds: float, work: Work[T]) -> T:
    """Run `work`, and cancel it after `seconds`, or earlier when the caller is cancelled.

    Returns what `work` returns, when it ends in time. Raises what `work` fails with, when that is more than
    the echo of a cancellation; asyncio.CancelledError when the caller was cancelled; DeadlineError when the
    time was up.
    """
    crew = _Crew()
    task = crew.start(work)
    expired = False

    def expire() -> None:
        nonlocal expired
        expired = not task.done()
        crew.cancel()

    timer = asyncio.get_running_loop().call_later(seconds, expire)
    cancellation = await crew.ended()
    timer.cancel()
    if not task.cancelled() and (error := task.exception()):
        raise error
    if cancellation:
        raise cancellation
    if expired:
        raise DeadlineError(seconds)
    return task.result()


async def race_first_success[T](works: Sequence[Work[T]]) -> T:
    """Start all of `works`, cancel the others when one succeeds, and end after the last of them.

    Returns the value of the first one that succeeded. Raises an ExceptionGroup with their errors, in the order
    of `works`, when all of them failed; ValueError when there are none; asyncio.CancelledError when the caller
    was cancelled, whatever the works end with.
    """
    if not works:
        raise ValueError("There is nothing that could win the race")
    winner: asyncio.Task[T] | None = None

    def judge(task: asyncio.Task[T]) -> None:
        nonlocal winner
        succeeded = not task.cancelled() and task.exception() is None
        if succeeded and not crew.cancelled:
            winner = task
            crew.cancel()

    crew = _Crew(judge)
    tasks = [crew.start(work) for work in works]
    cancellation = await crew.ended()
    if cancellation:
        raise cancellation
    if winner is None:
        raise ExceptionGroup("all works failed", [task.exception() for task in tasks])
    return winner.result()


class _Crew:
    """Tasks that are cancelled together, and waited for until then."""

    def __init__(
        self, judge: Callable[[asyncio.Task], None] = lambda task: None, leaves_at_once: bool = False
    ) -> None:
        """`judge` is told of each task that has ended."""
        self._leaves_at_once = leaves_at_once
        self.cancelled = False
        self._judge = judge
        self._running: set[asyncio.Task] = set()

    def start[T](self, work: Work[T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work())
        self._running.add(task)
        task.add_done_callback(self._dismiss)
        return task

    def cancel(self) -> None:
        """Ask all tasks to stop, once: a second request would interrupt their cleanup."""
        if not self.cancelled:
            self.cancelled = True
            for task in self._running:
                task.cancel()

    async def ended(self) -> asyncio.CancelledError | None:
        """Wait until all tasks have ended, those that are started meanwhile included.

        When the caller is cancelled, so are the tasks; that cancellation is returned after the last of them.
        """
        cancellation = None
        while self._running:
            try:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            except asyncio.CancelledError as error:
                cancellation = error
                self.cancel()
            if self.cancelled and self._leaves_at_once:
                break
        return cancellation

    def _dismiss(self, task: asyncio.Task) -> None:
        self._running.discard(task)
        self._judge(task)


class _Group:
    """The group that the body sees, and what has failed in it so far."""

    def __init__(self) -> None:
        self.crew = _Crew(self._judge, leaves_at_once=True)
        self.failures: list[BaseException] = []
        self.closed = False

    def spawn[T](self, work: Work[T]) -> asyncio.Task[T]:
        if self.closed:
            raise GroupClosedError("The task group has ended")
        if self.crew.cancelled:
            raise asyncio.CancelledError("The task group is being cancelled")
        return self.crew.start(work)

    def _judge(self, task: asyncio.Task) -> None:
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not any(error is known for known in self.failures):
            self.failures.append(error)
        self.crew.cancel()
