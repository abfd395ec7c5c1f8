"""Assertions that know what was expected and what came: bare `assert`, and unittest's own."""

import ast
import difflib
import functools
import inspect
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


# What the left side should have been, of comparisons in which it is the one that came.
_WANTED = {
    "NotEq": "anything but {}",
    "Lt": "less than {}",
    "LtE": "at most {}",
    "Gt": "more than {}",
    "GtE": "at least {}",
    "IsNot": "anything but {}",
}


def compare(name, received, expected, text, message):
    """What `assert received <name> expected` becomes in a suite."""
    if _COMPARISONS[name](received, expected):
        return
    words = f"{message()}: " if message else ""
    error = AssertionError(f"{words}assert {text}")
    if name == "Eq":
        raise _carrying(error, received, expected)
    if name in _WANTED:
        raise _telling(error, _WANTED[name].format(shown(expected)), shown(received))
    if name == "Is":
        raise _telling(error, _same(received, expected), shown(received))
    # Which of the two came is not known: `assert key in result`, `assert result in allowed`.
    raise AssertionError(f"{words}assert {text}: {_membership(name == 'In', received, expected)}")


def demand(value, text, message):
    """What `assert value` becomes in a suite."""
    if not value:
        words = f"{message()}: " if message else ""
        raise AssertionError(f"{words}assert {text}, which is {shown(value)}")


def demand_not(value, text, message):
    """What `assert not value` becomes in a suite."""
    if value:
        words = f"{message()}: " if message else ""
        raise AssertionError(f"{words}assert not {text}, which is {shown(value)}")


def _same(received, expected):
    try:
        equal = received == expected
    except Exception:
        equal = False
    return f"{shown(expected)}, the very same object: an equal one will not do" if equal else shown(expected)


def _membership(wanted, member, container):
    return f"{shown(member)} is {'not ' if wanted else ''}in {shown(container)}"


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
            negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
            if negated:
                test = test.operand
                text = ast.Constant(ast.get_source_segment(self._source, test) or "")
            call = ast.Call(ast.Name("__demand_not__" if negated else "__demand__", ast.Load()), [test, text, message], [])
        return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), node))


def compile_suite(source, path):
    """Compiles a suite so that its bare asserts tell both sides; `names` are what the code needs around it."""
    tree = _Rewriter(source).visit(ast.parse(source, path))
    return compile(tree, path, "exec", dont_inherit=True)


names = {"__compare__": compare, "__demand__": demand, "__demand_not__": demand_not}


def _carrying(error, received, expected):
    error.judged = (received, expected)
    return error


def _telling(error, expected, received):
    error.told = (expected, received)
    return error


def values_of(error):
    """Expected, received and their difference, of an assertion that knows them."""
    told = getattr(error, "told", None)
    if type(told) is tuple:
        return {"expected": told[0], "received": told[1]}
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


def _kinds(classes):
    names = [kind.__name__ for kind in classes] if isinstance(classes, tuple) else [getattr(classes, "__name__", "it")]
    return " or ".join(names)


def _nearly(places, delta, **_):
    return f"to within {shown(delta)}" if delta is not None else f"to {7 if places is None else places} decimal places"


def _instance(received, wanted):
    return wanted, f"{shown(received)}, which is of type {type(received).__name__}"


