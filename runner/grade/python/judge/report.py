"""What each test did, as plain data for the host."""

import io
import posixpath
import sys
import traceback
import unittest

from judge.asserts import shown, values_of
from judge.virtual_time import blockings, real_time_ns

_OUTPUT_LIMIT = 16_384
_FRAMES = 20


class Output(io.TextIOBase):
    """What is printed, up to a limit."""

    def __init__(self):
        self._parts = []
        self._room = _OUTPUT_LIMIT
        self.dropped = 0

    def writable(self):
        return True

    def write(self, text):
        kept = text[: self._room]
        self._parts.append(kept)
        self._room -= len(kept)
        self.dropped += len(text) - len(kept)
        return len(text)

    def text(self):
        return "".join(self._parts)

    def __enter__(self):
        self._before = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self
        return self

    def __exit__(self, *_):
        sys.stdout, sys.stderr = self._before


def error_data(error, own):
    """An exception in the learner's terms: its frames are those of the learner's files, innermost first."""
    return {
        "name": type(error).__name__,
        "message": _message(error),
        "frames": _places(error, own),
        **values_of(error),
    }


def _message(error):
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg} (line {error.lineno})"
    try:
        text = str(error)
    except Exception:
        text = ""
    if isinstance(error, BaseExceptionGroup):
        causes = "; ".join(f"{type(one).__name__}: {one}" for one in error.exceptions[:5])
        text = f"{text}: {causes}"
    if hasattr(error, "places"):
        return text
    if type(error) is AssertionError:
        return text or "assertion failed"
    if isinstance(error, ImportError) and error.path:
        text = text.removesuffix(f" ({error.path})")
    hint = getattr(traceback, "_compute_suggestion_error", None)
    if hint and isinstance(error, (NameError, AttributeError, ImportError)):
        name = getattr(error, "name_from", None) or getattr(error, "name", None)
        found = hint(error, error.__traceback__, name) if name else None
        text += f". Did you mean {found!r}?" if found else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _blocking_note(own):
    """Of the learner's line that held the event loop up, if one did."""
    for path, line, seconds in blockings:
        if path in own:
            return (
                f"\nNote: {posixpath.basename(path)}:{line} calls time.sleep({seconds:g}) inside of the event loop, "
                "so no other task runs meanwhile; `await asyncio.sleep(...)` lets them."
            )
    return ""


def _places(error, own):
    if hasattr(error, "places"):
        return error.places
    if isinstance(error, SyntaxError) and error.filename in own:
        return [{"path": error.filename, "line": error.lineno or 1, "column": max(error.offset or 1, 1)}]
    seen = []
    for inner in (error, error.__cause__, *getattr(error, "exceptions", ())[:1]):
        if inner is None:
            continue
        for frame in reversed(traceback.extract_tb(inner.__traceback__, limit=-200)):
            if frame.filename in own:
                place = {"path": frame.filename, "line": frame.lineno, "column": (frame.colno or 0) + 1}
                if place not in seen:
                    seen.append(place)
    return seen[:_FRAMES]


def _case_of(subtest):
    """What a `with self.subTest(...)` names."""
    said = [subtest._message] if isinstance(subtest._message, str) else []
    return ", ".join([*said, *(f"{name}={shown(value)}" for name, value in subtest.params.items())]) or "one case"


class Report(unittest.TestResult):
    """Tells of each test as it ends, so that a death of the interpreter loses none that are done."""

    def __init__(self, suite, titles, own, watch, tell):
        super().__init__()
        self._suite = suite
        self._titles = titles
        self._own = own
        self._watch = watch
        self._tell = tell
        self._errors = []
        self._status = "passed"

    def startTest(self, test):
        super().startTest(test)
        self._errors, self._status = [], "passed"
        blockings.clear()
        self._watch.begin()
        self._output = Output().__enter__()
        self._tell("start", None)
        self._started = real_time_ns()

    def stopTest(self, test):
        duration = (real_time_ns() - self._started) / 1e6
        self._end()
        self._tell_of(test, {"status": self._status, "duration": duration, "errors": self._errors})
        super().stopTest(test)

    def _end(self):
        """Adds what can be known only when the test has ended."""
        self._output.__exit__()
        if self._watch.interruptions:
            self._errors, self._status = [error_data(self._watch.interruptions[0], self._own)], "failed"
        if self._errors:
            self._errors[0]["message"] += _blocking_note(self._own)

    def _tell_of(self, test, outcome):
        described = {"suite": self._suite, "titles": self._titles(test), "output": self._output.text()}
        self._tell("test", described | outcome)

    def _failed(self, error):
        self._status = "failed"
        self._errors.append(error_data(error, self._own))

    def addError(self, test, err):
        if isinstance(test, unittest.TestCase):
            self._failed(err[1])
        else:
            # A set-up of a whole class or module: its tests do not run.
            self._tell("unhandled", error_data(err[1], self._own))

    def addFailure(self, test, err):
        self._failed(err[1])

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._failed(err[1])
            self._errors[-1]["message"] = f"With {_case_of(subtest)}: {self._errors[-1]['message']}"

    def addSkip(self, test, reason):
        self._status = "skipped"
        self._errors.append({"name": "SkipTest", "message": f"The test was skipped: {reason}", "frames": []})

    def addExpectedFailure(self, test, err):
        self._failed(err[1])

    def addUnexpectedSuccess(self, test):
        self._failed(AssertionError("It was expected to fail, and did not."))
