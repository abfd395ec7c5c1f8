import random
import unittest
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

from kata import LazySeq

ENDLESS = 300
"""An "endless" source ends here, so that a solution which reads it to the end fails instead of hanging."""

STAGES: list[tuple[str, Callable[[LazySeq[int]], LazySeq[Any]]]] = [
    ("LazySeq(source)", lambda sequence: sequence),
    ("map", lambda sequence: sequence.map(str)),
    ("filter", lambda sequence: sequence.filter(is_even)),
    ("take", lambda sequence: sequence.take(9)),
    ("a chain of stages", lambda sequence: sequence.filter(is_even).map(str).take(9)),
]


class Numbers:
    """Opens iterators over 1, 2, 3, and so on, and counts what a pipeline does with them.

    It holds on to the iterators, so that one which is let go of is not closed by that.
    """

    def __init__(self, length: int = ENDLESS) -> None:
        self.opened = 0
        self.pulled = 0
        self.closed = 0
        self._length = length
        self._iterators: list[Iterator[int]] = []

    def open(self) -> Iterator[int]:
        iterator = self._count()
        self._iterators.append(iterator)
        return iterator

    @property
    def seen(self) -> dict[str, int]:
        return {"opened": self.opened, "pulled": self.pulled, "closed": self.closed}

    def _count(self) -> Iterator[int]:
        self.opened += 1
        try:
            for number in range(1, self._length + 1):
                self.pulled += 1
                yield number
        finally:
            self.closed += 1


def read_and_leave[T](sequence: Iterable[T], count: int) -> list[T]:
    """Reads `count` elements, then leaves as a reader should."""
    iterator = iter(sequence)
    received = pull(iterator, count)
    leave(iterator)
    return received


def leave(iterator: Iterator[object]) -> None:
    close = getattr(iterator, "close", None)
    if close is not None:
        close()


def pull[T](iterator: Iterator[T], count: int) -> list[T]:
    """Asks for `count` elements and does not leave; gets fewer when the iterator ends."""
    return [element for _, element in zip(range(count), iterator)]


def fail() -> NoReturn:
    raise LookupError("cannot parse this line")


def fail_at(bad: int) -> Callable[[int], int]:
    return lambda number: fail() if number == bad else number


def is_even(number: int) -> bool:
    return number % 2 == 0


