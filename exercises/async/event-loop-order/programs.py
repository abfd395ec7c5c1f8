"""Small programs for the event loop of asyncio.

Each is run by `asyncio.run(program(log))`, and prints with `log`, one line a call.
"""

import asyncio
from collections.abc import Callable

type Log = Callable[[str], None]


async def queues(log: Log) -> None:
    async def task() -> None:
        log("task")

    loop = asyncio.get_running_loop()
    loop.call_later(0.01, log, "later")
    started = asyncio.create_task(task())
    loop.call_soon(log, "soon")
    log("main")
    await asyncio.sleep(0.02)
    log(f"main again, task done: {started.done()}")


async def nested(log: Log) -> None:
    def first() -> None:
        log("first")
        loop.call_soon(log, "from first")

    loop = asyncio.get_running_loop()
    loop.call_soon(first)
    loop.call_soon(log, "second")
    await asyncio.sleep(0.01)


async def timers(log: Log) -> None:
    loop = asyncio.get_running_loop()
    loop.call_later(0.02, log, "20 ms")
    loop.call_later(0.01, log, "10 ms")
    loop.call_later(0, log, "0 ms")
    loop.call_soon(log, "soon")
    await asyncio.sleep(0.03)


async def coroutines(log: Log) -> None:
    async def load(name: str) -> None:
        log(f"{name} starts")
        await asyncio.sleep(0)
        log(f"{name} ends")

    first = load("first")
    second = asyncio.create_task(load("second"))
    log("main")
    await first
    await second


async def awaiting(log: Log) -> None:
    async def say(line: str) -> None:
        log(line)

    task = asyncio.create_task(say("task"))
    log("before")
    await say("coroutine")
    log("between")
    await asyncio.sleep(0)
    log("after")
    await task


async def waking(log: Log) -> None:
    async def wait(name: str) -> None:
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
