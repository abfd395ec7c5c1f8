from collections.abc import Callable, Generator, Iterable
from os import PathLike
from types import TracebackType
from typing import Protocol, Self


class Manager[Resource](Protocol):
    """Something to acquire before a piece of work and to release after it: what a `with` statement takes."""

    def __enter__(self) -> Resource:
        """Acquires the resource and returns it. When it raises, there is nothing to release."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> bool | None:
        """Releases the resource.

        It receives the error under way, with its type and its traceback, or `None` three times. It
        returns a true value when it has handled the error.
        """
        ...


class ExitStack:
    """Releases what was acquired, the latest first, however the work ends."""

    def callback(self, cleanup: Callable[[], object]) -> None:
        """Plans `cleanup`, whose result does not matter."""
        # TODO: Plan the cleanup.
        raise NotImplementedError("Not implemented yet")

    def enter[Resource](self, manager: Manager[Resource]) -> Resource:
        """Enters `manager`, plans its `__exit__`, and returns the resource.

        When the manager cannot be entered, its error goes through and nothing is planned.
        """
        # TODO: Enter the manager and plan its exit.
        raise NotImplementedError("Not implemented yet")

    def close(self) -> None:
        """Runs all that is planned, the latest first, and forgets it.

        Raises the error that is left once all have run.
        """
        # TODO: Task 1: run all that is planned.
        # TODO: Task 3: keep every error.
        raise NotImplementedError("Not implemented yet")

    def __enter__(self) -> Self:
        """Returns this stack."""
        # TODO: Task 1: hand out the stack.
        raise NotImplementedError("Not implemented yet")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> bool:
        """Runs all that is planned, whether the block of the `with` statement ended or raised.

        Returns a true value when the block raised and no error is left, a false one when the error of the
        block is left; raises any other error that is left.
        """
        # TODO: Task 1: run all that is planned.
        # TODO: Task 2: tell the exits of the error.
        # TODO: Task 3: let an exit handle the error, and keep every other error.
        raise NotImplementedError("Not implemented yet")

    def pop_all(self) -> ExitStack:
        """Moves all that is planned to a new stack, and leaves this one empty."""
        # TODO: Move all that is planned to a new stack.
        raise NotImplementedError("Not implemented yet")


def open_all[Resource](managers: Iterable[Manager[Resource]]) -> tuple[list[Resource], ExitStack]:
    """Enters all managers in order, or none: when one fails, those entered before it are released.

    Returns the resources in the order of `managers`, and a stack with which the caller releases them.
    """
    # TODO: Enter all managers, or none.
    raise NotImplementedError("Not implemented yet")


class ManagerError(Exception):
    """A generator yielded not once, but never or twice."""


def context_manager[**Params, Resource](
    generator_fn: Callable[Params, Generator[Resource]],
) -> Callable[Params, Manager[Resource]]:
    """Makes managers of a generator function that yields once.

    What comes before the `yield` acquires, the value is the resource, what comes after it releases. Returns
    a function with the same parameters, whose every call makes a manager for a single use. Whether that call
    or `__enter__` calls `generator_fn` is up to you.
    """
    # TODO: Turn the steps of a generator into `__enter__` and `__exit__`.
    raise NotImplementedError("Not implemented yet")


def atomic_write(path: str | PathLike[str]) -> Manager[Callable[[str], object]]:
    """Replaces the file at `path` with what is written through the resource.

    As a whole when the work succeeds, not at all when it fails. No other file stays behind. The resource
    appends a text to the new content.
    """
    # TODO: Collect the text in a file beside `path`, and rename it when all went well.
    raise NotImplementedError("Not implemented yet")


def transaction(query: Callable[[str], object]) -> Generator[Callable[[str], object]]:
    """Given, as an example of what `context_manager` takes. Leave it as it is."""
    query("BEGIN")
    try:
        yield query
    except BaseException:
        query("ROLLBACK")
        raise
    query("COMMIT")
