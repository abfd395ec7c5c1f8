import unittest

from kata import remaining


# TODO: Replace this sample by tests of your own: a class for each task of the brief, the easiest test first.
class FirstTask(unittest.TestCase):
    """1. {{task1}}"""

    def test_every_expense(self):
        """takes every expense off the budget"""
        self.assertEqual(remaining(1000, [250, 50]), 700, "remaining(1000, [250, 50])")


class SecondTask(unittest.TestCase):
    """2. {{task2}}"""

    def test_no_expense(self):
        """leaves the budget alone when nothing was spent"""
        self.assertEqual(remaining(1000, []), 1000, "remaining(1000, [])")


class ThirdTask(unittest.TestCase):
    """3. {{task3}}"""

    def test_overspent(self):
        """says by how much a budget was overspent"""
        self.assertEqual(remaining(100, [250]), -150, "remaining(100, [250])")
