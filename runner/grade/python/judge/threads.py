"""CPython's own `threading`, `queue` and `concurrent.futures` on simulated threads, for the suites that ask for it.

A suite asks with `THREAD_SCHEDULES = 10` at its top level: each of its tests then runs under that many orders in which
the threads take turns, the same on every grading.
"""

import _thread
import _threading_local
import asyncio
import concurrent.futures.thread as pools
import copy
import itertools
import queue
import re
import sys
import threading
import time
import types
import unittest

from judge import virtual_time
from judge.locks import primitives_of
from judge.report import Report, error_data
from judge.scheduler import Scheduler
from judge.stacks import Stacks

NAME = "THREAD_SCHEDULES"
_ASKS = re.compile(rf"^{NAME}\b", re.MULTILINE)
_MOST_SCHEDULES = 100
# Instructions of the learner's code between two turns. The first schedule gives long slices in the order of
# coming; the others are short, for races within a line, or longer, for those between two calls.
_LONG_SLICE = 5_000
_SLICES = (4, 12, 40, 2, 120)
_TOOL, _NAME_OF_TOOL = 4, "judge"
_INSTRUCTION = sys.monitoring.events.INSTRUCTION


def asked_for(suites):
    """Whether any of the suites asks for threads."""
    return any(_ASKS.search(suite["source"]) for suite in suites)


def schedules_of(module):
    """How often each test of a suite is run; once, if it does not say."""
    asked = getattr(module, NAME, 1)
    if type(asked) is not int or not 1 <= asked <= _MOST_SCHEDULES:
        raise ValueError(f"{NAME} is a number from 1 to {_MOST_SCHEDULES}, not {asked!r}")
    return asked


class Threads:
    """The simulated threads of one grading."""

    def __init__(self, stacks, own, watch):
        """@param stacks how a stack of the interpreter is left for another."""
        self._own = own
        self._codes = []
        self._deaths = []
        self._preempting = self._undone = False
        self._scheduler = Scheduler(stacks, _thread.get_ident(), own, _name_of)
        self._lock, handle = primitives_of(self._scheduler)
        self._turn = lambda _code, _offset: self._scheduler.count_instruction()
        self._put_in_place(handle)
        self._renew_locks()
        watch.on_time_up = self._scheduler.interrupt

    def begin(self, seed):
        """A new run of a test; pools and background threads of the kata live on from one to the next."""
        self._deaths = []
        threading._counter = itertools.count(1).__next__
        pools.ThreadPoolExecutor._counter = itertools.count().__next__
        self._scheduler.begin(seed, _SLICES[seed % len(_SLICES)] if seed else _LONG_SLICE)
        self._preempt(bool(self._scheduler.others()))

    def end(self):
        """@returns what went wrong in the run besides its test, as data: what may be why the test fails, and what is wrong
        even where it passes.
        """
        scheduler = self._scheduler
        try:
            scheduler.settle()
        except BaseException as error:
            if error is not scheduler.over:
                raise
        self._preempt(False)
        causes = [self._death(args) for args in self._deaths]
        if isinstance(scheduler.over, virtual_time.Deadlock):
            causes.append(error_data(scheduler.over, self._own))
        left = []
        if not scheduler.over:
            left = [self._left(strand) for strand in scheduler.others() if self._keeps_running(strand)]
        if left or scheduler.over:
            scheduler.forget()
            self._renew_locks()
        return causes, left

    @property
    def took_turns(self):
        """Whether another schedule could make this run go another way."""
        return self._scheduler.turns > 0

    def watch_code(self, code):
        """From now on threads take turns within this code, too."""
        self._codes.append(code)
        if self._preempting:
            sys.monitoring.set_local_events(_TOOL, code, _INSTRUCTION)
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                self.watch_code(constant)

    def altered(self):
        """@returns names of what the learner's code has changed in how its threads take their turns."""
        self._preempt(False)
        return ["sys.monitoring"] if self._undone else []

    def _start(self, function, handle=None, daemon=True):
        strand = self._scheduler.start(function, daemon)
        if handle is not None:
            handle.strand = strand
        if not self._preempting:
            self._preempt(True)
        return strand.ident

    def _start_new(self, function, args, kwargs={}):
        return self._start(lambda: function(*args, **kwargs))

    def _preempt(self, on):
        """Whether threads take turns between the instructions of the learner's code."""
        if sys.monitoring.get_tool(_TOOL) != _NAME_OF_TOOL:
            self._undone = True
            return
        before = _INSTRUCTION if self._preempting else 0
        kept = all(sys.monitoring.get_local_events(_TOOL, code) == before for code in self._codes)
        if not kept or sys.monitoring.register_callback(_TOOL, _INSTRUCTION, self._turn) is not self._turn:
            self._undone = True
        self._preempting = on
        for code in self._codes:
            sys.monitoring.set_local_events(_TOOL, code, _INSTRUCTION if on else 0)

    def _died(self, args):
        if not issubclass(args.exc_type, SystemExit):
            self._deaths.append(args)

    def _death(self, args):
        data = error_data(args.exc_value, self._own)
        data["message"] += f" (in the thread {args.thread.name if args.thread else '?'}, which ended with it)"
        return data

    def _left(self, strand):
        scheduler = self._scheduler
        return {
            "name": "ThreadLeft",
            "message": f"The test has ended and a thread of it has not: {scheduler.name(strand)} "
            f"{scheduler.wait_of(strand)}. Have it end, and join it.",
            "frames": [strand.place] if strand.place else [],
        }

    def _keeps_running(self, strand):
        """Whether it would keep a program from ending; a pool's thread that has nothing to do would not."""
        if strand.daemon:
            return False
        thread = threading._active.get(strand.ident)
        return thread not in pools._threads_queues or strand.place is not None

    def _renew_locks(self):
        """A thread that never comes to its turn again may hold one."""
        threading._active_limbo_lock = threading.RLock()
        threading._active = {self._scheduler.main.ident: threading.main_thread()}
        threading._limbo = {}
        pools._global_shutdown_lock = self._lock()
        pools._threads_queues.clear()

    def _put_in_place(self, handle):
        ident = lambda: self._scheduler.current.ident  # noqa: E731
        _thread.get_ident = _thread.get_native_id = threading.get_ident = threading.get_native_id = ident
        _thread.allocate_lock = _thread.lock = _thread.LockType = self._lock
        _thread.start_new_thread = self._start_new
        _thread.start_joinable_thread = threading._start_joinable_thread = self._start
        threading.Lock = threading._allocate_lock = self._lock
        threading._CRLock = None
        threading._ThreadHandle = handle
        threading.local = _threading_local.local
        threading.excepthook = self._died
        threading._time = queue.time = time.monotonic
        _threading_local.RLock = threading.RLock
        queue.SimpleQueue = queue._PySimpleQueue
        time.sleep = self._sleep
        asyncio.events._event_loop_policy = virtual_time.Policy(_loop_class(self._scheduler))
        sys.monitoring.use_tool_id(_TOOL, _NAME_OF_TOOL)
        sys.monitoring.register_callback(_TOOL, _INSTRUCTION, self._turn)

    def _sleep(self, seconds):
        virtual_time.note_blocking(seconds, sys._getframe(1))
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self._scheduler.park(None, seconds)


