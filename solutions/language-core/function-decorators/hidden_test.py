import asyncio
import gc
import inspect
import unittest
import weakref

from kata import create_quotes, memoize, once, original_of, shipping_cost, store_class, timed, wraps


class Stopwatch:
    """A clock that stands still until `pass_by` moves it, and the reports made so far."""

    def __init__(self):
        self.now = 1_000
        self.reports = []

    def clock(self):
        return self.now

    def pass_by(self, milliseconds):
        self.now += milliseconds

    def report(self, name, milliseconds):
        self.reports.append((name, milliseconds))

    def timed(self, fn):
        return timed(self.clock, self.report)(fn)


async def settle():
    """Lets everything run that waits for nothing but its turn."""
    for _ in range(10):
        await asyncio.sleep(0)


class Failure(Exception):
    pass


class DecoratorTest:
    def expect_untouched_look(self, decorate):
        decorated = decorate(shipping_cost)
        for name in ("__name__", "__qualname__", "__module__", "__doc__"):
            self.assertEqual(
                getattr(decorated, name, None),
                getattr(shipping_cost, name),
                f"{name} of the decorated shipping_cost",
            )
        self.assertEqual(
            str(inspect.signature(decorated)),
            "(grams: int, zone: str) -> int",
            "signature of the decorated shipping_cost",
        )
        self.assertIs(original_of(decorated), shipping_cost, "original_of(the decorated shipping_cost)")


class Time(DecoratorTest, unittest.TestCase):
    """1. Time a function that still looks like itself"""

    def test_wraps(self):
        """gives a wrapper the look of the original, and returns it"""

        def wrapper(*args, **kwargs):
            return shipping_cost(*args, **kwargs)

        self.assertIs(wraps(shipping_cost, wrapper), wrapper, "what wraps returns")
        self.expect_untouched_look(lambda _: wrapper)

    def test_arguments(self):
        """passes the arguments on and returns the result"""
        decorated = Stopwatch().timed(shipping_cost)
        self.assertEqual(decorated(1_200, "domestic"), 9)
        self.assertEqual(decorated(zone="abroad", grams=400), 9, "the arguments given by name")

    def test_reports(self):
        """reports the name and the milliseconds of a call"""
        watch = Stopwatch()

        @watch.timed
        def look_up(milliseconds):
            watch.pass_by(milliseconds)

        look_up(30)
        self.assertEqual(watch.reports, [("look_up", 30)], "reports after a call of 30 ms")
        look_up(5)
        self.assertEqual(watch.reports[1:], [("look_up", 5)], "reports of a second call, of 5 ms")

    def test_reports_failure(self):
        """reports a call that raises, and lets its error through"""
        watch = Stopwatch()
        failure = Failure("no such SKU")

        @watch.timed
        def look_up():
            watch.pass_by(12)
            raise failure

        with self.assertRaises(Failure) as caught:
            look_up()
        self.assertIs(caught.exception, failure)
        self.assertEqual(watch.reports, [("look_up", 12)], "reports after a call that raised after 12 ms")

    def test_method(self):
        """calls a method on the object that it was called on"""
        calls = []
        Store = store_class(Stopwatch().timed, lambda *call: calls.append(call) or 4)
        store = Store("Oslo")
        try:
            answer = store.price("tea")
        except TypeError as error:
            self.fail(f"Store('Oslo').price('tea') raised TypeError: {error}")
        self.assertEqual(answer, 4)
        self.assertEqual(calls, [("Oslo", "tea")], "city and SKU seen by the method of Store('Oslo')")

    def test_look(self):
        """keeps the name and the signature of the function, and the way back to it"""
        self.expect_untouched_look(Stopwatch().timed)

    def test_chain(self):
        """finds the original under three decorators"""
        time = Stopwatch().timed
        decorated = time(time(time(shipping_cost)))
        self.assertIs(original_of(decorated), shipping_cost, "original_of, under three decorators")
        self.assertEqual(decorated.__name__, "shipping_cost", "name, under three decorators")

    def test_undecorated(self):
        """takes a function that was never decorated for its own original"""
        self.assertIs(original_of(shipping_cost), shipping_cost)


