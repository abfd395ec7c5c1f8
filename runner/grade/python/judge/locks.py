"""The primitives that CPython's own `threading` is built on, for simulated threads."""

import collections
import sys

from judge.virtual_time import clock

_FOREVER = -1


def primitives_of(scheduler):
    """@returns a lock class, and the class of handles by which `threading` knows its threads."""

    class lock:
        """As `threading.Lock`."""

        def __init__(self):
            self.taken_by = self.taken_at = None
            self._waiting = collections.deque()

        def acquire(self, blocking=True, timeout=_FOREVER):
            if timeout != _FOREVER:
                if not blocking:
                    raise ValueError("can't specify a timeout for a non-blocking call")
                if timeout < 0:
                    raise ValueError("timeout value must be a non-negative number")
            end = None if timeout == _FOREVER else clock.now + timeout
            while self.taken_by is not None:
                if not blocking or (end is not None and clock.now >= end):
                    return False
                me = scheduler.current
                self._waiting.append((me, me.turn))
                scheduler.park(self, None if end is None else end - clock.now)
            self.taken_by = scheduler.current
            self.taken_at = scheduler.own_place(sys._getframe(1))
            return True

        def release(self):
            if self.taken_by is None:
                raise RuntimeError("release unlocked lock")
            self.taken_by = self.taken_at = None
            while self._waiting:
                if scheduler.wake(*self._waiting.popleft()):
                    break

        def locked(self):
            return self.taken_by is not None

        def _at_fork_reinit(self):
            self.__init__()

        def __enter__(self):
            return self.acquire()

        def __exit__(self, *_):
            self.release()

        def __repr__(self):
            state = "locked" if self.locked() else "unlocked"
            return f"<{state} _thread.lock object at {hex(id(self))}>"

        acquire_lock, release_lock, locked_lock = acquire, release, locked

    lock.__module__ = "_thread"
    lock.__qualname__ = "lock"

    class ThreadHandle:
        strand = None

        @property
        def ident(self):
            return self.strand.ident if self.strand else 0

        def is_done(self):
            return self.strand is not None and self.strand.done

        def _set_done(self):
            pass

        def join(self, timeout=None):
            end = None if timeout is None or timeout < 0 else clock.now + timeout
            while not self.strand.done and (end is None or clock.now < end):
                me = scheduler.current
                if self.strand is me:
                    raise RuntimeError("Cannot join current thread")
                self.strand.joiners.append((me, me.turn))
                scheduler.park(self.strand, None if end is None else end - clock.now)

    return lock, ThreadHandle
