"""Runs Python suites against a learner's kata and reports what each test did.

Imported once, before the memory snapshot is taken; each grading has a fresh interpreter that was
restored from it. Pure Python: nothing but `stacks.py` knows of JavaScript.
"""

from judge.grading import asks_for_threads, grade

__all__ = ["asks_for_threads", "grade"]
