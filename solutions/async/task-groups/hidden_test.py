import asyncio
import gc
import unittest

from kata import DeadlineError, GroupClosedError, race_first_success, with_deadline, with_task_group


class Failure(Exception):
    pass


async def until_cancelled():
    """Work that never ends, unless it is cancelled."""
    await asyncio.Event().wait()


async def settle():
    """Lets everything run that waits for nothing but its turn."""
    for _ in range(10):
        await asyncio.sleep(0)


def returning(value, after=0.0):
    async def work():
        await asyncio.sleep(after)
        return value

    return work


def failing(error, after=0.0):
    async def work():
        await asyncio.sleep(after)
        raise error

    return work


def cleaning(log, name, error=None):
    """Work that runs until it is cancelled, then cleans up for a while, and ends as cancelled or with the error."""

    async def work():
        log.append(f"{name} starts")
        try:
            await until_cancelled()
        finally:
            await asyncio.sleep(0.01)
            log.append(f"{name} has cleaned up")
            if error:
                raise error

    return work


def stubborn(value, after=0.02):
    """Work that overlooks its cancellation and returns a value all the same."""

    async def work():
        try:
            await until_cancelled()
        except asyncio.CancelledError:
            await asyncio.sleep(after)
        return value

    return work


def spawning(*works):
    """A body that starts tasks and waits for none of them."""

    async def body(group):
        for work in works:
            group.spawn(work)

    return body


class ConcurrencyTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)  # it would note where each step was scheduled

    async def asyncTearDown(self):
        await settle()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        self.assertEqual([task.get_coro().__qualname__ for task in left], [], "tasks that were left behind")

    async def failures_of(self, coroutine):
        with self.assertRaises(ExceptionGroup) as caught:
            await coroutine
        return list(caught.exception.exceptions)

    async def start(self, coroutine):
        """Starts a caller that can be cancelled."""
        caller = asyncio.ensure_future(coroutine)
        await settle()
        return caller

    async def outcome(self, caller):
        """What becomes of a caller: a value, an error, or "cancelled"."""
        await asyncio.wait([caller])
        return "cancelled" if caller.cancelled() else caller.exception() or caller.result()


class Group(ConcurrencyTest):
    """1. Wait for every task of a group"""

    async def test_results(self):
        """returns what the body makes of the results"""

        async def body(group):
            user = group.spawn(returning("Amara", after=0.02))
            orders = group.spawn(returning([17, 42], after=0.01))
            return {"user": await user, "orders": await orders}

        self.assertEqual(await with_task_group(body), {"user": "Amara", "orders": [17, 42]})

    async def test_concurrent(self):
        """runs the tasks side by side"""
        ready = asyncio.Event()

        async def wait_for_the_other():
            await ready.wait()
            return "done"

        async def release():
            ready.set()

        async def body(group):
            waiting = group.spawn(wait_for_the_other)
            group.spawn(release)
            return await waiting

        self.assertEqual(await with_task_group(body), "done")

    async def test_waits(self):
        """waits for tasks that the body does not wait for"""
        log = []

        async def slow():
            await asyncio.sleep(0.02)
            log.append("task has ended")

        async def body(group):
            group.spawn(slow)
            log.append("body has ended")
            return "page"

        self.assertEqual(await with_task_group(body), "page")
        self.assertEqual(log, ["body has ended", "task has ended"])

    async def test_spawned_by_tasks(self):
        """waits for tasks that a task spawns after the body has ended"""
        log = []

        async def child():
            await asyncio.sleep(0.02)
            log.append("child has ended")

        async def body(group):
            async def parent():
                await asyncio.sleep(0.01)
                group.spawn(child)
                log.append("parent has ended")

            group.spawn(parent)
            log.append("body has ended")

        await with_task_group(body)
        self.assertEqual(log, ["body has ended", "parent has ended", "child has ended"])


