"""The first step of the time limit: the host raises a signal in here, and the running line is left."""

import posixpath
import signal

from judge.virtual_time import real_time_ns


class TookTooLong(SystemExit):
    """asyncio lets a SystemExit out of any task at once, and no `except Exception` keeps it."""


class Watch:
    """Knows the learner's line that ran when time was up, even if the learner's code swallows the exception."""

    def __init__(self, own, tell, limit):
        """@param limit milliseconds that one test may take."""
        self._limit = limit
        self._own = own
        self._tell = tell
        # Told the error; answers whether the line may be left with it at once.
        self.on_time_up = lambda error: True

    def start(self):
        signal.signal(signal.SIGUSR1, self._interrupt)
        self.begin()

    def begin(self):
        """The time of a test begins, or that of loading a suite."""
        self._began = real_time_ns()
        self.interruptions = []

    def _interrupt(self, _number, frame):
        # The host repeats what may not have been heard: the repetition must not hit what comes next.
        if real_time_ns() - self._began < self._limit * 1e6 / 2:
            return
        self._began = real_time_ns()
        places = []
        while frame is not None:
            path = frame.f_code.co_filename
            if path in self._own:
                places.append({"path": path, "line": frame.f_lineno, "column": 1})
            frame = frame.f_back
        where = f"{posixpath.basename(places[0]['path'])}:{places[0]['line']}" if places else "the test"
        error = TookTooLong(f"It was still running {where} after {self._limit / 1000:g} s: is there a loop that never ends?")
        error.places = places
        self.interruptions.append(error)
        self._tell("place", places[0] if places else None)
        if self.on_time_up(error):
            raise error
