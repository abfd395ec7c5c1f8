import asyncio
import random
import unittest

from kata import MiniLoop, StarvationError
from predict import predictions


class LoopTest(unittest.TestCase):
    def expect(self, main, lines, message=None):
        """Runs what `main` sets up on a new loop, and compares what was logged."""
        log = []
        loop = MiniLoop(on_unhandled=lambda reason: log.append(f"unhandled {reason}"))
        main(loop, log.append)
        loop.run()
        self.assertEqual(log, lines, message)


class Timers(LoopTest):
    """1. Run timers on a virtual clock"""

    def test_nothing(self):
        """ends at once when nothing is waiting"""
        loop = MiniLoop()
        loop.run()
        self.assertEqual(loop.now(), 0)

    def test_not_before_run(self):
        """calls nothing before run"""
        loop, log = MiniLoop(), []
        loop.set_timeout(lambda: log.append("timer"), 1)
        self.assertEqual(log, [], "what was called before run()")
        loop.run()
        self.assertEqual(log, ["timer"])

    def test_deadlines(self):
        """runs timers in the order of their deadlines"""

        def main(loop, log):
            for ms in (30, 10, 40, 20):
                loop.set_timeout(lambda ms=ms: log(f"{ms} at {loop.now()}"), ms)

        self.expect(main, ["10 at 10", "20 at 20", "30 at 30", "40 at 40"])

    def test_equal_deadlines(self):
        """runs timers with equal deadlines in the order in which they were set"""

        def main(loop, log):
            loop.set_timeout(lambda: log("a: 10"), 10)
            loop.set_timeout(lambda: loop.set_timeout(lambda: log("b: 4, then 6"), 6), 4)
            loop.set_timeout(lambda: log("c: 10"), 10)
            loop.set_timeout(lambda: log("d: 9"), 9)
            loop.set_timeout(lambda: log("e: 10"), 10)

        self.expect(main, ["d: 9", "a: 10", "c: 10", "e: 10", "b: 4, then 6"])

    def test_below_1(self):
        """counts a delay below 1 as 1"""

        def main(loop, log):
            for ms in (1, 0, -5):
                loop.set_timeout(lambda ms=ms: log(f"{ms} at {loop.now()}"), ms)

        self.expect(main, ["1 at 1", "0 at 1", "-5 at 1"])

    def test_delay(self):
        """counts the delay of a timer from the moment at which it is set"""

        def main(loop, log):
            def outer():
                loop.set_timeout(lambda: log(f"inner at {loop.now()}"), 5)
                log(f"outer at {loop.now()}")

            loop.set_timeout(outer, 10)

        self.expect(main, ["outer at 10", "inner at 15"])

    def test_block(self):
        """moves the clock when a callback blocks"""

        def main(loop, log):
            def busy():
                loop.block(7)
                log(f"blocked until {loop.now()}")
                loop.set_timeout(lambda: log(f"inner at {loop.now()}"), 5)

            loop.set_timeout(busy, 10)

        self.expect(main, ["blocked until 17", "inner at 22"])

    def test_overdue(self):
        """runs timers that are overdue by deadline, not in the order in which they were set"""

        def main(loop, log):
            for ms in (30, 10, 20):
                loop.set_timeout(lambda ms=ms: log(f"{ms} at {loop.now()}"), ms)
            loop.block(100)

        self.expect(main, ["10 at 100", "20 at 100", "30 at 100"], "after 100 ms of blocking")

    def test_random(self):
        """orders 60 timers with random delays like a stable sort by deadline"""
        for seed in (1, 2, 3):
            delays = random.Random(seed).choices(range(1, 21), k=60)
            loop, ran = MiniLoop(), []
            for number, ms in enumerate(delays):
                loop.set_timeout(lambda number=number: ran.append(number), ms)
            loop.run()
            expected = sorted(range(60), key=delays.__getitem__)
            self.assertEqual(ran, expected, f"delays from seed {seed}: {delays}")


