import copy
import unittest
from collections.abc import Callable, Iterator
from typing import Any

from kata import (
    CustomerId,
    LengthMismatch,
    Line,
    first_match,
    lines_by_customer,
    order_total,
    price_index,
    running_totals,
    unique_skus,
    zip_strict,
)


def line(sku: str, cents: int, *, customer: CustomerId = 1, quantity: int = 1) -> Line:
    return Line(sku=sku, customer=customer, quantity=quantity, cents=cents)


class Numbers:
    """Numbers from 1 on, without end unless there is a last one; tells how many were taken."""

    def __init__(self, last: int | None = None) -> None:
        self.taken = 0
        self._last = last

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if self.taken == self._last:
            raise StopIteration
        if self.taken == 1000:
            raise AssertionError("1000 numbers were taken: will it ever stop?")
        self.taken += 1
        return self.taken


class ReshapingTest(unittest.TestCase):
    def assert_unchanged(self, given: list[Any], use: Callable[[list[Any]], object], what: str) -> None:
        before = copy.copy(given)
        use(given)
        self.assertEqual(given, before, f"the list afterwards, of {what}")


class LookPricesUp(ReshapingTest):
    """1. Look prices up"""

    LINES = [line("mug", 900), line("tea", 450), line("mug", 950), line("pot", 2900)]

    def test_last_price(self) -> None:
        """takes the price of the last line of a SKU"""
        self.assertEqual(price_index(self.LINES), {"mug": 950, "tea": 450, "pot": 2900})

    def test_place(self) -> None:
        """keeps each SKU at the place of its first line"""
        self.assertEqual(list(price_index(self.LINES)), ["mug", "tea", "pot"], "the keys in their order")

    def test_price_of_zero(self) -> None:
        """knows a price of 0"""
        self.assertEqual(price_index([line("gift", 500), line("gift", 0)]), {"gift": 0})

    def test_unique_skus(self) -> None:
        """lists each SKU once, in the order of the first lines"""
        skus = ["tea", "mug", "tea", "pot", "mug"]
        self.assertEqual(unique_skus([line(sku, 100) for sku in skus]), ["tea", "mug", "pot"])

    def test_many_skus(self) -> None:
        """keeps the order of the first lines, however many SKUs there are"""
        skus = [f"sku-{7 * number % 12}" for number in range(12)]
        self.assertEqual(unique_skus([line(sku, 100) for sku in skus + skus[::-1]]), skus)

    def test_no_lines(self) -> None:
        """has no price and no SKU when there is no line"""
        self.assertEqual(price_index([]), {}, "price_index([])")
        self.assertEqual(unique_skus([]), [], "unique_skus([])")

    def test_unchanged(self) -> None:
        """leaves the lines as they are"""
        self.assert_unchanged(self.LINES, price_index, "price_index")
        self.assert_unchanged(self.LINES, unique_skus, "unique_skus")


class GroupAndAddUp(ReshapingTest):
    """2. Group and add up"""

    LINES = [
        line("mug", 900, customer=12, quantity=2),
        line("tea", 450, customer=31),
        line("pot", 2900, customer=12),
    ]

    def test_groups(self) -> None:
        """gives each customer their lines, in the order of the list"""
        mug, tea, pot = self.LINES
        self.assertEqual(lines_by_customer(self.LINES), {12: [mug, pot], 31: [tea]})

    def test_order_of_customers(self) -> None:
        """lists customers in the order of their first lines, not of their numbers"""
        lines = [line("tea", 450, customer=customer) for customer in (31, 12, 31, 5)]
        self.assertEqual(list(lines_by_customer(lines)), [31, 12, 5], "the keys in their order")

    def test_number_and_text(self) -> None:
        """keeps customer 7 and customer '7' apart"""
        number, text = line("tea", 450, customer=7), line("mug", 900, customer="7")
        self.assertEqual(lines_by_customer([number, text]), {7: [number], "7": [text]})

    def test_unknown_customer(self) -> None:
        """raises a KeyError for a customer who has no line"""
        groups = lines_by_customer(self.LINES)
        with self.assertRaises(KeyError, msg="groups[99], where only 12 and 31 have lines"):
            groups[99]
        self.assertEqual(list(groups), [12, 31], "the customers after somebody has asked for 99")

    def test_no_groups(self) -> None:
        """has no group when there is no line"""
        self.assertEqual(lines_by_customer([]), {})

    def test_total(self) -> None:
        """adds up quantity times price"""
        self.assertEqual(order_total(self.LINES), 5150, "2 * 900 + 450 + 2900")

    def test_one_line(self) -> None:
        """adds up one line"""
        self.assertEqual(order_total([line("tea", 450, quantity=3)]), 1350, "3 * 450")

    def test_total_of_nothing(self) -> None:
        """comes to 0 when there is no line"""
        try:
            total = order_total([])
        except TypeError as error:
            self.fail(f"order_total([]) raised a TypeError: {error}")
        self.assertEqual(total, 0, "order_total([])")

    def test_unchanged(self) -> None:
        """leaves the lines as they are"""
        self.assert_unchanged(self.LINES, lines_by_customer, "lines_by_customer")
        self.assert_unchanged(self.LINES, order_total, "order_total")


