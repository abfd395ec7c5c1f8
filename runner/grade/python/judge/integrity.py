"""Whether the machinery that judges is still what it was before the learner's code ran."""

import builtins
import inspect
import operator
import unittest

from judge import asserts, report

_GUARDED = [
    *((unittest.TestCase, name) for name in vars(unittest.TestCase) if callable(getattr(unittest.TestCase, name))),
    *((unittest.IsolatedAsyncioTestCase, name) for name in ("run", "_callTestMethod", "_callMaybeAsync")),
    *((unittest.TestSuite, name) for name in ("run", "__iter__")),
    *((unittest.case._AssertRaisesContext, name) for name in ("__init__", "__enter__", "__exit__", "handle")),
    *((unittest.case._Outcome, name) for name in ("testPartExecutor", "__init__")),
    *((report.Report, name) for name in vars(report.Report)),
    *((report.Output, name) for name in vars(report.Output)),
    *((report, name) for name in ("error_data", "real_time_ns")),
    *((asserts, name) for name in ("compare", "demand", "shown")),
    *((operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge", "is_", "is_not")),
    *((builtins, name) for name in vars(builtins) if not name.startswith("_")),
]


# A suite may call its own values so: they decide nothing.
_PLAIN_NAMES = {"countTestCases", "debug", "id", "shortDescription"}


def fingerprint(module=None, also=()):
    """What each guarded thing is now, and each function and class of a suite's module.

    @param also more things to guard: an owner and a name each.
    """
    guarded = [*_GUARDED, *also]
    if module is not None:
        for thing in list(vars(module).values()):
            if getattr(thing, "__module__", None) == module.__name__ and isinstance(thing, type):
                # unittest keeps notes of its own on the class, which are no code.
                guarded += [(thing, name) for name, value in vars(thing).items() if callable(value)]
    return {f"{_name(owner)}.{name}": _identity(owner, name) for owner, name in guarded}


def changed(before, after):
    """Names of what is different, added or gone."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def shadowed(thing):
    """Methods of its class that an object has been given substitutes for."""
    names = [name for name in vars(thing) if name not in _PLAIN_NAMES and callable(getattr(type(thing), name, None))]
    return [f"{type(thing).__name__}.{name}" for name in names]


def _name(owner):
    return getattr(owner, "__qualname__", None) or owner.__name__


def _identity(owner, name):
    thing = inspect.getattr_static(owner, name, None)
    return id(thing), id(getattr(thing, "__code__", None)), id(getattr(thing, "__defaults__", None))