def _name_of(ident):
    thread = threading._active.get(ident)
    return thread.name if thread else f"thread {ident}"


def _loop_class(scheduler):
    """An event loop in one of many threads: while it waits, the others go on."""

    class Selector(virtual_time.Selector):
        waiting = None
        woken = False

        def select(self, timeout):
            if not scheduler.others():
                return super().select(timeout)
            if timeout is not None and timeout <= 0:
                scheduler.give_way()
            elif not self.woken:
                self.waiting = scheduler.current, scheduler.current.turn
                scheduler.park(None, timeout)
                self.waiting = None
            self.woken = False
            return []

        def wake(self):
            self.woken = True
            if self.waiting:
                scheduler.wake(*self.waiting)

    class Loop(virtual_time.VirtualLoop):
        selector_class = Selector
        run_in_executor = asyncio.BaseEventLoop.run_in_executor
        shutdown_default_executor = asyncio.BaseEventLoop.shutdown_default_executor

        def _write_to_self(self):
            self._selector.wake()

    return Loop


class RepeatedSuite(unittest.TestSuite):
    """Each test under one schedule after the other, until one fails or another could make no difference."""

    _cleanup = False

    def __init__(self, tests, report):
        super().__init__(tests)
        self._report = report
        self.copies = []
        """Of the tests, one for each run of them."""

    def __iter__(self):
        for test in super().__iter__():
            self._report.schedule = 0
            yield self._copy(test)
            while self._report.goes_on:
                self._report.schedule += 1
                yield self._copy(test)

    def _copy(self, test):
        self.copies.append(copy.copy(test))
        return self.copies[-1]


class ThreadReport(Report):
    """Tells of a test when the last of its runs has ended."""

    def __init__(self, *args, threads, schedules):
        super().__init__(*args)
        self._threads = threads
        self._schedules = schedules
        self._duration = 0
        self.schedule = 0
        self.goes_on = False

    def startTest(self, test):
        self.goes_on = False
        self._threads.begin(self.schedule)
        super().startTest(test)

    def _end(self):
        causes, left = self._threads.end()
        if causes or left:
            self._status = "failed"
            self._errors = [*causes, *self._errors, *left]
        super()._end()
        if self._errors and self.schedule > 0:
            self._errors[0]["message"] += (
                f"\nNote: it comes to this when the threads take turns as in schedule {self.schedule + 1} of "
                f"{self._schedules}, which is the same on every run; in those before it went well."
            )
        more = self.schedule + 1 < self._schedules
        self.goes_on = more and self._status == "passed" and self._threads.took_turns

    def _tell_of(self, test, outcome):
        self._duration = outcome["duration"] + (self._duration if self.schedule else 0)
        if not self.goes_on:
            super()._tell_of(test, outcome | {"duration": self._duration})


GUARDED = [
    *((threading, name) for name in threading.__all__ if name != "excepthook"),
    *((threading, name) for name in ("_start_joinable_thread", "_allocate_lock", "_ThreadHandle", "_PyRLock")),
    *((queue, name) for name in queue.__all__),
    *(
        (owner, name)
        for owner in (
            *(threading.Thread, threading.Condition, threading.Event, threading.Semaphore, threading.Barrier),
            *(threading._PyRLock, queue.Queue, queue._PySimpleQueue, pools.ThreadPoolExecutor),
            *(Scheduler, Threads, ThreadReport, RepeatedSuite, Stacks),
        )
        for name, value in vars(owner).items()
        if callable(value) and name != "_counter"
    ),
]
