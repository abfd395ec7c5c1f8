import unittest

from kata import Line, lines_by_customer, order_total, price_index, running_totals, unique_skus, zip_strict

LINES = [
    Line(sku="pen", customer=5, quantity=10, cents=120),
    Line(sku="ink", customer=8, quantity=1, cents=700),
    Line(sku="pen", customer=8, quantity=2, cents=130),
]


class LookPricesUp(unittest.TestCase):
    """1. Look prices up"""

    def test_last_price(self) -> None:
        """the last price of a SKU counts"""
        self.assertEqual(price_index(LINES), {"pen": 130, "ink": 700})

    def test_unique_skus(self) -> None:
        """each SKU is listed once"""
        self.assertEqual(unique_skus(LINES), ["pen", "ink"])


class GroupAndAddUp(unittest.TestCase):
    """2. Group and add up"""

    def test_groups(self) -> None:
        """each customer has a group"""
        self.assertEqual(lines_by_customer(LINES), {5: [LINES[0]], 8: [LINES[1], LINES[2]]})

    def test_total(self) -> None:
        """the total is quantity times price"""
        self.assertEqual(order_total(LINES), 2160)


class PairTwoLists(unittest.TestCase):
    """3. Pair two lists"""

    def test_pairs(self) -> None:
        """elements at the same place make a pair"""
        self.assertEqual(zip_strict(["pen", "ink"], [130, 700]), [("pen", 130), ("ink", 700)])


class StayLazy(unittest.TestCase):
    """4. Stay lazy"""

    def test_totals(self) -> None:
        """each number gives a total"""
        self.assertEqual(list(running_totals([1, 2, 3])), [1, 3, 6])


if __name__ == "__main__":
    unittest.main()
