"""How Python, which has one thread here, leaves one of its stacks for another: the one place that knows of JavaScript."""


class Stacks:
    """The stacks of an interpreter; see `stacks.ts`."""

    def __init__(self, start, pause, resume, run_sync):
        self.start = start
        self.resume = resume
        self._pause = pause
        self._run_sync = run_sync
        # `run_sync` would have an event loop wrap each promise, which takes ten times as long. It takes as they
        # are what look like asyncio's futures, and it is on the promise alone that it then waits.
        type(pause(-1).promise)._asyncio_future_blocking = False

    def leave(self, ident, go_on):
        """Leaves the stack of `ident` for the one that `go_on` resumes or starts, until somebody resumes it."""
        paused = self._pause(ident)
        go_on()
        self._run_sync(paused.promise)
