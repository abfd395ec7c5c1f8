# Style: closing a stack is a recursion that releases the rest inside of the handler of the latest error, so that Python
# chains the errors by itself; managers are classes, and `atomic_write` touches the disk only at the end.

import os
import tempfile
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
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


type Exit = Callable[[BaseException | None], object]


class ExitStack:
    def __init__(self, planned: tuple[Exit, ...] = ()) -> None:
        self._planned = planned

    def callback(self, cleanup: Callable[[], object]) -> None:
        self._planned += (lambda _: bool(cleanup() and False),)

    def enter[Resource](self, manager: Manager[Resource]) -> Resource:
        resource = manager.__enter__()
        self._planned += (lambda error: manager.__exit__(*details_of(error)),)
        return resource

    def close(self) -> None:
        self._take().release(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> bool:
        try:
            self._take().release(error)
        except BaseException as left:
            if left is not error:
                raise
            return False
        return True

    def pop_all(self) -> ExitStack:
        return ExitStack(self._take().planned)

    def _take(self) -> Planned:
        planned, self._planned = self._planned, ()
        return Planned(planned)


@dataclass(frozen=True)
class Planned:
    planned: tuple[Exit, ...]

    def release(self, error: BaseException | None) -> None:
        """Releases the rest while the error of one exit is being handled, so that Python itself chains them."""
        match self.planned:
            case (*others, exit):
                rest = Planned(tuple(others))
            case _ if error is not None:
                raise error
            case _:
                return
        try:
            handled = exit(error)
        except BaseException as failure:
            rest.release(failure)
        else:
            rest.release(None if handled else error)


def details_of(error: BaseException | None) -> tuple[object, object, object]:
    return (None, None, None) if error is None else (type(error), error, error.__traceback__)


def open_all[Resource](managers: Iterable[Manager[Resource]]) -> tuple[list[Resource], ExitStack]:
    stack = ExitStack()
    resources: list[Resource] = []
    try:
        for manager in managers:
            resources.append(stack.enter(manager))
    except BaseException:
        stack.close()
        raise
    return resources, stack


class ManagerError(Exception):
    pass


def context_manager[**Params, Resource](
    generator_fn: Callable[Params, Generator[Resource]],
) -> Callable[Params, Manager[Resource]]:
    class GeneratorManager:
        def __init__(self, *args: Params.args, **kwargs: Params.kwargs) -> None:
            self.start = lambda: generator_fn(*args, **kwargs)

        def __enter__(self) -> Resource:
            self.steps = self.start()
            for value in self.steps:
                return value
            raise ManagerError("never yielded")

        def __exit__(self, kind: object, error: BaseException | None, traceback: object, /) -> bool:
            resume = self.steps.__next__ if error is None else lambda: self.steps.throw(error)
            try:
                resume()
            except StopIteration:
                return True
            except BaseException as other:
                if other is not error:
                    raise
                return False
            raise ManagerError("yielded twice")

    return GeneratorManager


class atomic_write:
    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.texts: list[str] = []

    def __enter__(self) -> Callable[[str], object]:
        return self.texts.append

    def __exit__(self, kind: object, error: BaseException | None, traceback: object, /) -> None:
        if error is not None:
            return
        handle, draft = tempfile.mkstemp(dir=os.path.dirname(self.path) or ".")
        try:
            with open(handle, "w", encoding="utf-8") as file:
                file.writelines(self.texts)
            os.replace(draft, self.path)
        except BaseException:
            os.remove(draft)
            raise


def transaction(query: Callable[[str], object]) -> Generator[Callable[[str], object]]:
    """Given, as an example of what `context_manager` takes. Leave it as it is."""
    query("BEGIN")
    try:
        yield query
    except BaseException:
        query("ROLLBACK")
        raise
    query("COMMIT")