class Failures(ConcurrencyTest):
    """2. Abort the siblings, and report what really failed"""

    async def test_sibling(self):
        """stops a sibling, waits for its cleanup, and reports the failure alone"""
        log = []
        failure = Failure("out of stock")
        body = spawning(cleaning(log, "user"), failing(failure))
        self.assertEqual(await self.failures_of(with_task_group(body)), [failure])
        self.assertEqual(log, ["user starts", "user has cleaned up"], "what the sibling did before the group ended")

    async def test_stops_the_body(self):
        """stops the body when a task fails"""
        log = []
        failure = Failure("out of stock")

        async def body(group):
            group.spawn(failing(failure, after=0.01))
            await cleaning(log, "body")()

        self.assertEqual(await self.failures_of(with_task_group(body)), [failure])
        self.assertEqual(log, ["body starts", "body has cleaned up"], "what the body did before the group ended")

    async def test_body_fails(self):
        """stops the tasks when the body fails"""
        log = []
        failure = Failure("no template")

        async def body(group):
            group.spawn(cleaning(log, "user"))
            await asyncio.sleep(0.01)
            raise failure

        self.assertEqual(await self.failures_of(with_task_group(body)), [failure])
        self.assertEqual(log, ["user starts", "user has cleaned up"], "what the task did before the group ended")

    async def test_stubborn(self):
        """waits for a task that overlooks its cancellation"""
        failure = Failure("out of stock")
        tasks = []

        async def body(group):
            tasks.append(group.spawn(stubborn("Amara")))
            await asyncio.sleep(0)
            raise failure

        self.assertEqual(await self.failures_of(with_task_group(body)), [failure])
        self.assertTrue(tasks[0].done(), "the stubborn task has ended before the group has")

    async def test_order(self):
        """reports the failures in the order in which they happened, those of a cleanup included"""
        first, rollback, late = Failure("first"), Failure("rollback"), Failure("late")

        async def fails_late():
            try:
                await until_cancelled()
            finally:
                await asyncio.sleep(0.05)
                raise late

        body = spawning(fails_late, cleaning([], "order", error=rollback), until_cancelled, failing(first))
        self.assertEqual(await self.failures_of(with_task_group(body)), [first, rollback, late])

    async def test_passed_on(self):
        """lists an error once that the body and another task pass on"""
        failure = Failure("out of stock")

        async def passes_it_on():
            try:
                await until_cancelled()
            finally:
                raise failure

        async def body(group):
            group.spawn(passes_it_on)
            await group.spawn(failing(failure, after=0.01))

        self.assertEqual(await self.failures_of(with_task_group(body)), [failure])

    async def test_equal_errors(self):
        """lists two errors that look the same"""
        body = spawning(failing(ValueError("busy")), cleaning([], "cleanup", error=ValueError("busy")))
        self.assertEqual(len(await self.failures_of(with_task_group(body))), 2, "failures of two tasks")

    async def test_ignored(self):
        """leaves no error of an ignored task to the event loop"""
        complaints = []
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context["message"]))
        body = spawning(failing(Failure("a")), cleaning([], "b", error=Failure("b")))
        await self.failures_of(with_task_group(body))
        gc.collect()
        await settle()
        self.assertEqual(complaints, [], "what the event loop complained about")

    async def test_caller_goes_on(self):
        """does not cancel the caller when a task fails"""

        async def body(group):
            group.spawn(failing(Failure("out of stock"), after=0.01))
            await until_cancelled()

        await self.failures_of(with_task_group(body))
        await asyncio.sleep(0)
        self.assertEqual(asyncio.current_task().cancelling(), 0, "cancelling() of the caller, after the failure")


class Caller(ConcurrencyTest):
    """3. Follow the caller's signal, and refuse late tasks"""

    async def test_cancelled(self):
        """stops the body and the tasks of a caller who is cancelled, and waits for them"""
        log = []

        async def body(group):
            group.spawn(cleaning(log, "task"))
            await cleaning(log, "body")()

        caller = await self.start(with_task_group(body))
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")
        self.assertEqual(
            sorted(log),
            ["body has cleaned up", "body starts", "task has cleaned up", "task starts"],
            "what body and task did before the group ended",
        )

    async def test_nested(self):
        """stops the tasks of a group within a group"""
        log = []

        async def inner():
            return await with_task_group(spawning(cleaning(log, "inner")))

        caller = await self.start(with_task_group(spawning(inner)))
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")
        self.assertEqual(log, ["inner starts", "inner has cleaned up"])

    async def test_all_went_well(self):
        """ends as cancelled even when all tasks went well"""

        async def body(group):
            group.spawn(stubborn("user"))
            return await stubborn("page")()

        caller = await self.start(with_task_group(body))
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")

    async def test_real_failure(self):
        """reports the real failures of a caller who is cancelled"""
        rollback = Failure("rollback")
        caller = await self.start(with_task_group(spawning(until_cancelled, cleaning([], "order", error=rollback))))
        caller.cancel()
        self.assertEqual(await self.failures_of(caller), [rollback])

    async def test_failure_at_once(self):
        """reports a failure that comes together with the cancellation"""
        failure = Failure("out of stock")
        answer = asyncio.get_running_loop().create_future()

        async def task():
            await answer

        caller = await self.start(with_task_group(spawning(task)))
        answer.set_exception(failure)
        caller.cancel()
        self.assertEqual(await self.failures_of(caller), [failure])

    async def test_cancelled_twice(self):
        """waits on when the caller is cancelled again"""
        log = []

        async def stubborn_task():
            for _ in range(5):
                try:
                    await asyncio.sleep(0.01)
                except asyncio.CancelledError:
                    pass
            log.append("task has ended")

        async def watched():
            try:
                await with_task_group(spawning(stubborn_task))
            finally:
                log.append("group has ended")

        caller = await self.start(watched())
        caller.cancel()
        await asyncio.sleep(0.01)
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")
        self.assertEqual(log, ["task has ended", "group has ended"])

    async def test_spawn_while_cancelling(self):
        """refuses a task while the group is being cancelled"""
        called = []
        refusals = []

        async def late():
            called.append("late")

        async def body(group):
            async def spawns_in_cleanup():
                try:
                    await until_cancelled()
                finally:
                    try:
                        await group.spawn(late)
                    except BaseException as error:
                        refusals.append(type(error))

            group.spawn(spawns_in_cleanup)
            group.spawn(failing(failure))

        failure = Failure("out of stock")
        self.assertEqual(await self.failures_of(with_task_group(body)), [failure])
        self.assertEqual(called, [], "late tasks that were called")
        self.assertEqual(refusals, [asyncio.CancelledError], "what spawn raised")

    async def test_spawn_after_the_end(self):
        """refuses a task after the group has ended, well or not"""
        called = []

        async def late():
            called.append("late")

        for title, error in (("a group that went well", None), ("a group that failed", Failure("out of stock"))):
            groups = []

            async def body(group):
                groups.append(group)
                if error:
                    raise error

            await asyncio.gather(with_task_group(body), return_exceptions=True)
            with self.assertRaises(GroupClosedError, msg=f"spawn on {title}"):
                await groups[0].spawn(late)
            await settle()
            self.assertEqual(called, [], f"late tasks that were called, on {title}")


