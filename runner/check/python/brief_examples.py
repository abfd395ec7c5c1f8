"""Runs the examples of a brief, and compares what a line comes to with the comment behind it."""

import ast
import asyncio
import inspect
import json
import re


def check_all(given, kata, tests):
    """Adds a test for each example: pairs of the line that it opens at and its text, as JSON."""
    for opening, text in json.loads(given):
        test = _test_of(opening, text, kata)
        test.__module__ = tests["__name__"]
        tests[test.__name__] = test


def _test_of(opening, text, kata):
    def test():
        names = {name: thing for name, thing in vars(kata).items() if name != "__name__"}
        asyncio.run(_keep(opening, text, names))

    test.__name__ = f"test_{opening}_"
    test.__doc__ = str(opening)
    return test


async def _keep(opening, text, names):
    rows = text.split("\n")
    try:
        for statement in ast.parse(text).body:
            comment = re.search(r"\s#\s*(.+)$", rows[statement.end_lineno - 1])
            promised = comment and _value_in(comment[1])
            source = ast.get_source_segment(text, statement)
            line = opening + statement.end_lineno
            thrown = comment and re.match(r"raises (?:an? )?`?(\w+)", comment[1])
            if thrown:
                raised = await _raised(source, names)
                if raised != thrown[1]:
                    raise AssertionError(f"line {line}: expected {thrown[1]}, received {raised or 'no error'}")
            elif isinstance(statement, ast.Expr):
                value = await _run(source, names, "eval")
                if promised and value != promised[0]:
                    raise AssertionError(f"line {line}: expected {promised[0]!r}, received {value!r}")
            else:
                await _run("\n" * (statement.lineno - 1) + source, names, "exec")
    except* NameError:
        # Names that exist nowhere make it an illustration.
        pass


async def _run(source, names, mode):
    code = compile(source, "<brief>", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, names)
    return await result if code.co_flags & inspect.CO_COROUTINE else result


async def _raised(source, names):
    try:
        await _run(source, names, "exec")
    except NameError:
        raise
    except Exception as error:
        return type(error).__name__
    return None


def _value_in(comment):
    """The value that a comment begins with, up to a mark behind which words follow."""
    ends = [len(comment), *(match.start() for match in re.finditer(r"[:,;(]|\s", comment))]
    for end in sorted(ends, reverse=True):
        text = comment[:end].strip()
        try:
            if not text.endswith(","):
                return [ast.literal_eval(text)]
        except (ValueError, SyntaxError):
            continue
    return None