class Immediates(LoopTest):
    """2. Give each turn an immediate phase"""

    def test_order(self):
        """runs immediates in the order in which they were added"""

        def main(loop, log):
            for name in "abc":
                loop.set_immediate(lambda name=name: log(name))

        self.expect(main, ["a", "b", "c"])

    def test_clock(self):
        """does not move the clock while immediates are waiting"""

        def main(loop, log):
            def first():
                log(f"first at {loop.now()}")
                loop.set_immediate(lambda: log(f"second at {loop.now()}"))

            loop.set_timeout(lambda: log("timer"), 1)
            loop.set_immediate(first)

        self.expect(main, ["first at 0", "second at 0", "timer"])

    def test_due_timers_first(self):
        """runs the timers that are due before the immediates of the turn"""

        def main(loop, log):
            loop.set_immediate(lambda: log("immediate"))
            loop.set_timeout(lambda: log("timer"), 5)
            loop.block(5)

        self.expect(main, ["timer", "immediate"], "the timer is due in the first turn")

    def test_same_turn(self):
        """runs an immediate that a timer adds in the same turn, before later timers"""

        def main(loop, log):
            def timer():
                log("timer 5")
                loop.set_immediate(lambda: log("immediate"))

            loop.set_timeout(timer, 5)
            loop.set_timeout(lambda: log("timer 6"), 6)

        self.expect(main, ["timer 5", "immediate", "timer 6"])

    def test_due_meanwhile(self):
        """lets a timer that becomes due during the timer phase wait for the next turn"""

        def main(loop, log):
            def timer():
                log("timer 1")
                loop.set_immediate(lambda: log("immediate"))
                loop.set_timeout(lambda: log("timer 3, due at 6"), 1)
                loop.block(50)

            loop.set_timeout(timer, 5)
            loop.set_timeout(lambda: log("timer 2, due at 5"), 5)

        self.expect(
            main,
            ["timer 1", "timer 2, due at 5", "immediate", "timer 3, due at 6"],
            "timer 1 is due at 5 and blocks until 55",
        )

    def test_added_meanwhile(self):
        """lets an immediate that is added during the phase wait for the next turn"""

        def main(loop, log):
            def immediate():
                log("immediate 1")
                loop.set_immediate(lambda: log("added by immediate 1"))
                loop.block(10)

            loop.set_timeout(lambda: log("timer"), 5)
            loop.set_immediate(immediate)
            loop.set_immediate(lambda: log("immediate 2"))

        self.expect(
            main,
            ["immediate 1", "immediate 2", "timer", "added by immediate 1"],
            "the timer is due when the second turn begins",
        )


class Drain(LoopTest):
    """3. Drain ticks and microtasks after every callback"""

    def test_first(self):
        """drains before the first turn, ticks before microtasks"""

        def main(loop, log):
            loop.set_immediate(lambda: log("immediate"))
            for n in (1, 2):
                loop.queue_microtask(lambda n=n: log(f"microtask {n}"))
            for n in (1, 2):
                loop.next_tick(lambda n=n: log(f"tick {n}"))

        self.expect(main, ["tick 1", "tick 2", "microtask 1", "microtask 2", "immediate"])

    def between(self, phase, add):
        def main(loop, log):
            def callback(n):
                loop.queue_microtask(lambda: log(f"microtask of {n}"))
                loop.next_tick(lambda: log(f"tick of {n}"))
                log(f"{phase} {n}")

            for n in (1, 2):
                add(loop, lambda n=n: callback(n))

        lines = [f"{phase} 1", "tick of 1", "microtask of 1", f"{phase} 2", "tick of 2", "microtask of 2"]
        self.expect(main, lines)

    def test_between_timers(self):
        """drains between two callbacks of the timer phase"""
        self.between("timer", lambda loop, callback: loop.set_timeout(callback, 5))

    def test_between_immediates(self):
        """drains between two callbacks of the immediate phase"""
        self.between("immediate", lambda loop, callback: loop.set_immediate(callback))

    def test_microtasks_of_microtasks(self):
        """runs microtasks of microtasks before the next timer"""

        def main(loop, log):
            def microtask(depth):
                log(f"microtask {depth}")
                if depth < 3:
                    loop.queue_microtask(lambda: microtask(depth + 1))

            loop.set_timeout(lambda: loop.queue_microtask(lambda: microtask(1)), 5)
            loop.set_timeout(lambda: log("timer"), 5)

        self.expect(main, ["microtask 1", "microtask 2", "microtask 3", "timer"])

    def test_ticks_of_ticks(self):
        """runs ticks of ticks before the microtasks"""

        def main(loop, log):
            def tick():
                log("tick")
                loop.next_tick(lambda: log("tick of tick"))

            loop.queue_microtask(lambda: log("microtask"))
            loop.next_tick(tick)

        self.expect(main, ["tick", "tick of tick", "microtask"])

    def test_tick_of_microtask(self):
        """empties the microtasks before it runs a tick that one of them has added"""

        def main(loop, log):
            def tick():
                log("tick")
                loop.queue_microtask(lambda: log("microtask of tick"))

            def microtask():
                log("microtask 1")
                loop.next_tick(tick)
                loop.queue_microtask(lambda: log("microtask of microtask 1"))

            loop.queue_microtask(microtask)
            loop.queue_microtask(lambda: log("microtask 2"))
            loop.set_immediate(lambda: log("immediate"))

        self.expect(
            main,
            ["microtask 1", "microtask 2", "microtask of microtask 1", "tick", "microtask of tick", "immediate"],
        )

    def test_timer_of_microtask(self):
        """stays alive for a timer that a microtask sets"""

        def main(loop, log):
            loop.queue_microtask(lambda: loop.set_timeout(lambda: log(f"timer at {loop.now()}"), 3))

        self.expect(main, ["timer at 3"])


