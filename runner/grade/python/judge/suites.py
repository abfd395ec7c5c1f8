"""Finds the tests of a suite: unittest's classes, and functions named `test_...`, in file order."""

import asyncio
import inspect
import random
import re
import unittest


def tests_of(module, order=None):
    """All tests that the module itself defines.

    @param order draws an order, in which the tests of a class stay together.
    """
    found = []
    for thing in list(vars(module).values()):
        if getattr(thing, "__module__", None) != module.__name__:
            continue
        if isinstance(thing, type) and issubclass(thing, unittest.TestCase):
            names = unittest.defaultTestLoader.getTestCaseNames(thing)
            found += [(_line(getattr(thing, name)), thing(name)) for name in names]
        elif inspect.isfunction(thing) and thing.__name__.startswith("test_"):
            found.append((_line(thing), _FunctionTest(thing)))
    tests = [test for _, test in sorted(found, key=lambda one: one[0])]
    return unittest.TestSuite(tests if order is None else _shuffled(tests, random.Random(order)))


def _shuffled(tests, chance):
    places = {type(test): chance.random() for test in tests}
    return sorted(tests, key=lambda test: (places[type(test)], chance.random()))


def _line(function):
    return getattr(inspect.unwrap(function), "__code__", tests_of.__code__).co_firstlineno


def _set_up_runner(self):
    self._asyncioRunner = asyncio.Runner(loop_factory=self.loop_factory)


# unittest asks for asyncio's debug mode, which notes the stack of every task and callback: it takes a multiple of the time.
unittest.IsolatedAsyncioTestCase._setupAsyncioRunner = _set_up_runner


class _FunctionTest(unittest.TestCase):
    def __init__(self, function):
        super().__init__("runTest")
        self._function = function

    def runTest(self):
        result = self._function()
        if inspect.iscoroutine(result):
            asyncio.run(result)


def titles_of(test):
    """Group and sentence: of a class its docstring (or name), of `test_2_keeps_order` the number in it."""
    if isinstance(test, _FunctionTest):
        name, text = test._function.__name__, test._function.__doc__
        number = re.match(r"test_(\d+)_", name)
        group = [f"{number[1]}."] if number else []
    else:
        name, text = test._testMethodName, test._testMethodDoc
        group = [_first_line(type(test).__doc__) or type(test).__name__]
    words = re.sub(r"^test_(\d+_)?", "", name).replace("_", " ")
    return [*group, _first_line(text) or words]


def _first_line(text):
    return (text or "").strip().partition("\n")[0].strip()