class ReadOnDemand(unittest.TestCase):
    """1. Read on demand"""

    def test_list(self) -> None:
        """delivers the elements of a list in order"""
        self.assertEqual(list(LazySeq([3, 1, 2])), [3, 1, 2])

    def test_function(self) -> None:
        """delivers what the opened iterator delivers"""
        self.assertEqual(list(LazySeq(Numbers(4).open)), [1, 2, 3, 4])

    def test_map(self) -> None:
        """delivers the result of fn for each element"""
        self.assertEqual(list(LazySeq([1, 2, 3]).map(lambda n: f"#{n}")), ["#1", "#2", "#3"])

    def test_filter(self) -> None:
        """delivers the elements for which keep answers true"""
        self.assertEqual(list(LazySeq([1, 2, 3, 4, 6]).filter(is_even)), [2, 4, 6])

    def test_false_elements(self) -> None:
        """treats None, 0, False and an empty text as ordinary elements"""
        odd = [None, 0, False, "", []]
        sequence = LazySeq(odd).filter(lambda _: True).map(lambda element: element)
        self.assertEqual(list(sequence), odd)

    def test_empty_source(self) -> None:
        """delivers nothing from an empty source"""
        self.assertEqual(list(LazySeq([]).filter(is_even).map(str)), [])

    def test_building(self) -> None:
        """pulls nothing while a pipeline is built"""
        numbers = Numbers()
        LazySeq(numbers.open).filter(is_even).map(str)
        self.assertEqual(numbers.pulled, 0, "elements pulled although nobody iterates")

    def test_map_pulls(self) -> None:
        """pulls one element for each one that map delivers"""
        numbers = Numbers()
        iterator = iter(LazySeq(numbers.open).map(lambda n: n * 10))
        self.assertEqual(next(iterator), 10, "the first element")
        self.assertEqual(numbers.pulled, 1, "elements pulled for 1 element")
        self.assertEqual([next(iterator), next(iterator)], [20, 30], "two more elements")
        self.assertEqual(numbers.pulled, 3, "elements pulled for 3 elements")

    def test_filter_pulls(self) -> None:
        """pulls no further than the element that filter keeps"""
        numbers = Numbers()
        iterator = iter(LazySeq(numbers.open).filter(lambda n: n % 5 == 0))
        self.assertEqual([next(iterator), next(iterator)], [5, 10], "multiples of 5")
        self.assertEqual(numbers.pulled, 10, "elements pulled to find 5 and 10")

    def test_calls(self) -> None:
        """calls back once for each element that it pulls"""
        calls: list[str] = []

        def keep(number: int) -> bool:
            calls.append(f"filter {number}")
            return number != 2

        sequence = LazySeq([1, 2, 3]).filter(keep).map(lambda n: calls.append(f"map {n}") or n)
        self.assertEqual(list(sequence), [1, 3])
        self.assertEqual(calls, ["filter 1", "map 1", "filter 2", "filter 3", "map 3"])

    def test_second_pass_over_a_list(self) -> None:
        """starts again at each iteration over a list"""
        sequence = LazySeq([1, 2, 3, 4]).filter(is_even).map(lambda n: n * 10)
        self.assertEqual(list(sequence), [20, 40], "first pass")
        self.assertEqual(list(sequence), [20, 40], "second pass")

    def test_second_pass_over_a_function(self) -> None:
        """opens the source anew at each iteration over a function"""
        numbers = Numbers(3)
        sequence = LazySeq(numbers.open).map(lambda n: n * 10)
        self.assertEqual(list(sequence), [10, 20, 30], "first pass")
        self.assertEqual(list(sequence), [10, 20, 30], "second pass")
        self.assertEqual(numbers.opened, 2, "iterators opened for two passes")

    def test_side_by_side(self) -> None:
        """runs two iterations of one sequence side by side"""
        sequence = LazySeq([1, 2, 3]).map(lambda n: n * 10)
        first, second = iter(sequence), iter(sequence)
        self.assertEqual(pull(first, 2), [10, 20], "the first iteration")
        self.assertEqual(pull(second, 1), [10], "the second iteration")
        self.assertEqual(pull(first, 1), [30], "the first iteration, resumed")

    def test_generator_object(self) -> None:
        """keeps no copy of what a generator object delivered"""
        sequence = LazySeq(Numbers(3).open()).map(lambda n: n * 10)
        self.assertEqual(list(sequence), [10, 20, 30], "first pass")
        self.assertEqual(list(sequence), [], "second pass")

    def test_unchanged(self) -> None:
        """leaves the sequence as it was when a stage is added"""
        sequence = LazySeq([1, 2, 3, 4])
        sequence.filter(is_even)
        sequence.map(str)
        self.assertEqual(list(sequence), [1, 2, 3, 4])


