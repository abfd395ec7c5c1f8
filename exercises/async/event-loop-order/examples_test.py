import unittest

from kata import MiniLoop
from predict import predictions


class Timers(unittest.TestCase):
    """1. Run timers on a virtual clock"""

    def test_deadline(self):
        """runs timers by deadline and moves the clock to it"""
        loop, log = MiniLoop(), []
        loop.set_timeout(lambda: log.append(f"slow at {loop.now()}"), 50)
        loop.set_timeout(lambda: log.append(f"fast at {loop.now()}"), 20)
        loop.run()
        self.assertEqual(log, ["fast at 20", "slow at 50"])


class Immediates(unittest.TestCase):
    """2. Give each turn an immediate phase"""

    def test_before_the_clock(self):
        """runs immediates before the clock moves"""
        loop, log = MiniLoop(), []
        loop.set_timeout(lambda: log.append("timer"), 1)
        loop.set_immediate(lambda: log.append(f"immediate at {loop.now()}"))
        loop.run()
        self.assertEqual(log, ["immediate at 0", "timer"])


class Drain(unittest.TestCase):
    """3. Drain ticks and microtasks after every callback"""

    def test_before_the_first_timer(self):
        """drains before the first timer: ticks, then microtasks"""
        loop, log = MiniLoop(), []
        loop.set_timeout(lambda: log.append("timer"), 1)
        loop.queue_microtask(lambda: log.append("microtask"))
        loop.next_tick(lambda: log.append("tick"))
        loop.run()
        self.assertEqual(log, ["tick", "microtask", "timer"])


class Rejections(unittest.TestCase):
    """4. Report rejections that nobody handles"""

    def test_without_handler(self):
        """reports the rejection without a handler only"""
        log = []
        loop = MiniLoop(on_unhandled=lambda reason: log.append(f"unhandled {reason}"))
        loop.reject("disk full")
        loop.reject("not found").handle(lambda reason: log.append(f"handled {reason}"))
        loop.run()
        self.assertEqual(log, ["handled not found", "unhandled disk full"])


class End(unittest.TestCase):
    """5. Know when to end, and when to give up"""

    def test_unref(self):
        """does not wait for a timer that was unreferenced"""
        loop, log = MiniLoop(), []
        loop.set_timeout(lambda: log.append("heartbeat"), 1000).unref()
        loop.set_timeout(lambda: log.append("answer"), 5)
        loop.run()
        self.assertEqual(log, ["answer"])
        self.assertEqual(loop.now(), 5)


class Predict(unittest.TestCase):
    """6. Predict the real loop"""

    def test_lines(self):
        """names each line of the program nested once"""
        self.assertEqual(sorted(predictions["nested"]), ["first", "from first", "second"])