class Rejections(LoopTest):
    """4. Report rejections that nobody handles"""

    def test_reports(self):
        """reports rejections without a handler once, in their order"""

        def main(loop, log):
            loop.reject("a")
            loop.reject("b")
            loop.set_timeout(lambda: log("timer"), 1)

        self.expect(main, ["unhandled a", "unhandled b", "timer"])

    def test_reason(self):
        """passes on the reason itself, whatever it is"""
        reasons = []
        loop = MiniLoop(on_unhandled=reasons.append)
        for reason in (None, {"code": 404}, None):
            loop.reject(reason)
        loop.run()
        self.assertEqual(reasons, [None, {"code": 404}, None])

    def test_without_option(self):
        """works without on_unhandled"""
        loop, reasons = MiniLoop(), []
        loop.reject("a")
        loop.reject("b").handle(reasons.append)
        loop.run()
        self.assertEqual(reasons, ["b"])

    def test_handler_is_microtask(self):
        """calls a handler as a microtask, after the ticks"""

        def main(loop, log):
            loop.reject("a").handle(lambda reason: log(f"handled {reason}"))
            loop.next_tick(lambda: log("tick"))
            log("main")

        self.expect(main, ["main", "tick", "handled a"])

    def test_handled_in_time(self):
        """does not report a rejection that is handled before the drain has ended"""
        places = {
            "the same callback": lambda loop, attach: attach(),
            "a tick": lambda loop, attach: loop.next_tick(attach),
            "a microtask": lambda loop, attach: loop.queue_microtask(attach),
            "a tick of a microtask": lambda loop, attach: loop.queue_microtask(lambda: loop.next_tick(attach)),
        }
        for place, later in places.items():

            def main(loop, log):
                def callback():
                    rejection = loop.reject("a")
                    later(loop, lambda: rejection.handle(lambda reason: log("handled")))

                loop.set_timeout(callback, 5)
                loop.set_timeout(lambda: log("timer"), 5)

            self.expect(main, ["handled", "timer"], f"handled in {place}")

    def test_handled_late(self):
        """reports a rejection before the next callback, and still calls a handler that comes later"""

        def main(loop, log):
            def callback():
                rejection = loop.reject("a")
                loop.set_immediate(lambda: rejection.handle(lambda reason: log("handled late")))

            loop.set_immediate(callback)
            loop.set_immediate(lambda: log("immediate"))

        self.expect(main, ["unhandled a", "immediate", "handled late"])

    def test_rejected_by_microtask(self):
        """reports a rejection that a microtask makes"""

        def main(loop, log):
            loop.queue_microtask(lambda: loop.reject("a"))
            loop.queue_microtask(lambda: log("microtask"))
            loop.set_immediate(lambda: log("immediate"))

        self.expect(main, ["microtask", "unhandled a", "immediate"])

    def test_report_adds_tick(self):
        """goes on draining when a report adds nothing but a tick"""
        log = []
        loop = MiniLoop(on_unhandled=lambda reason: loop.next_tick(lambda: log.append(f"tick after {reason}")))
        loop.set_immediate(lambda: log.append("immediate"))
        loop.reject("a")
        loop.run()
        self.assertEqual(log, ["tick after a", "immediate"])

    def test_report_adds_microtask(self):
        """goes on draining when a report adds a microtask that rejects"""
        log = []

        def microtask(reason):
            log.append(f"microtask after {reason}")
            if reason == "a":
                loop.reject("b")

        def on_unhandled(reason):
            log.append(f"unhandled {reason}")
            loop.queue_microtask(lambda: microtask(reason))

        loop = MiniLoop(on_unhandled=on_unhandled)
        loop.set_immediate(lambda: log.append("immediate"))
        loop.reject("a")
        loop.run()
        self.assertEqual(
            log, ["unhandled a", "microtask after a", "unhandled b", "microtask after b", "immediate"]
        )


