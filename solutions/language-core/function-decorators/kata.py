"""Decorators that work on functions and on methods."""

import asyncio
import inspect
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Protocol
from weakref import WeakKeyDictionary

type Clock = Callable[[], float]
"""The time in milliseconds."""

type Report = Callable[[str, float], None]
"""Receives the name of the function that was called and how many milliseconds the call took."""


class Decorator(Protocol):
    """Takes a function or a method, and returns the function that takes its place."""

    def __call__[**P, R](self, fn: Callable[P, R], /) -> Callable[P, R]: ...


def wraps[F: Callable[..., object]](original: Callable[..., object], wrapper: F) -> F:
    """Make `wrapper` look like `original`, and let `original_of` find `original`.

    Returns `wrapper` itself. It takes over `__name__`, `__qualname__`, `__module__`, `__doc__`,
    and what `inspect.signature` says.
    """
    for attribute in ("__name__", "__qualname__", "__module__", "__doc__"):
        setattr(wrapper, attribute, getattr(original, attribute))
    wrapper.__wrapped__ = original  # inspect.signature follows it, too.
    return wrapper


def original_of(fn: Callable[..., object]) -> Callable[..., object]:
    """Return the function under all decorators of `fn`; `fn` itself when it has none."""
    while hasattr(fn, "__wrapped__"):
        fn = fn.__wrapped__
    return fn


def timed(clock: Clock, report: Report) -> Decorator:
    """Report every call when it ends, whether it returns or raises.

    A call of an `async def` function ends when its coroutine does.
    """

    def decorate[**P, R](fn: Callable[P, R]) -> Callable[P, R]:
        @contextmanager
        def stopwatch() -> Iterator[None]:
            start = clock()
            try:
                yield
            finally:
                report(fn.__name__, clock() - start)

        if inspect.iscoroutinefunction(fn):

            async def wrapper(*args: P.args, **kwargs: P.kwargs) -> object:
                with stopwatch():
                    return await fn(*args, **kwargs)

        else:

            def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
                with stopwatch():
                    return fn(*args, **kwargs)

        return wraps(fn, wrapper)

    return decorate


def once[**P, R](fn: Callable[P, R]) -> Callable[P, R]:
    """Run a function a single time, and a method a single time for each object."""
    states: _States[list[R]] = _States(fn, list)

    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        results, _ = states.of(args)
        if not results:
            results.append(fn(*args, **kwargs))
        return results[0]

    return wraps(fn, wrapper)


def memoize(*, max_size: int, key: Callable[..., Hashable] | None = None) -> Decorator:
    """Remember the most recently used results: of a function, or of a method for each object.

    max_size: how many results are kept for each object; 1 or more.
    key: makes one value of a call's arguments (without `self`); calls for which it is equal share a result.
    """
    key_of = key or _call_key

    def decorate[**P, R](fn: Callable[P, R]) -> Callable[P, R]:
        states: _States[OrderedDict[Hashable, object]] = _States(fn, OrderedDict)

        def recall(run: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> object:
            memory, arguments = states.of(args)
            call = key_of(*arguments, **kwargs)
            if call in memory:
                memory.move_to_end(call)
                return memory[call]
            result = memory[call] = run(*args, **kwargs)
            if isinstance(result, asyncio.Task):
                result.add_done_callback(lambda task: _forget_failure(memory, call, task))
            if len(memory) > max_size:
                memory.popitem(last=False)
            return result

        if inspect.iscoroutinefunction(fn):

            def start(*args: P.args, **kwargs: P.kwargs) -> asyncio.Task[object]:
                return asyncio.create_task(fn(*args, **kwargs))

            async def wrapper(*args: P.args, **kwargs: P.kwargs) -> object:
                # Without the shield, a caller who is cancelled would cancel the task of all.
                return await asyncio.shield(recall(start, *args, **kwargs))

        else:

            def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
                return recall(fn, *args, **kwargs)

        return wraps(fn, wrapper)

    return decorate


class _States[S]:
    """The state of a function, or of a method for each object. It keeps no object alive."""

    def __init__(self, fn: Callable[..., object], create: Callable[[], S]) -> None:
        self._create = create
        self._is_method = next(iter(inspect.signature(fn).parameters), None) == "self"
        self._common = create()
        self._by_object: WeakKeyDictionary[object, S] = WeakKeyDictionary()

    def of(self, args: tuple) -> tuple[S, tuple]:
        """Return the state that a call uses, and the call's arguments without the object."""
        if not self._is_method:
            return self._common, args
        return self._by_object.setdefault(args[0], self._create()), args[1:]


def _call_key(*args: Hashable, **kwargs: Hashable) -> Hashable:
    """Tell calls apart as people do: 1, 1.0, and True are equal, but not the same argument."""
    return (
        tuple((type(value), value) for value in args),
        frozenset((name, type(value), value) for name, value in kwargs.items()),
    )


def _forget_failure(memory: dict, call: Hashable, task: asyncio.Task) -> None:
    failed = task.cancelled() or task.exception() is not None
    # By now the entry may have had to leave, and another task may stand in its place.
    if failed and memory.get(call) is task:
        del memory[call]


class Quotes(Protocol):
    """What a shop asks of the warehouse."""

    def price(self, sku: str) -> int: ...

    def stock(self, sku: str) -> int: ...


type Load = Callable[[str, str], int]
"""Looks up "price" or "stock" of a SKU in the warehouse: slow, so each needless call counts."""


def create_quotes(load: Load, clock: Clock, report: Report) -> Quotes:
    """Return the shop's access to the warehouse.

    Both methods remember the results of the 2 latest SKUs. `report` hears of every call of `price`,
    but only of those calls of `stock` that reach `load`.
    """

    class WarehouseQuotes:
        @timed(clock, report)
        @memoize(max_size=2)
        def price(self, sku: str) -> int:
            return load("price", sku)

        @memoize(max_size=2)
        @timed(clock, report)
        def stock(self, sku: str) -> int:
            return load("stock", sku)

    return WarehouseQuotes()


def shipping_cost(grams: int, zone: str) -> int:
    """Given, as a plain function to try decorators on. Leave it as it is."""
    return -(-grams // 500) * (3 if zone == "domestic" else 9)


def store_class[Price](decorate: Decorator, lookup: Callable[[str, str], Price]):
    """Given, as a method to try decorators on: a class of stores whose method `price` is decorated.

    Leave it as it is. `lookup` answers `price`: it receives the store's city, and the SKU.
    """

    class Store:
        def __init__(self, city: str) -> None:
            self.city = city

        @decorate
        def price(self, sku: str) -> Price:
            return lookup(self.city, sku)

    return Store