class Deadline(ConcurrencyTest):
    """4. Give work a deadline"""

    def watch_timers(self):
        """Collects all timers that are set from now on."""
        loop = asyncio.get_running_loop()
        handles = []
        call_at = loop.call_at

        def watched(*args, **kwargs):
            handles.append(call_at(*args, **kwargs))
            return handles[-1]

        loop.call_at = watched
        self.addCleanup(lambda: vars(loop).pop("call_at"))
        return lambda: [
            handle for handle in handles if not handle.cancelled() and handle.when() > loop.time()
        ]

    async def test_in_time(self):
        """returns what work returns in time"""
        self.assertEqual(await with_deadline(0.05, returning("page", after=0.01)), "page")

    async def test_fails_in_time(self):
        """raises what work fails with in time, a time-out of its own included"""
        for error in (Failure("out of stock"), TimeoutError("no connection")):
            with self.assertRaises(type(error)) as caught:
                await with_deadline(0.05, failing(error, after=0.01))
            self.assertIs(caught.exception, error)

    async def test_time_is_up(self):
        """cancels the work when its time is up, and waits for it"""
        log = []
        with self.assertRaises(DeadlineError) as caught:
            await with_deadline(0.01, cleaning(log, "work"))
        self.assertEqual(caught.exception.seconds, 0.01, "seconds of the DeadlineError")
        self.assertEqual(log, ["work starts", "work has cleaned up"], "what the work did before the end")

    async def test_not_earlier(self):
        """cancels the work after the seconds that were given, not earlier"""
        loop = asyncio.get_running_loop()
        start = loop.time()
        with self.assertRaises(DeadlineError):
            await with_deadline(0.125, until_cancelled)
        self.assertGreaterEqual(loop.time() - start, 0.124, "seconds until a deadline of 0.125 s")

    async def test_late_value(self):
        """takes no value that comes after the deadline"""
        with self.assertRaises(DeadlineError):
            await with_deadline(0.01, stubborn("page"))

    async def test_real_error(self):
        """raises a real error of the cleanup"""
        rollback = Failure("rollback")
        with self.assertRaises(Failure) as caught:
            await with_deadline(0.01, cleaning([], "work", error=rollback))
        self.assertIs(caught.exception, rollback)

    async def test_outer_is_shorter(self):
        """ends at the outer deadline when that is the shorter one"""
        log = []

        async def inner():
            return await with_deadline(5, cleaning(log, "work"))

        loop = asyncio.get_running_loop()
        start = loop.time()
        with self.assertRaises(DeadlineError) as caught:
            await with_deadline(0.01, inner)
        self.assertLess(loop.time() - start, 1, "seconds until the end of a deadline of 5 s within one of 0.01 s")
        self.assertEqual(caught.exception.seconds, 0.01, "the deadline that was reported, of 5 s within 0.01 s")
        self.assertEqual(log, ["work starts", "work has cleaned up"])

    async def test_inner_is_shorter(self):
        """ends at the inner deadline when that is the shorter one"""

        async def outer():
            try:
                await with_deadline(0.01, until_cancelled)
            except DeadlineError as error:
                return f"gave up after {error.seconds} s"

        self.assertEqual(await with_deadline(5, outer), "gave up after 0.01 s")

    async def test_cancelled(self):
        """stops the work of a caller who is cancelled, and waits for it"""
        log = []
        loop = asyncio.get_running_loop()
        start = loop.time()
        caller = await self.start(with_deadline(5, cleaning(log, "work")))
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")
        self.assertLess(loop.time() - start, 1, "seconds until the end of work that was cancelled at once")
        self.assertEqual(log, ["work starts", "work has cleaned up"])

    async def test_cancelled_with_value(self):
        """ends as cancelled even when the work returns a value"""
        caller = await self.start(with_deadline(5, stubborn("page")))
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")

    async def test_cancelled_with_error(self):
        """raises a real error to a caller who is cancelled"""
        rollback = Failure("rollback")
        caller = await self.start(with_deadline(5, cleaning([], "work", error=rollback)))
        caller.cancel()
        self.assertEqual(await self.outcome(caller), rollback)

    async def test_cancelled_after_the_deadline(self):
        """ends as cancelled when the caller is cancelled after the deadline has passed"""
        caller = await self.start(with_deadline(0.01, stubborn("page", after=0.05)))
        await asyncio.sleep(0.03)
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")

    async def test_no_timer_left(self):
        """leaves no timer behind"""
        running = self.watch_timers()
        await with_deadline(60, returning("page"))
        await settle()
        self.assertEqual(running(), [], "timers still set after work that returned in time")
        with self.assertRaises(Failure):
            await with_deadline(60, failing(Failure("out of stock")))
        await settle()
        self.assertEqual(running(), [], "timers still set after work that failed in time")
        caller = await self.start(with_deadline(60, until_cancelled))
        caller.cancel()
        await self.outcome(caller)
        await settle()
        self.assertEqual(running(), [], "timers still set after a caller who was cancelled")