class Counter:
    """Counts calls, and ends a drain that nothing else ends."""

    def __init__(self):
        self.calls = 0

    def __call__(self):
        self.calls += 1
        if self.calls > 1_500:
            raise AssertionError("the drain went on beyond its limit")


class End(LoopTest):
    """5. Know when to end, and when to give up"""

    def test_unreferenced(self):
        """ends when only unreferenced timers are left"""
        loop, log = MiniLoop(), []
        loop.set_timeout(lambda: log.append("unreferenced"), 20).unref()
        loop.set_timeout(lambda: log.append("referenced"), 10)
        loop.run()
        self.assertEqual(log, ["referenced"])
        self.assertEqual(loop.now(), 10, "the time at the end")

    def test_unreferenced_runs(self):
        """runs an unreferenced timer while something else keeps the loop alive"""

        def main(loop, log):
            loop.set_timeout(lambda: log(f"unreferenced at {loop.now()}"), 5).unref()
            loop.set_timeout(lambda: log(f"referenced at {loop.now()}"), 10)

        self.expect(main, ["unreferenced at 5", "referenced at 10"])

    def test_between_turns(self):
        """ends between turns, not inside one"""

        def main(loop, log):
            loop.set_timeout(lambda: log("referenced"), 5)
            loop.set_timeout(lambda: log("unreferenced, due in the same phase"), 5).unref()

        self.expect(main, ["referenced", "unreferenced, due in the same phase"])

    def test_unref_meanwhile(self):
        """stays alive for an immediate, but not for what is unreferenced after it"""

        def main(loop, log):
            def immediate():
                log("immediate")
                timer.unref()

            timer = loop.set_timeout(lambda: log("timer"), 5)
            loop.set_immediate(immediate)

        self.expect(main, ["immediate"])

    def starve(self, main, expected, message, **options):
        """Runs a loop that should starve, and compares how often the counter was called."""
        loop, count = MiniLoop(**options), Counter()
        main(loop, count)
        with self.assertRaises(StarvationError):
            loop.run()
        self.assertEqual(count.calls, expected, message)

    def endless(self, queue_of):
        def main(loop, count):
            def again():
                count()
                queue_of(loop)(again)

            loop.set_immediate(again)

        self.starve(main, 51, "calls: 1 immediate, and 50 in its drain", drain_limit=50)

    def test_endless_microtasks(self):
        """raises a StarvationError when a microtask queues itself forever"""
        self.endless(lambda loop: loop.queue_microtask)

    def test_endless_ticks(self):
        """raises a StarvationError when a tick queues itself forever"""
        self.endless(lambda loop: loop.next_tick)

    def test_each_other(self):
        """raises a StarvationError when a tick and a microtask add each other forever"""

        def main(loop, count):
            def tick():
                count()
                loop.queue_microtask(microtask)

            def microtask():
                count()
                loop.next_tick(tick)

            loop.next_tick(tick)

        self.starve(main, 50, "ticks and microtasks that ran, with a limit of 50", drain_limit=50)

    def test_default_limit(self):
        """allows 1,000 in a drain unless told otherwise"""

        def main(loop, count):
            def again():
                count()
                loop.queue_microtask(again)

            again()

        self.starve(main, 1_001, "calls: 1 by hand, and 1,000 in the drain")

    def test_exactly(self):
        """accepts a drain of exactly drain_limit"""
        loop, count = MiniLoop(drain_limit=6), Counter()
        for _ in range(3):
            loop.next_tick(count)
            loop.queue_microtask(count)
        loop.run()
        self.assertEqual(count.calls, 6)

    def test_each_drain(self):
        """counts from zero in each drain"""
        loop, count = MiniLoop(drain_limit=3), Counter()

        def callback():
            loop.next_tick(count)
            loop.queue_microtask(count)

        for _ in range(5):
            loop.set_immediate(callback)
        loop.run()
        self.assertEqual(count.calls, 10, "5 drains of 2, with a limit of 3")