class TimeAsync(unittest.IsolatedAsyncioTestCase):
    """2. Time a promise until it settles"""

    def start(self, watch, answer):
        @watch.timed
        async def fetch_price():
            return await answer

        return asyncio.ensure_future(fetch_price())

    async def test_returns(self):
        """reports a coroutine once, when it returns"""
        watch = Stopwatch()
        answer = asyncio.get_running_loop().create_future()
        call = self.start(watch, answer)
        await settle()
        self.assertEqual(watch.reports, [], "reports while the coroutine waits")
        watch.pass_by(40)
        answer.set_result("4.50")
        self.assertEqual(await call, "4.50")
        self.assertEqual(watch.reports, [("fetch_price", 40)], "reports after a coroutine that took 40 ms")

    async def test_raises(self):
        """reports a coroutine that raises, and lets its error through"""
        watch = Stopwatch()
        answer = asyncio.get_running_loop().create_future()
        failure = Failure("connection reset")
        call = self.start(watch, answer)
        await settle()
        watch.pass_by(25)
        answer.set_exception(failure)
        with self.assertRaises(Failure) as caught:
            await call
        self.assertIs(caught.exception, failure)
        self.assertEqual(watch.reports, [("fetch_price", 25)], "reports after an error at 25 ms")

    async def test_cancelled(self):
        """reports a coroutine that is cancelled"""
        watch = Stopwatch()
        call = self.start(watch, asyncio.get_running_loop().create_future())
        await settle()
        watch.pass_by(15)
        call.cancel()
        await asyncio.wait([call])
        self.assertTrue(call.cancelled(), "the call that was cancelled ends as cancelled")
        self.assertEqual(watch.reports, [("fetch_price", 15)], "reports after a cancellation at 15 ms")

    async def test_stays_async(self):
        """makes an async function of an async function"""

        async def fetch_price():
            pass

        decorated = Stopwatch().timed(fetch_price)
        self.assertTrue(inspect.iscoroutinefunction(decorated), "iscoroutinefunction of the decorated one")
        self.assertFalse(
            inspect.iscoroutinefunction(Stopwatch().timed(shipping_cost)),
            "iscoroutinefunction of the decorated shipping_cost",
        )


class Once(DecoratorTest, unittest.TestCase):
    """3. Run once for each object"""

    def test_function(self):
        """runs a function a single time, whatever the arguments"""
        calls = []

        @once
        def connect(url):
            calls.append(url)
            return f"connected to {url}"

        self.assertEqual(connect("db-1"), "connected to db-1")
        self.assertEqual(connect("db-2"), "connected to db-1")
        self.assertEqual(connect(url="db-3"), "connected to db-1")
        self.assertEqual(calls, ["db-1"], "calls that reached the function")

    def test_none(self):
        """takes None for a result like any other"""
        calls = []

        @once
        def warm_up():
            calls.append("call")

        warm_up()
        warm_up()
        self.assertEqual(len(calls), 1, "runs of a function that returns None, called twice")

    def test_raises(self):
        """runs again after a call that raised"""
        calls = []

        @once
        def connect():
            calls.append("call")
            if len(calls) == 1:
                raise Failure("refused")
            return "connected"

        with self.assertRaises(Failure):
            connect()
        self.assertEqual([connect(), connect()], ["connected", "connected"])
        self.assertEqual(len(calls), 2, "runs for one call that raised and two that did not")

    def test_method(self):
        """runs a method a single time for each object"""
        calls = []
        Store = store_class(once, lambda city, sku: calls.append(city) or f"price in {city}")
        oslo, lima = Store("Oslo"), Store("Lima")
        for turn in ("first", "second"):
            self.assertEqual(oslo.price("tea"), "price in Oslo", f"{turn} call, Oslo")
            self.assertEqual(lima.price("tea"), "price in Lima", f"{turn} call, Lima")
        self.assertEqual(calls, ["Oslo", "Lima"], "calls that reached the method, two stores, two calls of each")

    def test_property(self):
        """runs a property a single time for each object"""
        loads = []

        class Cart:
            def __init__(self, owner):
                self.owner = owner

            @property
            @once
            def total(self):
                loads.append(self.owner)
                return f"total of {self.owner}"

        ana, ben = Cart("Ana"), Cart("Ben")
        self.assertEqual(
            [ana.total, ben.total, ana.total, ben.total],
            ["total of Ana", "total of Ben", "total of Ana", "total of Ben"],
        )
        self.assertEqual(loads, ["Ana", "Ben"], "loads for two carts, `total` read twice of each")

    def test_lets_go(self):
        """keeps no object alive"""
        Store = store_class(once, lambda city, sku: 4)
        store = Store("Oslo")
        store.price("tea")
        left = weakref.ref(store)
        del store
        gc.collect()
        self.assertIsNone(left(), "a store that was used once and then dropped")

    def test_look(self):
        """keeps the name and the signature of the function, and the way back to it"""
        self.expect_untouched_look(once)


