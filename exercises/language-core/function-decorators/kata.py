"""Decorators that work on functions and on methods."""

from collections.abc import Callable, Hashable
from typing import Protocol

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
    # TODO: Copy what a reader sees, and remember where the wrapper came from.
    raise NotImplementedError("Not implemented yet")


def original_of(fn: Callable[..., object]) -> Callable[..., object]:
    """Return the function under all decorators of `fn`; `fn` itself when it has none."""
    # TODO: Find the function under all decorators.
    raise NotImplementedError("Not implemented yet")


def timed(clock: Clock, report: Report) -> Decorator:
    """Report every call when it ends, whether it returns or raises.

    A call of an `async def` function ends when its coroutine does.
    """
    # TODO: Task 1: report every call when it ends.
    # TODO: Task 2: a call of an `async def` function ends when its coroutine does.
    raise NotImplementedError("Not implemented yet")


def once[**P, R](fn: Callable[P, R]) -> Callable[P, R]:
    """Run a function a single time, and a method a single time for each object."""
    # TODO: Keep the first result for each object.
    raise NotImplementedError("Not implemented yet")


def memoize(*, max_size: int, key: Callable[..., Hashable] | None = None) -> Decorator:
    """Remember the most recently used results: of a function, or of a method for each object.

    max_size: how many results are kept for each object; 1 or more.
    key: makes one value of a call's arguments (without `self`); calls for which it is equal share a result.
    """
    # TODO: Task 4: keep the latest results for each object.
    # TODO: Task 5: share a pending call of an `async def` function, and forget one that fails.
    raise NotImplementedError("Not implemented yet")


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
        # TODO: Task 6: put `timed` and `memoize` on both methods, each pair in the right order.
        def price(self, sku: str) -> int:
            return load("price", sku)

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