# The programs of programs.py.


async def queues(log):
    async def task():
        log("task")

    loop = asyncio.get_running_loop()
    loop.call_later(0.01, log, "later")
    started = asyncio.create_task(task())
    loop.call_soon(log, "soon")
    log("main")
    await asyncio.sleep(0.02)
    log(f"main again, task done: {started.done()}")


async def nested(log):
    def first():
        log("first")
        loop.call_soon(log, "from first")

    loop = asyncio.get_running_loop()
    loop.call_soon(first)
    loop.call_soon(log, "second")
    await asyncio.sleep(0.01)


async def timers(log):
    loop = asyncio.get_running_loop()
    loop.call_later(0.02, log, "20 ms")
    loop.call_later(0.01, log, "10 ms")
    loop.call_later(0, log, "0 ms")
    loop.call_soon(log, "soon")
    await asyncio.sleep(0.03)


async def coroutines(log):
    async def load(name):
        log(f"{name} starts")
        await asyncio.sleep(0)
        log(f"{name} ends")

    first = load("first")
    second = asyncio.create_task(load("second"))
    log("main")
    await first
    await second


async def awaiting(log):
    async def say(line):
        log(line)

    task = asyncio.create_task(say("task"))
    log("before")
    await say("coroutine")
    log("between")
    await asyncio.sleep(0)
    log("after")
    await task


async def waking(log):
    async def wait(name):
        await answer
        log(name)

    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    tasks = [asyncio.create_task(wait(name)) for name in ("a", "b")]
    await asyncio.sleep(0)
    loop.call_soon(log, "soon")
    answer.set_result(None)
    log("answered")
    await asyncio.gather(*tasks)
    log("main")


class Predict(unittest.TestCase):
    """6. Predict the real loop"""

    def check(self, program):
        name, printed = program.__name__, []
        asyncio.run(program(printed.append))
        predicted = list(predictions[name])
        pairs = enumerate(zip(printed, predicted))
        right = next((place for place, (line, guess) in pairs if line != guess), min(len(printed), len(predicted)))
        self.assertEqual(
            right, len(printed), f"lines of {name} that are right before the first wrong or missing one"
        )
        self.assertEqual(len(predicted), len(printed), f"lines that {name} prints")

    def test_queues(self):
        """predicts the lines of the program queues"""
        self.check(queues)

    def test_nested(self):
        """predicts the lines of the program nested"""
        self.check(nested)

    def test_timers(self):
        """predicts the lines of the program timers"""
        self.check(timers)

    def test_coroutines(self):
        """predicts the lines of the program coroutines"""
        self.check(coroutines)

    def test_awaiting(self):
        """predicts the lines of the program awaiting"""
        self.check(awaiting)

    def test_waking(self):
        """predicts the lines of the program waking"""
        self.check(waking)


if __name__ == "__main__":
    unittest.main()