class Basket:
    """Its text says nothing about what is in it."""

    def __repr__(self):
        return "<Basket>"


class Memoize(DecoratorTest, unittest.TestCase):
    """4. Remember the latest results"""

    def test_remembers(self):
        """answers the same arguments from memory"""
        calls = []

        @memoize(max_size=10)
        def convert(amount, currency):
            calls.append((amount, currency))
            return f"{amount} {currency}"

        self.assertEqual(convert(5, "EUR"), "5 EUR")
        self.assertEqual(convert(5, "NOK"), "5 NOK")
        self.assertEqual(convert(5, "EUR"), "5 EUR")
        self.assertEqual(calls, [(5, "EUR"), (5, "NOK")], "calls for (5, EUR), (5, NOK) and (5, EUR)")

    def test_equal(self):
        """takes arguments for the same that are equal and of one type"""
        calls = []

        @memoize(max_size=10)
        def find(*path):
            calls.append(path)

        # Made at run time, so that these are equal, but not one object.
        find("".join(["te", "a"]), tuple([1, 2]), 10**20)
        find("".join(["te", "a"]), tuple([1, 2]), 10**20)
        self.assertEqual(len(calls), 1, "runs for ('tea', (1, 2), 10**20), called twice")

    def test_keywords(self):
        """takes keyword arguments in any order"""
        calls = []

        @memoize(max_size=10)
        def convert(*, amount, currency):
            calls.append((amount, currency))
            return f"{amount} {currency}"

        self.assertEqual(convert(amount=5, currency="EUR"), "5 EUR")
        self.assertEqual(convert(currency="EUR", amount=5), "5 EUR")
        self.assertEqual(len(calls), 1, "runs for (amount=5, currency='EUR'), given in both orders")
        self.assertEqual(convert(amount=5, currency="NOK"), "5 NOK")
        self.assertEqual(convert(amount=6, currency="EUR"), "6 EUR")

    def test_apart(self):
        """keeps different arguments apart"""
        cases = [
            ("f(1) and f('1')", ((1,), {}), (("1",), {})),
            ("f(1) and f(True)", ((1,), {}), ((True,), {})),
            ("f(1) and f(1.0)", ((1,), {}), ((1.0,), {})),
            ("f(n=1) and f(n=True)", ((), {"n": 1}), ((), {"n": True})),
            ("f('a', 'b') and f('a,b')", (("a", "b"), {}), (("a,b",), {})),
            ("f('a', 'b') and f('ab')", (("a", "b"), {}), (("ab",), {})),
            ("f('a', 'b') and f('b', 'a')", (("a", "b"), {}), (("b", "a"), {})),
            ("f((1,), 2) and f((1, 2))", (((1,), 2), {}), (((1, 2),), {})),
            ("f() and f(None)", ((), {}), ((None,), {})),
            ("f(sku='tea') and f(('sku', 'tea'))", ((), {"sku": "tea"}), ((("sku", "tea"),), {})),
            ("f(sku='tea') and f('sku', 'tea')", ((), {"sku": "tea"}), (("sku", "tea"), {})),
            ("two baskets with the same repr", ((Basket(),), {}), ((Basket(),), {})),
        ]
        for title, (args, kwargs), (other_args, other_kwargs) in cases:
            with self.subTest(title):
                calls = []

                @memoize(max_size=10)
                def count(*args, **kwargs):
                    calls.append("call")
                    return len(calls)

                for turn in ("first", "second"):
                    numbers = [count(*args, **kwargs), count(*other_args, **other_kwargs)]
                    self.assertEqual(numbers, [1, 2], f"which run answered, {turn} time of {title}")

    def test_none(self):
        """takes None for a result like any other"""
        calls = []

        @memoize(max_size=10)
        def find(sku):
            calls.append(sku)

        find("tea")
        find("tea")
        self.assertEqual(calls, ["tea"], "runs of a function that returns None, called twice")

    def test_raises(self):
        """runs again after a call that raised"""
        calls = []

        @memoize(max_size=10)
        def find(sku):
            calls.append(sku)
            if len(calls) == 1:
                raise Failure("busy")
            return "found"

        with self.assertRaises(Failure):
            find("tea")
        self.assertEqual([find("tea"), find("tea")], ["found", "found"])
        self.assertEqual(len(calls), 2, "runs for one call that raised and two that did not")

    def test_least_recently_used(self):
        """drops the result that was not used for the longest time"""
        seen = []
        remembered = memoize(max_size=2)(lambda sku: seen.append(sku))
        for sku in ("tea", "milk", "tea", "rice"):
            remembered(sku)
        self.assertEqual(seen, ["tea", "milk", "rice"], "runs for tea, milk, tea, rice with max_size 2")
        remembered("tea")
        self.assertEqual(seen, ["tea", "milk", "rice"], "tea was used after milk, so it stays")
        remembered("milk")
        self.assertEqual(seen, ["tea", "milk", "rice", "milk"], "milk had to leave for rice")

    def test_repeated(self):
        """keeps the other results while one is asked for again and again"""
        seen = []
        remembered = memoize(max_size=2)(lambda sku: seen.append(sku))
        for sku in ("tea", "milk", "milk", "milk", "tea"):
            remembered(sku)
        self.assertEqual(seen, ["tea", "milk"], "runs for tea, milk, milk, milk, tea with max_size 2")

    def test_failure_takes_no_room(self):
        """keeps the other results when a call raises"""
        seen = []

        @memoize(max_size=1)
        def find(sku):
            seen.append(sku)
            if sku == "milk":
                raise Failure("busy")

        find("tea")
        with self.assertRaises(Failure):
            find("milk")
        find("tea")
        self.assertEqual(seen, ["tea", "milk"], "runs for tea, milk (raised), tea with max_size 1")

    def test_key(self):
        """shares a result between calls with the same key"""
        seen = []

        @memoize(max_size=2, key=lambda sku, *, attempt: sku.lower())
        def find(sku, *, attempt):
            seen.append(sku)
            return f"found {sku}"

        self.assertEqual(find("TEA", attempt=1), "found TEA")
        self.assertEqual(find("tea", attempt=2), "found TEA")
        self.assertEqual(find("milk", attempt=3), "found milk")
        self.assertEqual(seen, ["TEA", "milk"], "runs for TEA, tea and milk")

    def test_key_of_method(self):
        """makes the key of a method without its object"""
        seen = []
        remember = memoize(max_size=2, key=lambda *args: seen.append(args))
        store_class(remember, lambda city, sku: 4)("Oslo").price("tea")
        self.assertEqual(seen, [("tea",)], "arguments of `key` for store.price('tea')")

    def test_method(self):
        """keeps the results of one object from another"""
        Store = store_class(memoize(max_size=10), lambda city, sku: f"{sku} in {city}")
        oslo, lima = Store("Oslo"), Store("Lima")
        self.assertEqual(oslo.price("tea"), "tea in Oslo")
        self.assertEqual(lima.price("tea"), "tea in Lima", "the same SKU, asked of another store")

    def test_max_size_of_method(self):
        """keeps max_size results for each object"""
        calls = []
        Store = store_class(memoize(max_size=1), lambda city, sku: calls.append(city))
        oslo, lima = Store("Oslo"), Store("Lima")
        for store in (oslo, lima, oslo, lima):
            store.price("tea")
        self.assertEqual(calls, ["Oslo", "Lima"], "runs for two stores, max_size 1, two calls of each")

    def test_lets_go(self):
        """keeps no object alive"""
        Store = store_class(memoize(max_size=10), lambda city, sku: 4)
        store = Store("Oslo")
        store.price("tea")
        left = weakref.ref(store)
        del store
        gc.collect()
        self.assertIsNone(left(), "a store that was used once and then dropped")

    def test_look(self):
        """keeps the name and the signature of the function, and the way back to it"""
        self.expect_untouched_look(memoize(max_size=10))