class Race(ConcurrencyTest):
    """5. Take the first success"""

    async def test_first(self):
        """takes the value of the first success, and waits for the cleanup of the losers"""
        log = []
        works = [cleaning(log, "slow"), returning("fast", after=0.01), until_cancelled]
        self.assertEqual(await race_first_success(works), "fast")
        self.assertEqual(log, ["slow starts", "slow has cleaned up"], "what a loser did before the end")

    async def test_falsy(self):
        """takes None for a value like any other"""
        self.assertIsNone(await race_first_success([until_cancelled, returning(None)]))

    async def test_failure_stops_nobody(self):
        """goes on after a failure"""
        works = [failing(Failure("replica is down")), returning(1995, after=0.02)]
        self.assertEqual(await race_first_success(works), 1995)

    async def test_losers(self):
        """takes the value of the winner however the others end"""
        works = [stubborn("late"), cleaning([], "eu", error=Failure("rollback")), returning("fast", after=0.01)]
        self.assertEqual(await race_first_success(works), "fast")

    async def test_all_fail(self):
        """raises the errors of all works in the order of the works"""
        errors = [Failure("slow"), Failure("fast"), Failure("medium")]
        works = [failing(error, after) for error, after in zip(errors, (0.03, 0.01, 0.02))]
        self.assertEqual(await self.failures_of(race_first_success(works)), errors)

    async def test_same_error(self):
        """lists an error for each work, also when two fail with the same one"""
        failure = Failure("no network")
        self.assertEqual(await self.failures_of(race_first_success([failing(failure)] * 2)), [failure] * 2)

    async def test_none(self):
        """refuses a race without works"""
        with self.assertRaises(ValueError):
            await race_first_success([])

    async def test_cancelled(self):
        """ends as cancelled, however the works of a cancelled caller end"""
        log = []
        endings = {
            "works that stop": [cleaning(log, "eu"), until_cancelled],
            "works that fail in their cleanup": [cleaning([], "eu", error=Failure("rollback"))],
            "a work that returns a value": [stubborn("late"), until_cancelled],
        }
        for title, works in endings.items():
            caller = await self.start(race_first_success(works))
            caller.cancel()
            self.assertEqual(await self.outcome(caller), "cancelled", title)
        self.assertEqual(log, ["eu starts", "eu has cleaned up"])

    async def test_cancelled_after_the_success(self):
        """ends as cancelled when the caller is cancelled after a success"""
        caller = await self.start(race_first_success([returning("fast"), stubborn("late", after=0.05)]))
        await asyncio.sleep(0.01)
        caller.cancel()
        self.assertEqual(await self.outcome(caller), "cancelled")


if __name__ == "__main__":
    unittest.main()
