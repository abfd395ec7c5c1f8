# Another style, that of asyncio itself: body and work run in the caller's own task, which is cancelled when something fails or the
# time is up, and then `uncancel()`ed; the race is built on the group.

import asyncio


class GroupClosedError(Exception):
    pass


class DeadlineError(TimeoutError):
    def __init__(self, seconds):
        super().__init__(f"no answer within {seconds} s")
        self.seconds = seconds


class Group:
    def __init__(self):
        self.caller = asyncio.current_task()
        self.cancelling_before = self.caller.cancelling()
        self.failures = []
        self._tasks = set()
        self._state = "open"
        self._in_body = True
        self._cancelled_caller = False

    def spawn(self, work):
        if self._state == "closed":
            raise GroupClosedError
        if self._state == "stopping":
            raise asyncio.CancelledError
        task = asyncio.create_task(self._run(work))
        self._tasks.add(task)
        task.add_done_callback(self._leave)
        return task

    async def _run(self, work):
        try:
            return await work()
        except Exception as error:
            self.fail(error)
            raise

    def _leave(self, task):
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # Seen here, even if nobody else looks.

    def fail(self, error):
        if all(error is not other for other in self.failures):
            self.failures.append(error)
        if self._state == "open" and self._in_body:
            self._cancelled_caller = True
            self.caller.cancel()
        self.stop()

    def stop(self):
        if self._state == "open":
            self._state = "stopping"
            for task in self._tasks:
                task.cancel()

    async def close(self):
        self._in_body = False
        if self.caller.cancelling() > self.cancelling_before:
            self.stop()  # The body may have overlooked it.
        while self._tasks:
            try:
                await asyncio.wait(self._tasks)
            except asyncio.CancelledError:
                self.stop()
        self._state = "closed"
        if self._cancelled_caller:
            self.caller.uncancel()
        return self.caller.cancelling() > self.cancelling_before


async def with_task_group(body):
    group = Group()
    result = None
    try:
        result = await body(group)
    except asyncio.CancelledError:
        group.stop()
    except Exception as error:
        group._in_body = False
        group.fail(error)
    cancelled = await group.close()
    if group.failures:
        raise ExceptionGroup("the group failed", group.failures)
    if cancelled:
        raise asyncio.CancelledError
    return result


async def with_deadline(seconds, work):
    caller = asyncio.current_task()
    before = caller.cancelling()
    expired = False

    def expire():
        nonlocal expired
        expired = True
        caller.cancel()

    timer = asyncio.get_running_loop().call_later(seconds, expire)
    value = None
    try:
        value = await work()
    except asyncio.CancelledError:
        if not expired:
            raise
    finally:
        timer.cancel()
        if expired:
            caller.uncancel()
    if caller.cancelling() > before:
        raise asyncio.CancelledError
    if expired:
        raise DeadlineError(seconds)
    return value


class _Won(Exception):
    pass


async def race_first_success(works):
    if len(works) == 0:
        raise ValueError("nobody races")
    caller = asyncio.current_task()
    before = caller.cancelling()
    values = []
    errors = {}

    async def attempt(place, work):
        try:
            value = await work()
        except Exception as error:
            errors[place] = error
        else:
            if not values and not asyncio.current_task().cancelling():
                values.append(value)
                raise _Won

    def entrant(place, work):
        return lambda: attempt(place, work)

    async def body(group):
        for place, work in enumerate(works):
            group.spawn(entrant(place, work))

    try:
        await with_task_group(body)
    except* _Won:
        pass
    if caller.cancelling() > before:
        raise asyncio.CancelledError
    if values:
        return values[0]
    raise ExceptionGroup("nobody won", [errors[place] for place in sorted(errors)])
