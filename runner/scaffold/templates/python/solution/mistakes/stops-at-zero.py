# TODO: One or two sentences to the learner who holds this misconception, one that Python invites if there is one, such as:
# the result stops at zero, so that nobody sees by how much the budget was overspent.

from collections.abc import Sequence


def remaining(budget: int, expenses: Sequence[int]) -> int:
    return max(0, budget - sum(expenses))
