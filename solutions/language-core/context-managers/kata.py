import sys
from collections.abc import Callable, Generator, Iterable
from functools import wraps
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from uuid import uuid4


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

    def __init__(self) -> None:
        self._exits: list[Callable[..., bool | None]] = []

    def callback(self, cleanup: Callable[[], object]) -> None:
        """Plans `cleanup`, whose result does not matter."""

        def run(*_: object) -> None:
            cleanup()

        self._exits.append(run)

    def enter[Resource](self, manager: Manager[Resource]) -> Resource:
        """Enters `manager`, plans its `__exit__`, and returns the resource.

        When the manager cannot be entered, its error goes through and nothing is planned.
        """
        resource = manager.__enter__()
        self._exits.append(manager.__exit__)
        return resource

    def close(self) -> None:
        """Runs all that is planned, the latest first, and forgets it.

        Raises the error that is left once all have run.
        """
        self.__exit__(None, None, None)

    def __enter__(self) -> Self:
        """Returns this stack."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> bool:
        """Runs all that is planned, whether the block of the `with` statement ended or raised.

        Returns a true value when the block raised and no error is left, a false one when the error of the
        block is left; raises any other error that is left.
        """
        left = self._unwind(error)
        if left is None:
            return error is not None
        if left is error:
            return False
        context = left.__context__
        try:
            raise left
        finally:
            left.__context__ = context  # `raise` has just set it to the error of the block.

    def pop_all(self) -> ExitStack:
        """Moves all that is planned to a new stack, and leaves this one empty."""
        successor = ExitStack()
        successor._exits, self._exits = self._exits, []
        return successor

    def _unwind(self, error: BaseException | None) -> BaseException | None:
        """Runs all exits with the error under way, and returns the one that is left at the end."""
        around = sys.exception()
        pending = error
        while self._exits:
            exit = self._exits.pop()
            try:
                if pending is None:
                    exit(None, None, None)
                elif exit(type(pending), pending, pending.__traceback__):
                    pending = None
            except BaseException as failure:
                _chain(failure, pending, around)
                pending = failure
        return pending


def _chain(new: BaseException, old: BaseException | None, around: BaseException | None) -> None:
    """Makes `old` the end of the contexts of `new`.

    There Python has put nothing, or the error that was being handled around the stack.
    """
    last = new
    while last is not old:
        if last.__context__ is None or last.__context__ is around:
            last.__context__ = old
            break
        last = last.__context__


def open_all[Resource](managers: Iterable[Manager[Resource]]) -> tuple[list[Resource], ExitStack]:
    """Enters all managers in order, or none: when one fails, those entered before it are released.

    Returns the resources in the order of `managers`, and a stack with which the caller releases them.
    """
    with ExitStack() as opening:
        resources = [opening.enter(manager) for manager in managers]
        return resources, opening.pop_all()


class ManagerError(Exception):
    """A generator yielded not once, but never or twice."""


def context_manager[**Params, Resource](
    generator_fn: Callable[Params, Generator[Resource]],
) -> Callable[Params, Manager[Resource]]:
    """Makes managers of a generator function that yields once.

    What comes before the `yield` acquires, the value is the resource, what comes after it releases. Returns
    a function with the same parameters, whose every call makes a manager for a single use.
    """

    @wraps(generator_fn)
    def make_manager(*args: Params.args, **kwargs: Params.kwargs) -> Manager[Resource]:
        return _GeneratorManager(generator_fn(*args, **kwargs))

    return make_manager


class _GeneratorManager[Resource]:
    def __init__(self, steps: Generator[Resource]) -> None:
        self._steps = steps

    def __enter__(self) -> Resource:
        try:
            return next(self._steps)
        except StopIteration:
            raise ManagerError("the generator did not yield") from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> bool:
        try:
            if error is None:
                next(self._steps)
            else:
                self._steps.throw(error)
        except StopIteration:
            return error is not None
        except BaseException as failure:
            if failure is error:
                return False
            raise
        raise ManagerError("the generator yielded a second time")


@context_manager
def atomic_write(path: str | PathLike[str]) -> Generator[Callable[[str], object]]:
    """Replaces the file at `path` with what is written through the resource.

    As a whole when the work succeeds, not at all when it fails. No other file stays behind. The resource
    appends a text to the new content.
    """
    target = Path(path)
    draft = target.with_name(f"{target.name}.{uuid4()}")
    try:
        with draft.open("x", encoding="utf-8") as file:
            yield file.write
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def transaction(query: Callable[[str], object]) -> Generator[Callable[[str], object]]:
    """Given, as an example of what `context_manager` takes. Leave it as it is."""
    query("BEGIN")
    try:
        yield query
    except BaseException:
        query("ROLLBACK")
        raise
    query("COMMIT")
