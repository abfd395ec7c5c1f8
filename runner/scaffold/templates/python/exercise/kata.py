"""What is left of money that was given out."""

from collections.abc import Sequence


def remaining(budget: int, expenses: Sequence[int]) -> int:
    """Return what is left of a budget.

    All amounts are in cents, and no expense is negative. The result is negative when more was spent than there was.
    """
    # TODO: Take the expenses off the budget.
    raise NotImplementedError("Not implemented yet")
