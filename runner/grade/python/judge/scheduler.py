"""Threads that take turns on one real thread: at each moment one runs, and a seed decides who is next."""

import asyncio
import heapq
import itertools
import linecache
import os
import posixpath
import random
import sys

from judge.virtual_time import Deadlock, clock

# Each has a stack of its own, of a megabyte.
_MOST_THREADS = 256
_TURNS_BEFORE_LONGER_SLICES = 100
_STANDARD_LIBRARY = posixpath.dirname(os.__file__)


class Strand:
    """One simulated thread."""

    def __init__(self, ident, body=None, daemon=False):
        self.ident = ident
        self.body = body
        self.daemon = daemon
        self.done = False
        self.joiners = []
        # Counts how often it was woken: a wake-up for an earlier wait comes too late.
        self.turn = 0
        self.woken = False
        self.work()

    def work(self):
        """It waits for nothing."""
        self.waits = False
        # The lock or strand that it waits for, the call into the standard library, and the learner's line.
        self.awaited = self.call = self.place = None


class Scheduler:
    """Decides who runs. A thread goes on until it waits, ends, or has had its slice of instructions."""

    def __init__(self, stacks, main_ident, own, name_of):
        """@param stacks how one stack of the interpreter is left for another.
        @param name_of tells a thread's name by its ident.
        """
        self._stacks = stacks
        self._own = own
        self._name_of = name_of
        self._order = itertools.count()
        self._idents = itertools.count(main_ident + 1)
        self._leaving = False
        self.main = self.current = Strand(main_ident)
        self.forget()
        self.begin(0, 1)

    def begin(self, seed, slice_length):
        """A new run.

        @param slice_length instructions of the learner's code between two turns: on average; exact, and turns in the
        order of coming, where the seed is 0.
        """
        self._random = random.Random(seed)
        self._fair = seed == 0
        self._slice_length = slice_length
        # Of other threads than the main one, in this run.
        self.turns = 0
        self._left = self._slice()

    def forget(self):
        """No thread but the main one will ever come to its turn again."""
        self.strands = [self.main]
        self._ready = []
        self._timers = []
        # Why the run ends before its end: the main thread is left with it, and no other runs again.
        self.over = None

    def start(self, function, daemon):
        """@returns the new strand; it begins when its turn comes."""
        self.strands = [strand for strand in self.strands if not strand.done]
        if len(self.strands) > _MOST_THREADS:
            raise RuntimeError("can't start new thread")
        strand = Strand(next(self._idents), function, daemon)
        self.strands.append(strand)
        self._ready.append(strand)
        return strand

    def count_instruction(self):
        """To be called before each instruction of the learner's code."""
        self._left -= 1
        if self._left <= 0:
            self._left = self._slice()
            if self._ready or self.over:
                self.give_way()

    def give_way(self):
        """Lets another one run, if one is ready."""
        me = self.current
        self._ready.append(me)
        self._leave()

    def park(self, awaited=None, seconds=None):
        """Waits for `wake`, or for time to pass.

        @returns whether it was woken.
        """
        me = self.current
        me.waits, me.awaited, me.woken = True, awaited, False
        # Later is too late: the frames of a stack that is left cannot be walked.
        me.call, me.place = self._whereabouts(sys._getframe(1))
        if seconds is not None:
            heapq.heappush(self._timers, (clock.now + seconds, next(self._order), me, me.turn))
        self._leave()
        me.work()
        return me.woken

    def wake(self, strand, turn):
        """@returns whether that wait of the strand was still on."""
        if strand.turn != turn:
            return False
        strand.turn += 1
        strand.woken = True
        self._ready.append(strand)
        return True

    def settle(self):
        """Lets all others run until they wait, without letting time pass."""
        while self._ready and not self.over:
            self.give_way()

    def others(self):
        """Threads that have not ended, besides the main one."""
        return [strand for strand in self.strands if not strand.done and strand is not self.main]

    def interrupt(self, error):
        """Ends this run; @returns whether the error may be raised where the interpreter is now."""
        self.over = error
        return not self._leaving

    def _slice(self):
        if self._fair:
            return self._slice_length
        # Long runs get ever longer slices, so that many turns do not take much time.
        mean = self._slice_length * (1 + self.turns // _TURNS_BEFORE_LONGER_SLICES)
        return 1 + int(self._random.expovariate(1 / mean))

    def _leave(self):
        me = self.current
        self._leaving = True
        following = self._next()
        if following is not me:
            self._stacks.leave(me.ident, lambda: self._resume(following))
            if self.over and me is not self.main:
                self._leave()
        self.current = me
        self._leaving = False
        if self.over:
            raise self.over

    def _next(self):
        if self.over:
            return self.main
        while not self._ready:
            if not self._timers:
                self.over = self._deadlock()
                return self.main
            moment, _, strand, turn = heapq.heappop(self._timers)
            if strand.turn == turn:
                clock.advance_to(max(moment, clock.now))
                strand.turn += 1
                self._ready.append(strand)
        return self._ready.pop(0 if self._fair else self._random.randrange(len(self._ready)))

    def _resume(self, strand):
        self.current = strand
        self.turns += strand is not self.main
        if strand.body is None:
            self._stacks.resume(strand.ident)
        else:
            body, strand.body = strand.body, None
            self._stacks.start(lambda: self._run(strand, body))

    def _run(self, strand, body):
        self._leaving = False
        # A new stack begins with that of the browser's.
        asyncio._set_running_loop(None)
        try:
            body()
        except BaseException as error:
            # What CPython's own threads leave to nobody.
            if not isinstance(error, SystemExit):
                sys.unraisablehook(sys.UnraisableHookArgs((type(error), error, error.__traceback__, None, body)))
        self._leaving = True
        strand.done = True
        for joiner, turn in strand.joiners:
            self.wake(joiner, turn)
        self._resume(self._next())

    def _deadlock(self):
        waiting = [strand for strand in self.strands if not strand.done]
        lines = [f"{self.name(strand)} {self.wait_of(strand)}." for strand in waiting[:8]]
        error = Deadlock("Deadlock: no thread can go on, each waits for another.\n" + "\n".join(lines))
        error.places = [strand.place for strand in waiting if strand.place]
        return error

    def name(self, strand):
        """As the learner knows it."""
        return "The test" if strand is self.main else self._name_of(strand.ident)

    def wait_of(self, strand):
        """In words, what a strand waits for, and where."""
        call = strand.call
        where = f" at {at(strand.place)}" if strand.place else ""
        if not strand.waits:
            return "was at work"
        if isinstance(strand.awaited, Strand):
            return f"waits{where} for {self.name(strand.awaited)} to end"
        taken = getattr(strand.awaited, "taken_by", None)
        if taken is None or (call and call not in ("_RLock.acquire", "_RLock.__enter__")):
            return f"waits in {call}(){where}" if call else f"waits{where}"
        since = strand.awaited.taken_at
        there = f" at {at(since)}" if since else ""
        if taken is strand:
            return f"waits{where} for a lock that it took itself{there}"
        ended = " and never released" if taken.done else ""
        return f"waits{where} for the lock that {self.name(taken)} took{there}{ended}"

    def own_place(self, frame):
        """The innermost line of the learner's own, from a frame outwards."""
        while frame is not None:
            if frame.f_code.co_filename in self._own:
                return {"path": frame.f_code.co_filename, "line": frame.f_lineno, "column": 1}
            frame = frame.f_back
        return None

    def _whereabouts(self, frame):
        """The call into the standard library that leads to a frame, such as `Queue.get`, and the learner's line."""
        call = None
        while frame is not None:
            path = frame.f_code.co_filename
            if path.startswith(_STANDARD_LIBRARY):
                call = frame.f_code.co_qualname
            elif call or path in self._own:
                break
            frame = frame.f_back
        return call, self.own_place(frame)


def at(place):
    """A line as people point at it, with its text."""
    text = linecache.getline(place["path"], place["line"]).strip()
    return f"{posixpath.basename(place['path'])}:{place['line']} (`{text}`)"
