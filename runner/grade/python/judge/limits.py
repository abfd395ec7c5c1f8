"""The first step of the time limit: the host raises a signal in here, and the running line is left."""

import signal


class TookTooLong(SystemExit):
    """asyncio lets a SystemExit out of any task at once, and no `except Exception` keeps it."""


class Watch:
    """Knows the learner's line that ran when time was up, even if the learner's code swallows the exception."""

    def __init__(self, own, tell):
        self._own = own
        self._tell = tell
        self.interruptions = []

    def start(self):
        signal.signal(signal.SIGUSR1, self._interrupt)

    def _interrupt(self, _number, frame):
        error = TookTooLong("It did not finish in time: is there a loop that never ends?")
        error.places = []
        while frame is not None:
            path = frame.f_code.co_filename
            if path in self._own:
                error.places.append({"path": path, "line": frame.f_lineno, "column": 1})
            frame = frame.f_back
        self.interruptions.append(error)
        self._tell("place", error.places[0] if error.places else None)
        raise error