class MemoizeAsync(unittest.IsolatedAsyncioTestCase):
    """5. Share a pending promise"""

    async def test_shares(self):
        """calls once when three callers ask before the coroutine is done"""
        calls = []

        @memoize(max_size=10)
        async def load(sku):
            calls.append(sku)
            await asyncio.sleep(0.01)
            return "4.50"

        answers = await asyncio.gather(load("tea"), load("tea"), load("tea"), return_exceptions=True)
        self.assertEqual(answers, ["4.50"] * 3, "what three callers at once get")
        self.assertEqual(calls, ["tea"], "runs for three callers at once")
        self.assertEqual(await load("tea"), "4.50")
        self.assertEqual(calls, ["tea"], "runs after a fourth caller, who came when it was done")

    async def test_stays_async(self):
        """makes an async function of an async function"""

        async def load(sku):
            pass

        decorated = memoize(max_size=10)(load)
        self.assertTrue(inspect.iscoroutinefunction(decorated), "iscoroutinefunction of the decorated one")

    async def test_methods(self):
        """shares the call of a method between callers of the same object only"""
        calls = []

        class Store:
            def __init__(self, city):
                self.city = city

            @memoize(max_size=10)
            async def price(self, sku):
                calls.append(self.city)
                await asyncio.sleep(0.01)
                return f"{sku} in {self.city}"

        oslo, lima = Store("Oslo"), Store("Lima")
        answers = await asyncio.gather(oslo.price("tea"), lima.price("tea"), oslo.price("tea"))
        self.assertEqual(answers, ["tea in Oslo", "tea in Lima", "tea in Oslo"])
        self.assertEqual(calls, ["Oslo", "Lima"], "runs for Oslo, Lima and Oslo at once")

    async def test_failure_is_shared(self):
        """passes an error to every caller who waited for it"""
        failure = Failure("connection reset")
        calls = []

        @memoize(max_size=10)
        async def load(sku):
            calls.append(sku)
            await asyncio.sleep(0.01)
            raise failure

        answers = await asyncio.gather(load("tea"), load("tea"), return_exceptions=True)
        self.assertEqual(answers, [failure, failure], "what two callers at once get")
        self.assertEqual(calls, ["tea"], "runs for two callers at once")

    async def test_failure_is_forgotten(self):
        """calls again after a coroutine that failed"""
        calls = []

        @memoize(max_size=10)
        async def load(sku):
            calls.append(sku)
            await asyncio.sleep(0.01)
            if len(calls) == 1:
                raise Failure("connection reset")
            return "4.50"

        with self.assertRaises(Failure):
            await load("tea")
        await settle()
        [second] = await asyncio.gather(load("tea"), return_exceptions=True)
        self.assertEqual(second, "4.50", "the call after the one that failed")
        self.assertEqual(await load("tea"), "4.50")
        self.assertEqual(len(calls), 2, "runs for a call that failed and two that did not")

    async def test_only_failure_is_forgotten(self):
        """forgets nothing but the call that failed"""
        calls = []

        @memoize(max_size=10)
        async def load(sku):
            calls.append(sku)
            if sku == "milk":
                raise Failure("connection reset")
            return sku

        await load("tea")
        with self.assertRaises(Failure):
            await load("milk")
        await settle()
        await load("tea")
        self.assertEqual(calls, ["tea", "milk"], "runs for tea, milk (failed) and tea")

    async def test_counts_while_pending(self):
        """drops a pending call when another one comes"""
        calls = []

        @memoize(max_size=1)
        async def load(sku):
            calls.append(sku)
            await asyncio.sleep(0.01)
            return sku

        answers = await asyncio.gather(load("tea"), load("milk"), load("tea"))
        self.assertEqual(answers, ["tea", "milk", "tea"])
        self.assertEqual(calls, ["tea", "milk", "tea"], "runs for tea, milk, tea at once with max_size 1")

    async def test_use(self):
        """drops the call that was not used for the longest time"""
        calls = []

        @memoize(max_size=2)
        async def load(sku):
            calls.append(sku)
            return sku

        for sku in ("tea", "milk", "tea", "rice", "tea"):
            self.assertEqual(await load(sku), sku)
        self.assertEqual(calls, ["tea", "milk", "rice"], "runs for tea, milk, tea, rice, tea with max_size 2")

    async def test_key(self):
        """shares a call between callers with the same key"""
        calls = []

        @memoize(max_size=2, key=lambda sku, *, attempt: sku.lower())
        async def load(sku, *, attempt):
            calls.append(sku)
            await asyncio.sleep(0.01)
            return f"price of {sku}"

        answers = await asyncio.gather(load("TEA", attempt=1), load("tea", attempt=2))
        self.assertEqual(answers, ["price of TEA", "price of TEA"], "what TEA and tea get")
        self.assertEqual(calls, ["TEA"], "runs for TEA and tea at once")

    async def test_failure_of_one_that_left(self):
        """keeps the new call when an old one fails that had to leave before"""
        calls = []
        answer = asyncio.get_running_loop().create_future()

        @memoize(max_size=1)
        async def load(sku):
            calls.append(sku)
            if calls == ["tea"]:
                await answer
            return sku

        first = asyncio.ensure_future(load("tea"))
        await settle()
        await load("milk")
        self.assertEqual(await load("tea"), "tea")
        answer.set_exception(Failure("connection reset"))
        with self.assertRaises(Failure):
            await first
        await settle()
        self.assertEqual(await load("tea"), "tea")
        self.assertEqual(
            calls,
            ["tea", "milk", "tea"],
            "runs for tea, milk, tea and tea with max_size 1, the first tea failing before the last",
        )

    async def test_cancelled_caller(self):
        """goes on for the others when a caller is cancelled"""
        calls = []

        @memoize(max_size=10)
        async def load(sku):
            calls.append(sku)
            await asyncio.sleep(0.01)
            return "4.50"

        first, second = asyncio.ensure_future(load("tea")), asyncio.ensure_future(load("tea"))
        await settle()
        first.cancel()
        await asyncio.wait([first, second])
        self.assertTrue(first.cancelled(), "the caller who was cancelled ends as cancelled")
        self.assertFalse(second.cancelled(), "the other caller was cancelled, too")
        self.assertEqual(second.result(), "4.50")
        self.assertEqual(calls, ["tea"], "runs for two callers, the first of them cancelled")


