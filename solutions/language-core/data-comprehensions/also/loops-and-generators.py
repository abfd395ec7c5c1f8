# Style: loops and generator functions, no comprehension and no help from itertools.

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    index = {}
    for line in lines:
        index[line.sku] = line.cents
    return index


def unique_skus(lines: Sequence[Line]) -> list[str]:
    return list(price_index(lines))


def lines_by_customer(lines: Sequence[Line]) -> dict[CustomerId, list[Line]]:
    groups = defaultdict(list)
    for line in lines:
        groups[line.customer].append(line)
    return dict(groups)


def order_total(lines: Sequence[Line]) -> int:
    total = 0
    for line in lines:
        total += line.quantity * line.cents
    return total


def zip_strict[L, R](left: Sequence[L], right: Sequence[R]) -> list[tuple[L, R]]:
    pairs = list(zip(left, right))
    try:
        return list(zip(left, right, strict=True))
    except ValueError:
        raise LengthMismatch(len(pairs)) from None


def running_totals(amounts: Iterable[int]) -> Iterator[int]:
    total = 0
    for amount in amounts:
        total += amount
        yield total


def first_match[T](items: Iterable[T], is_wanted: Callable[[T], bool]) -> T | None:
    for item in items:
        if is_wanted(item):
            return item
    return None
