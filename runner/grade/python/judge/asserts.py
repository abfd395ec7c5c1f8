"""Assertions that know what was expected and what came: bare `assert`, and unittest's own."""

import ast
import difflib
import operator
import pprint
import reprlib
import unittest

_repr = reprlib.Repr(
    maxlevel=6, maxdict=30, maxlist=30, maxtuple=30, maxset=30, maxstring=300, maxother=300, maxlong=60
)
_DIFF_LINES = 40

_COMPARISONS = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "Is": operator.is_,
    "IsNot": operator.is_not,
    "In": lambda item, container: item in container,
    "NotIn": lambda item, container: item not in container,
}


def shown(value):
    """A short repr; never raises."""
    try:
        return _repr.repr(value)
    except Exception as error:
        return f"<repr() of {type(value).__name__} raised {type(error).__name__}>"


def compare(name, received, expected, text, message):
    """What `assert received <name> expected` becomes in a suite."""
    if _COMPARISONS[name](received, expected):
        return
    words = f"{message()}: " if message else ""
    if name in ("Eq", "Is"):
        raise _carrying(AssertionError(f"{words}assert {text}"), received, expected)
    raise AssertionError(f"{words}assert {text}, with {shown(received)} and {shown(expected)}")


def demand(value, text, message):
    """What `assert value` becomes in a suite."""
    if not value:
        words = f"{message()}: " if message else ""
        raise AssertionError(f"{words}assert {text}, which is {shown(value)}")


class _Rewriter(ast.NodeTransformer):
    def __init__(self, source):
        self._source = source

    def visit_Assert(self, node):
        text = ast.Constant(ast.get_source_segment(self._source, node.test) or "")
        test = node.test
        # A comparison that suspends, or binds a name, must stay where it is; so must a message that does.
        simple = isinstance(test, ast.Compare) and len(test.ops) == 1
        message = ast.Constant(None)
        if node.msg:
            no_arguments = ast.arguments([], [], None, [], [], None, [])
            message = ast.Lambda(no_arguments, node.msg)
        if simple:
            kind = ast.Constant(type(test.ops[0]).__name__)
            call = ast.Call(
                ast.Name("__compare__", ast.Load()),
                [kind, test.left, test.comparators[0], text, message],
                [],
            )
        else:
            call = ast.Call(ast.Name("__demand__", ast.Load()), [test, text, message], [])
        return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), node))


def compile_suite(source, path):
    """Compiles a suite so that its bare asserts tell both sides; `names` are what the code needs around it."""
    tree = _Rewriter(source).visit(ast.parse(source, path))
    return compile(tree, path, "exec", dont_inherit=True)


names = {"__compare__": compare, "__demand__": demand}


def _carrying(error, received, expected):
    error.judged = (received, expected)
    return error


def values_of(error):
    """Expected, received and their difference, of an assertion that knows them."""
    judged = getattr(error, "judged", None)
    if type(judged) is not tuple:
        return {}
    received, expected = judged
    values = {"expected": shown(expected), "received": shown(received)}
    try:
        before, after = (pprint.pformat(side, width=60).splitlines() for side in (expected, received))
    except Exception:
        return values
    if len(before) + len(after) > 2:
        lines = difflib.unified_diff(before, after, lineterm="", n=1)
        values["diff"] = "\n".join(list(lines)[3 : 3 + _DIFF_LINES])
    return values


_assert_equal = unittest.TestCase.assertEqual


def _telling_assert_equal(self, first, second, msg=None):
    __unittest = True
    try:
        _assert_equal(self, first, second, msg)
    except AssertionError as error:
        # unittest's message repeats both sides, which are shown on their own.
        plain = AssertionError(msg if msg is not None else "the values are not equal")
        raise _carrying(plain, first, second) from None


unittest.TestCase.assertEqual = _telling_assert_equal
