import unittest
from collections.abc import Iterator

from kata import LazySeq


class Numbers:
    """The numbers 1, 2, 3, and so on, with a count of what happens to them.

    Cut at 300, so that a test cannot hang. It holds on to the iterators that it opened.
    """

    def __init__(self) -> None:
        self.pulled = 0
        self.closed = 0
        self._opened: list[Iterator[int]] = []

    def open(self) -> Iterator[int]:
        iterator = self._count()
        self._opened.append(iterator)
        return iterator

    def _count(self) -> Iterator[int]:
        try:
            for number in range(1, 301):
                self.pulled += 1
                yield number
        finally:
            self.closed += 1


class ReadOnDemand(unittest.TestCase):
    """1. Read on demand"""

    def test_squares_the_even_numbers_of_a_list_twice(self) -> None:
        """squares the even numbers of a list, twice"""
        squares = LazySeq([1, 2, 3, 4]).filter(lambda n: n % 2 == 0).map(lambda n: n * n)
        self.assertEqual(list(squares), [4, 16], "first pass")
        self.assertEqual(list(squares), [4, 16], "second pass")

    def test_pulls_four_numbers_to_find_the_first_multiple_of_four(self) -> None:
        """pulls four numbers to find the first multiple of four"""
        numbers = Numbers()
        iterator = iter(LazySeq(numbers.open).filter(lambda n: n % 4 == 0))
        self.assertEqual(numbers.pulled, 0, "pulled before the first element was asked for")
        self.assertEqual(next(iterator), 4)
        self.assertEqual(numbers.pulled, 4, "pulled to find 4")


class TakeTheFirstElements(unittest.TestCase):
    """2. Take the first elements and close the source"""

    def test_takes_three_numbers_and_closes_the_source(self) -> None:
        """takes three numbers and closes the source"""
        numbers = Numbers()
        self.assertEqual(list(LazySeq(numbers.open).take(3)), [1, 2, 3])
        self.assertEqual((numbers.pulled, numbers.closed), (3, 1), "(pulled, closed)")


class GroupElements(unittest.TestCase):
    """3. Group elements into batches"""

    def test_groups_five_elements_into_pairs_and_a_rest(self) -> None:
        """groups five elements into pairs and a rest"""
        self.assertEqual(list(LazySeq("abcde").chunk(2)), [["a", "b"], ["c", "d"], ["e"]])


class PairTwoSequences(unittest.TestCase):
    """4. Pair two sequences"""

    def test_pairs_the_letters_of_a_list_with_endless_numbers(self) -> None:
        """pairs the letters of a list with endless numbers"""
        numbers = Numbers()
        self.assertEqual(list(LazySeq(["a", "b"]).zip(LazySeq(numbers.open))), [("a", 1), ("b", 2)])
        self.assertEqual((numbers.pulled, numbers.closed), (2, 1), "(pulled, closed)")


class SplitOneSource(unittest.TestCase):
    """5. Split one source between two readers"""

    def test_lets_one_reader_run_ahead_of_the_other_one(self) -> None:
        """lets one reader run ahead of the other one"""
        tee = LazySeq(["a", "b", "c"]).tee()
        ahead, behind = iter(tee.left), iter(tee.right)
        self.assertEqual([next(ahead), next(ahead), next(behind)], ["a", "b", "a"])
        self.assertEqual(tee.held(), 1, "elements held: b")


if __name__ == "__main__":
    unittest.main()
