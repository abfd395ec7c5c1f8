# A fold without a start takes the first element as its start, and an empty list has none: on a day without
# orders the report dies.

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import add

type CustomerId = int | str
"""A customer's number; old imports have texts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of an order."""

    sku: str
    customer: CustomerId
    quantity: int
    cents: int
    """The price of one piece."""


class LengthMismatch(ValueError):
    """Two lists that should be of one length are not. Leave it as it is."""

    def __init__(self, index: int) -> None:
        """`index` is the first index at which only one of the lists has an element."""
        super().__init__(f"Only one of the lists has an element at index {index}")
        self.index = index


def price_index(lines: Sequence[Line]) -> dict[str, int]:
    """The price of each SKU: that of its last line, at the place of its first one."""
    return {line.sku: line.cents for line in lines}


def unique_skus(lines: Sequence[Line]) -> list[str]:
    """The SKUs in the order in which they first appear, each once."""
    return list(dict.fromkeys(line.sku for line in lines))


def lines_by_customer(lines: Sequence[Line]) -> dict[CustomerId, list[Line]]:
    """The lines of each customer; both in the order of the list."""
    groups: dict[CustomerId, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.customer, []).append(line)
    return groups


def order_total(lines: Sequence[Line]) -> int:
    """The sum of quantity times price, in cents."""
    return reduce(add, [line.quantity * line.cents for line in lines])


def zip_strict[L, R](left: Sequence[L], right: Sequence[R]) -> list[tuple[L, R]]:
    """The elements of two lists in pairs.

    Raises `LengthMismatch` when one list ends before the other.
    """
    if len(left) != len(right):
        raise LengthMismatch(min(len(left), len(right)))
    return list(zip(left, right, strict=True))


def running_totals(amounts: Iterable[int]) -> Iterator[int]:
    """The sum of all numbers so far, for each number; each is taken when its total is asked for."""
    return accumulate(amounts)


def first_match[T](items: Iterable[T], is_wanted: Callable[[T], bool]) -> T | None:
    """The first element that is wanted; takes none beyond it."""
    return next((item for item in items if is_wanted(item)), None)
