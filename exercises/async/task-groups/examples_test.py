import asyncio
import unittest

from kata import DeadlineError, GroupClosedError, race_first_success, with_deadline, with_task_group


async def until_cancelled():
    """Work that never ends, unless it is cancelled."""
    await asyncio.Event().wait()


class Group(unittest.IsolatedAsyncioTestCase):
    """1. Wait for every task of a group"""

    async def test_results(self):
        """returns what the body makes of the results"""

        async def fetch_user():
            return "Amara"

        async def fetch_orders():
            return [17, 42]

        async def body(group):
            user, orders = group.spawn(fetch_user), group.spawn(fetch_orders)
            return {"user": await user, "orders": await orders}

        self.assertEqual(await with_task_group(body), {"user": "Amara", "orders": [17, 42]})


class Failures(unittest.IsolatedAsyncioTestCase):
    """2. Abort the siblings, and report what really failed"""

    async def test_failure(self):
        """stops a sibling and reports the failure alone"""

        async def reserve():
            raise ValueError("out of stock")

        async def body(group):
            group.spawn(until_cancelled)
            group.spawn(reserve)

        with self.assertRaises(ExceptionGroup) as caught:
            await with_task_group(body)
        self.assertEqual([str(error) for error in caught.exception.exceptions], ["out of stock"])


class Caller(unittest.IsolatedAsyncioTestCase):
    """3. Follow the caller's signal, and refuse late tasks"""

    async def test_late_task(self):
        """refuses a task after the group has ended"""

        async def body(group):
            return group

        group = await with_task_group(body)
        with self.assertRaises(GroupClosedError):
            group.spawn(until_cancelled)


class Deadline(unittest.IsolatedAsyncioTestCase):
    """4. Give work a deadline"""

    async def test_time_is_up(self):
        """cancels the work when its time is up"""
        with self.assertRaises(DeadlineError):
            await with_deadline(0.01, until_cancelled)


class Race(unittest.IsolatedAsyncioTestCase):
    """5. Take the first success"""

    async def test_success(self):
        """takes the value of the replica that answers"""

        async def is_down():
            raise ConnectionError("replica is down")

        async def answers():
            return 1995

        self.assertEqual(await race_first_success([is_down, answers, until_cancelled]), 1995)
