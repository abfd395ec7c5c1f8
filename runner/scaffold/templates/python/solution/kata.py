# TODO: Replace this sample by the solution that a Python reviewer would be proud to be shown; start here.

"""What is left of money that was given out."""

from collections.abc import Sequence


def remaining(budget: int, expenses: Sequence[int]) -> int:
    """Return what is left of a budget.

    All amounts are in cents, and no expense is negative. The result is negative when more was spent than there was.
    """
    return budget - sum(expenses)