class Stack(unittest.TestCase):
    """6. Stack two decorators"""

    def quotes(self):
        watch = Stopwatch()
        loads = []

        def load(what, sku):
            loads.append((what, sku))
            return len(f"{what} of {sku}")

        return create_quotes(load, watch.clock, watch.report), loads, watch.reports

    def test_price(self):
        """reports every call of price"""
        quotes, loads, reports = self.quotes()
        for sku in ("tea", "tea", "milk", "tea"):
            quotes.price(sku)
        self.assertEqual(loads, [("price", "tea"), ("price", "milk")], "loads for tea, tea, milk, tea")
        self.assertEqual(reports, [("price", 0)] * 4, "reports for tea, tea, milk, tea")

    def test_stock(self):
        """reports only the calls of stock that load"""
        quotes, loads, reports = self.quotes()
        for sku in ("tea", "tea", "milk", "tea"):
            quotes.stock(sku)
        self.assertEqual(loads, [("stock", "tea"), ("stock", "milk")], "loads for tea, tea, milk, tea")
        self.assertEqual(reports, [("stock", 0)] * 2, "reports for tea, tea, milk, tea")

    def test_two_skus(self):
        """remembers two SKUs for each of the methods"""
        for what in ("price", "stock"):
            quotes, loads, _ = self.quotes()
            for sku in ("tea", "milk", "rice", "milk", "tea"):
                getattr(quotes, what)(sku)
            self.assertEqual(
                [sku for _, sku in loads],
                ["tea", "milk", "rice", "tea"],
                f"loads of {what} for tea, milk, rice, milk, tea",
            )

    def test_objects(self):
        """keeps objects apart below another decorator, too"""
        watch = Stopwatch()
        remember = memoize(max_size=1)
        calls = []
        Store = store_class(
            lambda fn: watch.timed(remember(watch.timed(fn))),
            lambda city, sku: calls.append(city) or f"{sku} in {city}",
        )
        oslo, lima = Store("Oslo"), Store("Lima")
        self.assertEqual(
            [store.price("tea") for store in (oslo, lima, oslo, lima)],
            ["tea in Oslo", "tea in Lima"] * 2,
        )
        self.assertEqual(calls, ["Oslo", "Lima"], "runs for two stores, max_size 1, two calls of each")


if __name__ == "__main__":
    unittest.main()
