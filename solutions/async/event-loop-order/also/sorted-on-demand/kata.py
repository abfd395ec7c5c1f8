# Another style: timers lie in a list, and a turn picks and sorts what is due; a generator hands out what a drain has to
# call, one callback at a time.

from collections import deque


class StarvationError(RuntimeError):
    pass


class Alarm:
    def __init__(self, due, ring):
        self.due = due
        self.ring = ring
        self.keeps_alive = True

    def unref(self):
        self.keeps_alive = False


class Failure:
    def __init__(self, loop, reason):
        self._loop = loop
        self._reason = reason
        self._state = "new"

    def handle(self, handler):
        self._state = "handled"
        self._loop.queue_microtask(lambda: handler(self._reason))

    def report(self, to):
        if self._state == "new":
            self._state = "reported"
            to(self._reason)


class MiniLoop:
    def __init__(self, *, on_unhandled=None, drain_limit=1000):
        self._on_unhandled = on_unhandled or (lambda reason: None)
        self._limit = drain_limit
        self._time = 0
        self._alarms = []
        self._immediates = deque()
        self._ticks = deque()
        self._microtasks = deque()
        self._failures = []

    def now(self):
        return self._time

    def block(self, ms):
        self._time += ms

    def set_timeout(self, callback, ms):
        alarm = Alarm(self._time + (1 if ms < 1 else ms), callback)
        self._alarms.append(alarm)
        return alarm

    def set_immediate(self, callback):
        self._immediates.append(callback)

    def next_tick(self, callback):
        self._ticks.append(callback)

    def queue_microtask(self, callback):
        self._microtasks.append(callback)

    def reject(self, reason):
        failure = Failure(self, reason)
        self._failures.append(failure)
        return failure

    def run(self):
        self._perform(lambda: None)
        while True:
            if not self._immediates:
                if not any(alarm.keeps_alive for alarm in self._alarms):
                    return
                self._time = max(self._time, min(alarm.due for alarm in self._alarms))
            ringing = sorted((a for a in self._alarms if a.due <= self._time), key=lambda a: a.due)
            self._alarms = [alarm for alarm in self._alarms if alarm not in ringing]
            for alarm in ringing:
                self._perform(alarm.ring)
            for _ in range(len(self._immediates)):
                self._perform(self._immediates.popleft())

    def _perform(self, callback):
        callback()
        for number, job in enumerate(self._jobs()):
            if number == self._limit:
                raise StarvationError
            job()

    def _jobs(self):
        while True:
            while self._ticks:
                yield self._ticks.popleft()
            while self._microtasks:
                yield self._microtasks.popleft()
            if self._ticks:
                continue
            failures, self._failures = self._failures, []
            for failure in failures:
                failure.report(self._on_unhandled)
            if not self._ticks and not self._microtasks:
                return