class TakeTheFirstElements(unittest.TestCase):
    """2. Take the first elements and close the source"""

    def test_endless(self) -> None:
        """delivers the first elements of an endless source"""
        self.assertEqual(list(LazySeq(Numbers().open).take(4)), [1, 2, 3, 4])

    def test_fewer(self) -> None:
        """delivers all elements when there are fewer than count"""
        self.assertEqual(list(LazySeq([1, 2]).take(5)), [1, 2])

    def test_pulls(self) -> None:
        """pulls exactly count elements"""
        numbers = Numbers()
        self.assertEqual(list(LazySeq(numbers.open).take(3)), [1, 2, 3])
        self.assertEqual(numbers.pulled, 3, "elements pulled by take(3)")

    def test_none(self) -> None:
        """pulls nothing for take(0)"""
        numbers = Numbers()
        self.assertEqual(list(LazySeq(numbers.open).take(0)), [])
        self.assertEqual(numbers.pulled, 0, "elements pulled by take(0)")

    def test_closes(self) -> None:
        """has closed the source when its reader sees the end"""
        numbers = Numbers()
        self.assertEqual(list(LazySeq(numbers.open).map(str).take(3)), ["1", "2", "3"])
        self.assertEqual(numbers.closed, 1, "times that the source was closed after map and take(3)")

    def test_second_pass(self) -> None:
        """counts from the start again at each iteration"""
        sequence = LazySeq([1, 2, 3]).take(2)
        self.assertEqual(list(sequence), [1, 2], "first pass")
        self.assertEqual(list(sequence), [1, 2], "second pass")

    def test_twice(self) -> None:
        """takes from a sequence that was cut already"""
        numbers = Numbers()
        self.assertEqual(list(LazySeq(numbers.open).take(5).take(2)), [1, 2])
        self.assertEqual(numbers.seen, {"opened": 1, "pulled": 2, "closed": 1}, "what happened to the source")

    def test_leaving(self) -> None:
        """closes the source when the reader closes its iterator, whatever the stages"""
        for stage, build in STAGES:
            with self.subTest(stage):
                numbers = Numbers()
                read_and_leave(build(LazySeq(numbers.open)), 2)
                self.assertEqual(numbers.closed, 1, f"times that the source was closed, with {stage}")

    def test_failing_callbacks(self) -> None:
        """closes the source when a callback raises, and lets the error out"""
        stages: list[tuple[str, Callable[[LazySeq[int]], LazySeq[int]]]] = [
            ("map", lambda sequence: sequence.map(fail_at(3))),
            ("filter", lambda sequence: sequence.filter(lambda n: n != 3 or fail())),
        ]
        for stage, build in stages:
            with self.subTest(stage):
                numbers = Numbers()
                received: list[int] = []
                with self.assertRaises(LookupError, msg=f"{stage}: the error reaches the reader"):
                    for number in build(LazySeq(numbers.open)).take(9):
                        received.append(number)
                self.assertEqual(received, [1, 2], f"{stage}: elements delivered before the error")
                self.assertEqual(
                    numbers.seen,
                    {"opened": 1, "pulled": 3, "closed": 1},
                    f"{stage}: what happened to the source by the time the error was out",
                )


class GroupElements(unittest.TestCase):
    """3. Group elements into batches"""

    def test_full(self) -> None:
        """delivers lists of size elements"""
        self.assertEqual(list(LazySeq([1, 2, 3, 4, 5, 6]).chunk(3)), [[1, 2, 3], [4, 5, 6]])

    def test_rest(self) -> None:
        """delivers the elements left over as a last, shorter list"""
        self.assertEqual(list(LazySeq([1, 2, 3, 4, 5]).chunk(3)), [[1, 2, 3], [4, 5]])

    def test_empty(self) -> None:
        """delivers no list when there are no elements"""
        self.assertEqual(list(LazySeq([]).chunk(3)), [])

    def test_as_soon_as_full(self) -> None:
        """delivers a list as soon as it is full"""
        numbers = Numbers()
        iterator = iter(LazySeq(numbers.open).chunk(3))
        self.assertEqual(next(iterator), [1, 2, 3])
        self.assertEqual(numbers.pulled, 3, "elements pulled for one list of 3")

    def test_unchanged(self) -> None:
        """does not change a list that it delivered"""
        first, second = list(LazySeq([1, 2, 3, 4]).chunk(2))
        self.assertEqual(first, [1, 2], "the first list after the second one was delivered")
        self.assertEqual(second, [3, 4], "the second list after the end")

    def test_second_pass(self) -> None:
        """starts again at each iteration"""
        sequence = LazySeq([1, 2, 3]).chunk(2)
        self.assertEqual(list(sequence), [[1, 2], [3]], "first pass")
        self.assertEqual(list(sequence), [[1, 2], [3]], "second pass")

    def test_leaving(self) -> None:
        """closes the source when the reader leaves"""
        numbers = Numbers()
        self.assertEqual(read_and_leave(LazySeq(numbers.open).chunk(2), 1), [[1, 2]])
        self.assertEqual(numbers.seen, {"opened": 1, "pulled": 2, "closed": 1}, "what happened to the source")