# unittest's own messages repeat both sides in one line. Of each assertion: what is said in place of that, and from
# its arguments what was expected and what came.
_EQUAL = "the values are not equal", None
_ASSERTIONS = {
    **dict.fromkeys(("assertEqual", "assertCountEqual"), _EQUAL),
    **{f"assert{kind}Equal": _EQUAL for kind in ("Sequence", "List", "Tuple", "Set", "Dict", "MultiLine")},
    "assertNotEqual": ("the values are equal", lambda first, second, **_: (f"anything but {shown(second)}", shown(first))),
    "assertTrue": ("the value is not true", lambda expr, **_: ("a true value", shown(expr))),
    "assertFalse": ("the value is not false", lambda expr, **_: ("a false value", shown(expr))),
    "assertLess": ("the value is too large", lambda a, b, **_: (f"less than {shown(b)}", shown(a))),
    "assertLessEqual": ("the value is too large", lambda a, b, **_: (f"at most {shown(b)}", shown(a))),
    "assertGreater": ("the value is too small", lambda a, b, **_: (f"more than {shown(b)}", shown(a))),
    "assertGreaterEqual": ("the value is too small", lambda a, b, **_: (f"at least {shown(b)}", shown(a))),
    "assertIs": ("it is another object", lambda expr1, expr2, **_: (_same(expr1, expr2), shown(expr1))),
    "assertIsNot": ("it is the same object", lambda expr1, **_: ("another object", shown(expr1))),
    "assertIsNone": ("the value is not None", lambda obj, **_: ("None", shown(obj))),
    "assertIsNotNone": ("the value is None", lambda **_: ("anything but None", "None")),
    "assertIsInstance": ("the type is wrong", lambda obj, cls, **_: _instance(obj, f"an instance of {_kinds(cls)}")),
    "assertNotIsInstance": ("the type is wrong", lambda obj, cls, **_: _instance(obj, f"no instance of {_kinds(cls)}")),
    "assertAlmostEqual": (
        "the values are too far apart",
        lambda first, second, **how: (f"{shown(second)} ({_nearly(**how)})", shown(first)),
    ),
    "assertNotAlmostEqual": (
        "the values are too close",
        lambda first, second, **how: (f"anything but {shown(second)} ({_nearly(**how)})", shown(first)),
    ),
    "assertRegex": (
        "the text does not match",
        lambda text, expected_regex, **_: (f"text that matches {_pattern(expected_regex)}", shown(text)),
    ),
    "assertNotRegex": (
        "the text matches",
        lambda text, unexpected_regex, **_: (f"no text that matches {_pattern(unexpected_regex)}", shown(text)),
    ),
}


def _pattern(regex):
    return shown(getattr(regex, "pattern", regex))


def _tell_more(name, words, sides):
    original = getattr(unittest.TestCase, name)
    parameters = inspect.signature(original)

    @functools.wraps(original)
    def assertion(*args, **options):
        __unittest = True
        try:
            return original(*args, **options)
        except AssertionError:
            call = parameters.bind(*args, **options)
            call.apply_defaults()
            _, *values = call.args
            named = {key: value for key, value in call.arguments.items() if key != "self"}
            msg = named.pop("msg", None)
            plain = AssertionError(words if msg is None else msg)
            if sides is None:
                raise _carrying(plain, *values[:2]) from None
            raise _telling(plain, *sides(**named)) from None

    setattr(unittest.TestCase, name, assertion)


for _name, (_words, _sides) in _ASSERTIONS.items():
    _tell_more(_name, _words, _sides)


_end_of_raises = unittest.case._AssertRaisesContext.__exit__


def _telling_end_of_raises(self, exc_type, exc_value, tb):
    __unittest = True
    try:
        return _end_of_raises(self, exc_type, exc_value, tb)
    except AssertionError:
        raise _not_raised(self, exc_value) from None


def _not_raised(context, error):
    wanted = _kinds(context.expected)
    if error is None:
        words, received = "nothing was raised", "no error"
    else:
        words, received = "the error says something else", f"{type(error).__name__}: {shown(str(error))}"
        wanted += f" whose message matches {_pattern(context.expected_regex)}"
    return _telling(AssertionError(words if context.msg is None else context.msg), wanted, received)


unittest.case._AssertRaisesContext.__exit__ = _telling_end_of_raises


def _member_of(name, wanted):
    def assertion(self, member, container, msg=None):
        __unittest = True
        if (member in container) is not wanted:
            words = "" if msg is None else f"{msg}: "
            raise AssertionError(words + _membership(wanted, member, container))

    setattr(unittest.TestCase, name, functools.wraps(getattr(unittest.TestCase, name))(assertion))


_member_of("assertIn", True)
_member_of("assertNotIn", False)
