import unittest

from kata import remaining


# TODO: The examples of the TypeScript edition, with its names in snake_case and its messages where the brief gives them.
class FirstTask(unittest.TestCase):
    """1. {{task1}}"""

    def test_one_expense(self):
        """takes an expense off the budget"""
        self.assertEqual(remaining(1000, [250]), 750, "remaining(1000, [250])")