class PairTwoSequences(unittest.TestCase):
    """4. Pair two sequences"""

    def test_pairs(self) -> None:
        """pairs elements in the order of both sides"""
        pairs = LazySeq(["a", "b", "c", "d"]).zip([1, 2, 3, 4])
        self.assertEqual(list(pairs), [("a", 1), ("b", 2), ("c", 3), ("d", 4)])

    def test_none_elements(self) -> None:
        """pairs elements that are None or false"""
        pairs = LazySeq(["a", None, "c", ""]).zip([1, 2, None, 0])
        self.assertEqual(list(pairs), [("a", 1), (None, 2), ("c", None), ("", 0)])

    def test_shorter(self) -> None:
        """ends the pairs with the shorter side, whichever it is"""
        for mine, theirs in [(2, 5), (5, 2)]:
            with self.subTest(mine=mine, theirs=theirs):
                pairs = LazySeq(Numbers(mine).open).zip(LazySeq(Numbers(theirs).open))
                self.assertEqual(
                    list(pairs), [(1, 1), (2, 2)], f"{mine} elements on its own side, {theirs} on the other"
                )

    def test_order_of_pulls(self) -> None:
        """pulls from its own side first, then from the other one, and no further"""
        pulls: list[str] = []
        mine = LazySeq(Numbers().open).map(lambda n: pulls.append("mine") or n)
        theirs = LazySeq(Numbers().open).map(lambda n: pulls.append("theirs") or n)
        iterator = iter(mine.zip(theirs))
        self.assertEqual(pulls, [], "before the first pair was asked for")
        next(iterator)
        next(iterator)
        self.assertEqual(pulls, ["mine", "theirs", "mine", "theirs"], "after two pairs")

    def test_own_side_ends(self) -> None:
        """does not pull from the other side when its own side has ended, but closes it"""
        mine, theirs = Numbers(2), Numbers()
        self.assertEqual(len(list(LazySeq(mine.open).zip(LazySeq(theirs.open)))), 2, "pairs")
        self.assertEqual(theirs.seen, {"opened": 1, "pulled": 2, "closed": 1}, "the other side")

    def test_other_side_ends(self) -> None:
        """closes its own side when the other side has ended"""
        mine, theirs = Numbers(), Numbers(2)
        self.assertEqual(len(list(LazySeq(mine.open).zip(LazySeq(theirs.open)))), 2, "pairs")
        self.assertEqual(mine.seen, {"opened": 1, "pulled": 3, "closed": 1}, "its own side")

    def test_leaving(self) -> None:
        """closes both sides when the reader leaves"""
        mine, theirs = Numbers(), Numbers()
        read_and_leave(LazySeq(mine.open).zip(LazySeq(theirs.open)), 2)
        self.assertEqual(mine.seen, {"opened": 1, "pulled": 2, "closed": 1}, "its own side")
        self.assertEqual(theirs.seen, {"opened": 1, "pulled": 2, "closed": 1}, "the other side")

    def test_failing_callbacks(self) -> None:
        """closes both sides when a callback of either raises"""
        for failing, at_mine, at_theirs in [("its own side", 3, 0), ("the other side", 0, 3)]:
            with self.subTest(failing):
                mine, theirs = Numbers(), Numbers()
                pairs = LazySeq(mine.open).map(fail_at(at_mine)).zip(LazySeq(theirs.open).map(fail_at(at_theirs)))
                with self.assertRaises(LookupError, msg=f"a callback of {failing} raises"):
                    list(pairs)
                self.assertEqual(mine.closed, 1, f"times that its own side was closed; {failing} raised")
                self.assertEqual(theirs.closed, 1, f"times that the other side was closed; {failing} raised")

    def test_second_pass(self) -> None:
        """starts again at each iteration"""
        sequence = LazySeq(["a", "b"]).zip(LazySeq(Numbers().open))
        self.assertEqual(list(sequence), [("a", 1), ("b", 2)], "first pass")
        self.assertEqual(list(sequence), [("a", 1), ("b", 2)], "second pass")


