"""Runs Python suites against a learner's kata and reports what each test did.

Imported once, before the memory snapshot is taken; each grading has a fresh interpreter that was
restored from it. Pure Python: nothing here knows JavaScript.
"""

from judge.grading import grade

__all__ = ["grade"]