class PairTwoLists(ReshapingTest):
    """3. Pair two lists"""

    def test_pairs(self) -> None:
        """pairs the elements at the same place"""
        self.assertEqual(zip_strict(["mug", "tea", "pot"], [1, 2, 3]), [("mug", 1), ("tea", 2), ("pot", 3)])

    def test_false_elements(self) -> None:
        """pairs elements that are None, 0 or empty"""
        self.assertEqual(zip_strict([None, 0, ""], [None, False, []]), [(None, None), (0, False), ("", [])])

    def test_empty_lists(self) -> None:
        """makes no pair of two empty lists"""
        self.assertEqual(zip_strict([], []), [])

    def test_mismatch(self) -> None:
        """names the index at which only one list has an element"""
        cases: list[tuple[list[Any], list[Any], int]] = [
            (["a", "b", "c"], [1], 1),
            (["a"], [1, 2, 3], 1),
            ([], [1], 0),
            (["a", "b"], [], 0),
            (["a", "b"], [1, 2, None], 2),
        ]
        for left, right, index in cases:
            with self.subTest(left=left, right=right):
                with self.assertRaises(LengthMismatch, msg=f"zip_strict({left}, {right})") as raised:
                    zip_strict(left, right)
                self.assertEqual(raised.exception.index, index, f"the index for zip_strict({left}, {right})")

    def test_unchanged(self) -> None:
        """leaves the lists as they are"""
        self.assert_unchanged(["a", "b"], lambda given: zip_strict(given, [1, 2]), "zip_strict, on the left")
        self.assert_unchanged([1, 2], lambda given: zip_strict(["a", "b"], given), "zip_strict, on the right")


class StayLazy(ReshapingTest):
    """4. Stay lazy"""

    def test_totals(self) -> None:
        """yields the sum so far for each number"""
        self.assertEqual(list(running_totals([5, -2, 0, 10])), [5, 3, 3, 13])

    def test_no_totals(self) -> None:
        """yields nothing for an empty source"""
        self.assertEqual(list(running_totals([])), [])

    def test_any_iterable(self) -> None:
        """takes from any iterable"""
        self.assertEqual(list(running_totals({3: "a", 1: "b", 2: "c"}.keys())), [3, 4, 6], "the keys of a dict")

    def test_on_demand(self) -> None:
        """takes a number when its total is asked for, and not before"""
        numbers = Numbers()
        totals = iter(running_totals(numbers))
        self.assertEqual(numbers.taken, 0, "numbers taken before a total was asked for")
        self.assertEqual(next(totals), 1, "the first total")
        self.assertEqual(numbers.taken, 1, "numbers taken for one total")
        self.assertEqual(next(totals), 3, "the second total")
        self.assertEqual(numbers.taken, 2, "numbers taken for two totals")

    def test_first_match(self) -> None:
        """finds the first element that is wanted"""
        self.assertEqual(first_match(["tea", "mug", "map"], lambda word: word.startswith("m")), "mug")

    def test_false_match(self) -> None:
        """finds an element that counts as false"""
        self.assertEqual(first_match([3, 0, -1], lambda number: number <= 0), 0)

    def test_no_match(self) -> None:
        """returns None when nothing is wanted"""
        numbers = Numbers(last=5)
        self.assertIsNone(first_match(numbers, lambda _: False))
        self.assertEqual(numbers.taken, 5, "numbers looked at, of 5")

    def test_nothing_to_match(self) -> None:
        """returns None for an empty source"""
        self.assertIsNone(first_match([], lambda _: True))

    def test_no_further(self) -> None:
        """takes nothing beyond the element that it returns"""
        numbers = Numbers()
        self.assertEqual(first_match(numbers, lambda number: number > 3), 4)
        self.assertEqual(numbers.taken, 4, "numbers taken to find 4")

    def test_goes_on(self) -> None:
        """leaves a generator open, so that a second search goes on where the first one stopped"""
        words = (word for word in ["tea", "mug", "pot", "map"])
        found = [first_match(words, lambda word: word.startswith("m")) for _ in range(3)]
        self.assertEqual(found, ["mug", "map", None], "three searches in one generator")


if __name__ == "__main__":
    unittest.main()