class SplitOneSource(unittest.TestCase):
    """5. Split one source between two readers"""

    def test_one_after_the_other(self) -> None:
        """delivers everything to both readers, one after the other"""
        tee = LazySeq(["a", "b", "c"]).tee()
        self.assertEqual(list(tee.left), ["a", "b", "c"], "left")
        self.assertEqual(list(tee.right), ["a", "b", "c"], "right")

    def test_none_elements(self) -> None:
        """delivers elements that are None or false to both readers"""
        elements = ["a", None, 0, "d"]
        tee = LazySeq(elements).tee()
        self.assertEqual(list(tee.left), elements, "left")
        self.assertEqual(list(tee.right), elements, "right")

    def test_nobody_asks(self) -> None:
        """pulls nothing before a reader asks"""
        numbers = Numbers()
        LazySeq(numbers.open).tee()
        self.assertEqual(numbers.pulled, 0)

    def test_pulls(self) -> None:
        """opens the source once and pulls each element once"""
        numbers = Numbers()
        tee = LazySeq(numbers.open).tee()
        left, right = iter(tee.left), iter(tee.right)
        self.assertEqual(pull(left, 3), [1, 2, 3], "left")
        self.assertEqual(pull(right, 4), [1, 2, 3, 4], "right")
        self.assertEqual(pull(left, 2), [4, 5], "left again")
        self.assertEqual(numbers.seen, {"opened": 1, "pulled": 5, "closed": 0}, "what happened to the source")

    def test_gap(self) -> None:
        """holds the gap between the readers, whichever is ahead"""
        tee = LazySeq(Numbers().open).tee()
        left, right = iter(tee.left), iter(tee.right)
        self.assertEqual(tee.held(), 0, "held before anybody has read")
        pull(left, 5)
        self.assertEqual(tee.held(), 5, "held when left has read 5 and right 0")
        pull(right, 3)
        self.assertEqual(tee.held(), 2, "held when left has read 5 and right 3")
        pull(right, 3)
        self.assertEqual(tee.held(), 1, "held when left has read 5 and right 6")
        pull(left, 1)
        self.assertEqual(tee.held(), 0, "held when both have read 6")

    def test_interleavings(self) -> None:
        """delivers the right elements in any interleaving"""
        for seed in range(1, 6):
            choices = random.Random(seed)
            tee = LazySeq(Numbers().open).tee()
            readers = {"L": iter(tee.left), "R": iter(tee.right)}
            read = {"L": 0, "R": 0}
            steps = ""
            for _ in range(40):
                side = choices.choice("LR")
                steps += side
                read[side] += 1
                self.assertEqual(next(readers[side], "the end"), read[side], f"last element after the steps {steps}")
                self.assertEqual(tee.held(), abs(read["L"] - read["R"]), f"held after the steps {steps}")

    def test_slower_reader_finishes(self) -> None:
        """lets the slower reader finish after the source has ended"""
        tee = LazySeq(Numbers(4).open).tee()
        behind = iter(tee.right)
        self.assertEqual(pull(behind, 1), [1], "the slower reader")
        self.assertEqual(list(tee.left), [1, 2, 3, 4], "the faster reader")
        self.assertEqual(tee.held(), 3, "held for the slower reader")
        self.assertEqual(list(behind), [2, 3, 4], "the slower reader, to its end")
        self.assertEqual(tee.held(), 0, "held at the end")

    def test_reader_gone(self) -> None:
        """keeps nothing for a reader that has left"""
        tee = LazySeq(Numbers().open).tee()
        read_and_leave(tee.left, 2)
        staying = iter(tee.right)
        self.assertEqual(pull(staying, 6), [1, 2, 3, 4, 5, 6], "the reader that stays")
        self.assertEqual(tee.held(), 0, "held when left is gone and right has read 6")

    def test_reader_leaves_behind(self) -> None:
        """forgets what was waiting for a reader when it leaves"""
        tee = LazySeq(Numbers().open).tee()
        ahead = iter(tee.left)
        self.assertEqual(pull(ahead, 6), [1, 2, 3, 4, 5, 6], "left")
        read_and_leave(tee.right, 2)
        self.assertEqual(tee.held(), 0, "held when left has read 6 and right has left after 2")

    def test_last_reader_closes(self) -> None:
        """keeps the source open for the reader that stays, and closes it after the last one"""
        numbers = Numbers()
        tee = LazySeq(numbers.open).tee()
        read_and_leave(tee.left, 2)
        self.assertEqual(numbers.closed, 0, "closed after the first reader has left")
        self.assertEqual(read_and_leave(tee.right, 4), [1, 2, 3, 4], "read by the second reader")
        self.assertEqual(numbers.closed, 1, "closed after the second reader has left")

    def test_stages(self) -> None:
        """gives readers that can carry stages of their own"""
        numbers = Numbers()
        tee = LazySeq(numbers.open).map(lambda n: n * 10).tee()
        self.assertEqual(list(tee.left.take(2)), [10, 20], "left")
        self.assertEqual(list(tee.right.filter(lambda n: n > 20).take(1)), [30], "right")
        self.assertEqual(numbers.closed, 1, "closed after both readers have left")


if __name__ == "__main__":
    unittest.main()
