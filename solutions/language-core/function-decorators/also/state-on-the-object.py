# Another style: the state lies on the object itself, in its `__dict__`, where it also dies with it; a method is known by its
# qualified name; the memory is a plain dict that is refilled on use; and pending calls are futures that are settled by hand.

import asyncio
import inspect
import itertools


def wraps(original, wrapper):
    wrapper.__name__ = original.__name__
    wrapper.__qualname__ = original.__qualname__
    wrapper.__module__ = original.__module__
    wrapper.__doc__ = original.__doc__
    wrapper.__signature__ = inspect.signature(original)
    wrapper.made_of = original
    return wrapper


def original_of(fn):
    below = getattr(fn, "made_of", None)
    return fn if below is None else original_of(below)


def timed(clock, report):
    def decorate(fn):
        def finish(start):
            report(fn.__name__, clock() - start)

        async def timed_coroutine(*args, **kwargs):
            start = clock()
            try:
                return await fn(*args, **kwargs)
            except BaseException:
                finish(start)
                start = None
                raise
            finally:
                if start is not None:
                    finish(start)

        def timed_call(*args, **kwargs):
            start = clock()
            try:
                result = fn(*args, **kwargs)
            except BaseException:
                finish(start)
                raise
            finish(start)
            return result

        return wraps(fn, timed_coroutine if inspect.iscoroutinefunction(fn) else timed_call)

    return decorate


_numbers = itertools.count()


def _finder_of_state(fn):
    """Returns what finds the dict that a call may use, and the arguments that remain."""
    *_, scope, _ = ["<locals>", *original_of(fn).__qualname__.split(".")]
    shared = {}
    slot = f"_state_{next(_numbers)}"

    def find(args):
        if scope == "<locals>":
            return shared, args
        return vars(args[0]).setdefault(slot, {}), args[1:]

    return find


def once(fn):
    find = _finder_of_state(fn)

    def first_call(*args, **kwargs):
        state, _ = find(args)
        try:
            return state["result"]
        except KeyError:
            state["result"] = fn(*args, **kwargs)
            return state["result"]

    return wraps(fn, first_call)


class _Argument:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return type(self.value) is type(other.value) and self.value == other.value


def _usual_key(*args, **kwargs):
    named = {name: _Argument(kwargs[name]) for name in sorted(kwargs)}
    return tuple(map(_Argument, args)), tuple(named), tuple(named.values())


def memoize(*, max_size, key=_usual_key):
    def keep(memory, call, result):
        memory[call] = result
        while len(memory) > max_size:
            del memory[next(iter(memory))]

    def decorate(fn):
        find = _finder_of_state(fn)

        def remembered(*args, **kwargs):
            memory, rest = find(args)
            call = key(*rest, **kwargs)
            if call not in memory:
                keep(memory, call, fn(*args, **kwargs))
            result = memory.pop(call)
            memory[call] = result
            return result

        async def remembered_coroutine(*args, **kwargs):
            memory, rest = find(args)
            call = key(*rest, **kwargs)
            if call in memory:
                answer = memory.pop(call)
                memory[call] = answer
            else:
                answer = asyncio.get_running_loop().create_future()
                keep(memory, call, answer)
                running.add(task := asyncio.ensure_future(settle(answer, memory, call, fn(*args, **kwargs))))
                task.add_done_callback(running.discard)
            while not answer.done():
                await asyncio.wait([answer])
            return answer.result()

        running = set()

        async def settle(answer, memory, call, coroutine):
            try:
                answer.set_result(await coroutine)
            except BaseException as error:
                if memory.get(call) is answer:
                    memory.pop(call)
                answer.set_exception(error)

        return wraps(fn, remembered_coroutine if inspect.iscoroutinefunction(fn) else remembered)

    return decorate


def create_quotes(load, clock, report):
    time = timed(clock, report)
    remember = memoize(max_size=2)

    class WarehouseQuotes:
        @time
        @remember
        def price(self, sku):
            return load("price", sku)

        @remember
        @time
        def stock(self, sku):
            return load("stock", sku)

    return WarehouseQuotes()


def shipping_cost(grams: int, zone: str) -> int:
    """Given, as a plain function to try decorators on. Leave it as it is."""
    return -(-grams // 500) * (3 if zone == "domestic" else 9)


def store_class(decorate, lookup):
    class Store:
        def __init__(self, city):
            self.city = city

        @decorate
        def price(self, sku):
            return lookup(self.city, sku)

    return Store
