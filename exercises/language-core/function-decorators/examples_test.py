import asyncio
import inspect
import unittest

from kata import create_quotes, memoize, once, original_of, shipping_cost, store_class, timed


class Time(unittest.TestCase):
    """1. Time a function that still looks like itself"""

    def test_look(self):
        """keeps the name and the signature of the function, and the way back to it"""
        decorated = timed(lambda: 0, lambda name, milliseconds: None)(shipping_cost)
        self.assertEqual(decorated.__name__, "shipping_cost")
        self.assertEqual(str(inspect.signature(decorated)), "(grams: int, zone: str) -> int")
        self.assertIs(original_of(decorated), shipping_cost)


class TimeAsync(unittest.IsolatedAsyncioTestCase):
    """2. Time a promise until it settles"""

    async def test_reports_once(self):
        """reports a coroutine once, when it returns"""
        now = 0
        reports = []

        @timed(lambda: now, lambda *report: reports.append(report))
        async def fetch_price():
            nonlocal now
            await asyncio.sleep(0)
            now += 40
            return "4.50"

        self.assertEqual(await fetch_price(), "4.50")
        self.assertEqual(reports, [("fetch_price", 40)], "reports after a coroutine that took 40 ms")


class Once(unittest.TestCase):
    """3. Run once for each object"""

    def test_each_object(self):
        """runs a method a single time for each object"""
        calls = []
        Store = store_class(once, lambda city, sku: calls.append(city) or f"price in {city}")
        oslo, lima = Store("Oslo"), Store("Lima")
        for turn in ("first", "second"):
            self.assertEqual(oslo.price("tea"), "price in Oslo", f"{turn} call, Oslo")
            self.assertEqual(lima.price("tea"), "price in Lima", f"{turn} call, Lima")
        self.assertEqual(calls, ["Oslo", "Lima"], "calls that reached the method")


class Memoize(unittest.TestCase):
    """4. Remember the latest results"""

    def test_remembers(self):
        """answers the same arguments from memory"""
        calls = []

        @memoize(max_size=10)
        def convert(amount, currency):
            calls.append((amount, currency))
            return f"{amount} {currency}"

        self.assertEqual([convert(5, "EUR"), convert(5, "EUR")], ["5 EUR", "5 EUR"])
        self.assertEqual(calls, [(5, "EUR")], "calls that reached the function")


class MemoizeAsync(unittest.IsolatedAsyncioTestCase):
    """5. Share a pending promise"""

    async def test_shares(self):
        """calls once when two callers ask before the coroutine is done"""
        calls = []

        @memoize(max_size=10)
        async def load(sku):
            calls.append(sku)
            await asyncio.sleep(0.01)
            return f"price of {sku}"

        self.assertEqual(await asyncio.gather(load("tea"), load("tea")), ["price of tea"] * 2)
        self.assertEqual(calls, ["tea"], "calls that reached the function, for two callers at once")


class Stack(unittest.TestCase):
    """6. Stack two decorators"""

    def test_price(self):
        """reports every call of price"""
        loads = []
        reports = []
        quotes = create_quotes(
            lambda what, sku: loads.append(sku) or 4,
            lambda: 0,
            lambda name, milliseconds: reports.append(name),
        )
        self.assertEqual([quotes.price("tea"), quotes.price("tea")], [4, 4])
        self.assertEqual(loads, ["tea"], "loads for tea and tea")
        self.assertEqual(reports, ["price", "price"], "reports for tea and tea")
