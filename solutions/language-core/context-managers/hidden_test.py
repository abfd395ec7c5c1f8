import ast
import inspect
import tempfile
import unittest
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType

import kata
from kata import ExitStack, ManagerError, atomic_write, context_manager, open_all, transaction


class Recorder:
    """A manager that writes into a log and has no opinion about errors."""

    def __init__(self, name: str, log: list[str]) -> None:
        self._name = name
        self._log = log

    def __enter__(self) -> str:
        self._log.append(f"enter {self._name}")
        return f"resource {self._name}"

    def __exit__(self, *_: object) -> None:
        self._log.append(f"exit {self._name}")


class Handler:
    """A manager whose exit does what `answer` does, and which remembers what it received."""

    def __init__(self, answer: Callable[[], object] = lambda: None) -> None:
        self._answer = answer
        self.received: list[tuple[object, object, object]] = []

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> object:
        self.received.append((kind, error, traceback))
        return self._answer()

    @property
    def errors(self) -> list[object]:
        return [error for _, error, _ in self.received]


class Broken:
    """A manager that cannot be entered."""

    def __init__(self, failure: BaseException) -> None:
        self._failure = failure
        self.exits = 0

    def __enter__(self) -> str:
        raise self._failure

    def __exit__(self, *_: object) -> None:
        self.exits += 1


class Interrupted(BaseException):
    """Like a KeyboardInterrupt: no Exception."""


def raising(error: BaseException) -> Callable[[], None]:
    def throw() -> None:
        raise error

    return throw


def chain_of(error: BaseException | None) -> list[BaseException]:
    """An error and the contexts that it leads to; a chain that bites its own tail is cut."""
    chain: list[BaseException] = []
    while error is not None and len(chain) < 9:
        chain.append(error)
        error = error.__context__
    return chain


def leave(manager: object, error: BaseException | None = None) -> object:
    """Calls the exit of a manager as a `with` statement does."""
    if error is None:
        return type(manager).__exit__(manager, None, None, None)
    return type(manager).__exit__(manager, type(error), error, error.__traceback__)


class StackTest(unittest.TestCase):
    def error_of(self, what: str, work: Callable[[], object]) -> BaseException:
        """What `work` raises; `what` says what it does."""
        try:
            work()
        except BaseException as error:
            return error
        self.fail(f"{what} raised nothing, expected an error")


class CleanUpInReverse(StackTest):
    """1. Clean up in reverse"""

    def test_own_work(self) -> None:
        """does not import contextlib"""
        imported = {
            name.partition(".")[0]
            for node in ast.walk(ast.parse(inspect.getsource(kata)))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
        }
        self.assertNotIn("contextlib", imported, "the modules that kata.py imports")

    def test_not_before(self) -> None:
        """runs nothing before the stack is closed"""
        log: list[str] = []
        stack = ExitStack()
        stack.callback(lambda: log.append("socket"))
        self.assertEqual(log, [], "a cleanup that is planned and not due")
        stack.close()
        self.assertEqual(log, ["socket"], "a cleanup that was planned, after close")

    def test_order(self) -> None:
        """runs the latest cleanup first"""
        log: list[str] = []
        stack = ExitStack()
        for name in ("socket", "file", "lock"):
            stack.callback(lambda name=name: log.append(name))
        stack.close()
        self.assertEqual(log, ["lock", "file", "socket"], "cleanups planned as socket, file, lock")

    def test_twice(self) -> None:
        """does nothing when it is closed a second time"""
        log: list[str] = []
        stack = ExitStack()
        stack.callback(lambda: log.append("socket"))
        stack.close()
        stack.close()
        self.assertEqual(log, ["socket"], "a cleanup on a stack closed twice")

    def test_failing_cleanup(self) -> None:
        """runs all cleanups and then raises the error of the one that failed"""
        log: list[str] = []
        failure = OSError("lock is stale")
        stack = ExitStack()
        stack.callback(lambda: log.append("socket"))
        stack.callback(raising(failure))
        stack.callback(lambda: log.append("file"))
        self.assertIs(self.error_of("close", stack.close), failure)
        self.assertEqual(log, ["file", "socket"], "cleanups beside one that raises")

    def test_interrupted_cleanup(self) -> None:
        """runs all cleanups when one is interrupted, by an error that is no Exception"""
        log: list[str] = []
        interrupt = Interrupted()
        stack = ExitStack()
        stack.callback(lambda: log.append("socket"))
        stack.callback(raising(interrupt))
        self.assertIs(self.error_of("close", stack.close), interrupt)
        self.assertEqual(log, ["socket"], "the cleanup below one that raises a BaseException")

    def test_with(self) -> None:
        """is closed by a with statement"""
        log: list[str] = []
        stack = ExitStack()
        with stack as given:
            stack.callback(lambda: log.append("socket"))
            stack.callback(lambda: log.append("file"))
            log.append("end of block")
        self.assertIs(given, stack, "what `with stack as given` gives")
        self.assertEqual(log, ["end of block", "file", "socket"], "order of the block and its cleanups")


class RunABody(StackTest):
    """2. Run a body among managers"""

    def test_resource(self) -> None:
        """hands out the resource of a manager that it enters"""
        self.assertEqual(ExitStack().enter(Recorder("db", [])), "resource db")

    def test_one_order(self) -> None:
        """exits managers and runs cleanups in one order, the latest first"""
        log: list[str] = []
        stack = ExitStack()
        stack.enter(Recorder("db", log))
        stack.callback(lambda: log.append("cleanup"))
        stack.enter(Recorder("file", log))
        stack.close()
        self.assertEqual(log, ["enter db", "enter file", "exit file", "cleanup", "exit db"], "what happened")

    def test_after_the_block(self) -> None:
        """releases everything after the block"""
        log: list[str] = []
        with ExitStack() as stack:
            stack.enter(Recorder("db", log))
            stack.enter(Recorder("file", log))
            log.append("block")
        self.assertEqual(log, ["enter db", "enter file", "block", "exit file", "exit db"], "what happened")

    def test_no_error(self) -> None:
        """tells exit that there is no error after a block that ended"""
        manager = Handler()
        with ExitStack() as stack:
            stack.enter(manager)
        self.assertEqual(manager.received, [(None, None, None)], "what exit received")

    def test_error(self) -> None:
        """releases everything and raises the error of a block that raised"""
        failure = LookupError("no such order")
        first, second = Handler(), Handler(lambda: False)

        def work() -> None:
            with ExitStack() as stack:
                stack.enter(first)
                stack.enter(second)
                raise failure

        self.assertIs(self.error_of("the with statement", work), failure)
        for name, manager in [("latest", second), ("first", first)]:
            self.assertEqual(manager.errors, [failure], f"errors received by the {name} exit")
            kind, _, traceback = manager.received[0]
            self.assertIs(kind, LookupError, f"the type of the error, received by the {name} exit")
            self.assertIsInstance(traceback, TracebackType, f"the traceback received by the {name} exit")

    def test_broken_manager(self) -> None:
        """does not exit a manager that could not be entered"""
        log: list[str] = []
        failure = OSError("too many connections")
        broken = Broken(failure)

        def work() -> None:
            with ExitStack() as stack:
                stack.enter(Recorder("db", log))
                stack.enter(Recorder("file", log))
                stack.enter(broken)
                log.append("block")

        self.assertIs(self.error_of("the with statement", work), failure)
        self.assertEqual(log, ["enter db", "enter file", "exit file", "exit db"], "what happened")
        self.assertEqual(broken.exits, 0, "exits of the manager that could not be entered")


class DecideWhatBecomesOfAnError(StackTest):
    """3. Decide what becomes of an error"""

    def setUp(self) -> None:
        self.failure = LookupError("no such order")

    def run_block(self, *managers: object) -> Callable[[], None]:
        """A `with` statement that enters the managers, plans the callbacks among them, and fails."""

        def work() -> None:
            with ExitStack() as stack:
                for manager in managers:
                    if callable(manager):
                        stack.callback(manager)
                    else:
                        stack.enter(manager)
                raise self.failure

        return work

    def test_handled(self) -> None:
        """goes on after the block when an exit handled the error"""
        for answer in (True, 1, "handled"):
            try:
                self.run_block(Handler(lambda answer=answer: answer))()
            except LookupError:
                self.fail(f"the error was raised, although an exit returned {answer!r}")

    def test_not_handled(self) -> None:
        """raises the error when every exit returned a false value"""
        for answer in (None, False, 0):
            work = self.run_block(Handler(lambda answer=answer: answer))
            self.assertIs(self.error_of(f"a with statement whose exit returned {answer!r}", work), self.failure)

    def test_below(self) -> None:
        """tells the exits below that the error was handled"""
        first, second, third = Handler(), Handler(lambda: True), Handler()
        self.run_block(first, second, third)()
        self.assertEqual(third.errors, [self.failure], "the exit above the one that handled it")
        self.assertEqual(second.errors, [self.failure], "the exit that handled it")
        self.assertEqual(first.received, [(None, None, None)], "the exit below the one that handled it")

    def test_answer(self) -> None:
        """answers the with statement instead of raising the error of the block again"""
        for name, manager, handled in [
            ("no exit handled the error", Handler(), False),
            ("an exit handled the error", Handler(lambda: True), True),
        ]:
            stack = ExitStack()
            stack.enter(manager)
            try:
                answer = leave(stack, self.failure)
            except LookupError:
                self.fail("__exit__ raised the error that it had received, where it should return a false value")
            self.assertEqual(bool(answer), handled, f"whether __exit__ returned a true value when {name}")

    def test_callback(self) -> None:
        """handles nothing when a cleanup returns true"""
        work = self.run_block(lambda: True)
        self.assertIs(self.error_of("a with statement whose cleanup returned True", work), self.failure)

    def test_late_error(self) -> None:
        """keeps the error of the block when a cleanup fails after it"""
        log: list[str] = []
        late = OSError("disk full")
        raised = self.error_of("the with statement", self.run_block(lambda: log.append("socket"), raising(late)))
        self.assertEqual(chain_of(raised), [late, self.failure], "the error and its contexts, the latest first")
        self.assertEqual(log, ["socket"], "the cleanup below the one that failed")

    def test_later_error(self) -> None:
        """chains every further error to those before it"""
        late, later = OSError("disk full"), ConnectionError("connection lost")
        raised = self.error_of(
            "the with statement", self.run_block(Handler(raising(later)), Handler(raising(late)))
        )
        self.assertEqual(chain_of(raised), [later, late, self.failure], "the error and its contexts, the latest first")

    def test_no_cause(self) -> None:
        """names no error as the cause of another one, and suppresses none"""
        late, later = OSError("disk full"), ConnectionError("connection lost")
        raised = self.error_of("the with statement", self.run_block(raising(later), raising(late)))
        self.assertIs(raised, later, "the error that the with statement raised")
        for error in (later, late, self.failure):
            self.assertIsNone(error.__cause__, f"the __cause__ of {error!r}")
            self.assertFalse(error.__suppress_context__, f"the __suppress_context__ of {error!r}")

    def test_close(self) -> None:
        """chains the errors of cleanups on close"""
        first, second, third = OSError("disk full"), ConnectionError("connection lost"), ValueError("no lock")
        stack = ExitStack()
        for error in (third, second, first):
            stack.callback(raising(error))
        raised = self.error_of("close", stack.close)
        self.assertEqual(chain_of(raised), [third, second, first], "the error and its contexts, the latest first")

    def test_received_below(self) -> None:
        """hands the latest error to the exits below, chained"""
        late = OSError("disk full")
        manager = Handler(lambda: True)
        self.run_block(manager, raising(late))()
        self.assertEqual(manager.errors, [late], "errors received by the exit below")
        self.assertIs(manager.received[0][0], OSError, "the type of the error received by the exit below")
        self.assertEqual(chain_of(late), [late, self.failure], "the error and its contexts, the latest first")

    def test_handled_on_close(self) -> None:
        """lets an exit handle the error of a cleanup on close"""
        manager = Handler(lambda: True)
        late = OSError("disk full")
        stack = ExitStack()
        stack.enter(manager)
        stack.callback(raising(late))
        try:
            stack.close()
        except OSError:
            self.fail("close raised the error of a cleanup, although an exit below returned True")
        self.assertEqual(manager.errors, [late], "errors received by the exit below")


class HandTheCleanupsOver(StackTest):
    """4. Hand the cleanups over"""

    def test_move(self) -> None:
        """moves everything to the new stack"""
        log: list[str] = []
        stack = ExitStack()
        stack.callback(lambda: log.append("socket"))
        stack.enter(Recorder("file", log))
        successor = stack.pop_all()
        stack.close()
        self.assertEqual(log, ["enter file"], "after closing the stack that was emptied")
        successor.close()
        self.assertEqual(log, ["enter file", "exit file", "socket"], "after closing the new stack")

    def test_planned_later(self) -> None:
        """keeps cleanups apart that are planned after the move"""
        log: list[str] = []
        stack = ExitStack()
        stack.callback(lambda: log.append("moved"))
        successor = stack.pop_all()
        stack.callback(lambda: log.append("planned later"))
        successor.close()
        self.assertEqual(log, ["moved"], "after closing the new stack")
        stack.close()
        self.assertEqual(log, ["moved", "planned later"], "after closing both stacks")

    def test_open_all(self) -> None:
        """leaves the resources of open_all open until their stack is closed"""
        log: list[str] = []
        resources, stack = open_all([Recorder("db", log), Recorder("file", log)])
        self.assertEqual(resources, ["resource db", "resource file"], "the resources")
        self.assertEqual(log, ["enter db", "enter file"], "after open_all")
        stack.close()
        self.assertEqual(log, ["enter db", "enter file", "exit file", "exit db"], "after closing the stack")

    def test_half_opened(self) -> None:
        """releases what open_all had entered when one manager fails"""
        log: list[str] = []
        failure = OSError("too many connections")
        broken = Broken(failure)
        managers = [Recorder("db", log), Recorder("file", log), broken, Recorder("lock", log)]
        self.assertIs(self.error_of("open_all", lambda: open_all(managers)), failure)
        self.assertEqual(
            log, ["enter db", "enter file", "exit file", "exit db"], "when the third of four managers fails"
        )
        self.assertEqual(broken.exits, 0, "exits of the manager that could not be entered")


class WriteAManagerAsAGenerator(StackTest):
    """5. Write a manager as a generator"""

    def test_steps(self) -> None:
        """runs up to the yield on enter, and the rest on exit"""
        log: list[str] = []

        @context_manager
        def lease(name: str, *, seconds: int) -> Generator[str]:
            log.append("acquire")
            yield f"{name} for {seconds} s"
            log.append("release")

        manager = lease("lock", seconds=30)
        self.assertEqual(log, [], "before enter")
        with manager as resource:
            self.assertEqual(resource, "lock for 30 s", 'resource of lease("lock", seconds=30)')
            self.assertEqual(log, ["acquire"], "after enter")
        self.assertEqual(log, ["acquire", "release"], "after exit")

    def test_commit(self) -> None:
        """commits a transaction that went well"""
        queries: list[str] = []
        with context_manager(transaction)(queries.append) as query:
            query("UPDATE")
        self.assertEqual(queries, ["BEGIN", "UPDATE", "COMMIT"], "queries of a transaction")

    def test_rollback(self) -> None:
        """raises the error at the yield, so that a transaction rolls back"""
        queries: list[str] = []
        manager = context_manager(transaction)(queries.append)
        manager.__enter__()
        handled = leave(manager, LookupError("no such order"))
        self.assertEqual(queries, ["BEGIN", "ROLLBACK"], "queries of a transaction that failed")
        self.assertFalse(handled, "result of exit when the generator let the error out")

    def test_error_goes_on(self) -> None:
        """lets the error of the block out of the with statement"""
        failure = LookupError("no such order")

        def work() -> None:
            with context_manager(transaction)(lambda _: None):
                raise failure

        self.assertIs(self.error_of("the with statement", work), failure)

    def test_handled(self) -> None:
        """counts an error as handled when the generator ends"""
        caught: list[BaseException] = []
        failure = LookupError("no such order")

        @context_manager
        def forgiving() -> Generator[None]:
            try:
                yield
            except LookupError as error:
                caught.append(error)

        manager = forgiving()
        manager.__enter__()
        self.assertTrue(leave(manager, failure), "result of exit")
        self.assertEqual(caught, [failure], "errors raised at the yield")

    def test_new_error(self) -> None:
        """raises a new error of the generator"""
        failure = OSError("rollback failed")

        @context_manager
        def failing() -> Generator[None]:
            try:
                yield
            finally:
                raise failure

        manager = failing()
        manager.__enter__()
        self.assertIs(self.error_of("exit", lambda: leave(manager, LookupError("no such order"))), failure)

    def test_new_error_of_the_same_class(self) -> None:
        """raises a new error of the generator that looks like the one at the yield"""
        failure = LookupError("no such order")

        @context_manager
        def failing() -> Generator[None]:
            try:
                yield
            finally:
                raise failure

        manager = failing()
        manager.__enter__()
        self.assertIs(self.error_of("exit", lambda: leave(manager, LookupError("no such order"))), failure)

    def test_error_on_enter(self) -> None:
        """lets an error before the yield out of enter"""
        failure = OSError("too many connections")

        @context_manager
        def failing() -> Generator[None]:
            raise failure
            yield

        self.assertIs(self.error_of("enter", lambda: failing().__enter__()), failure)

    def test_no_yield(self) -> None:
        """reports a generator that does not yield"""

        @context_manager
        def silent() -> Generator[None]:
            yield from ()

        self.assertIsInstance(self.error_of("enter", lambda: silent().__enter__()), ManagerError)

    def test_second_yield(self) -> None:
        """reports a generator that yields a second time"""

        @context_manager
        def twice() -> Generator[int]:
            yield 1
            yield 2

        manager = twice()
        manager.__enter__()
        self.assertIsInstance(self.error_of("exit", lambda: leave(manager)), ManagerError)

    def test_yield_after_an_error(self) -> None:
        """reports a generator that yields again after an error"""

        @context_manager
        def stubborn() -> Generator[int]:
            try:
                yield 1
            except LookupError:
                yield 2

        manager = stubborn()
        manager.__enter__()
        failure = LookupError("no such order")
        self.assertIsInstance(self.error_of("exit", lambda: leave(manager, failure)), ManagerError)

    def test_calls_of_their_own(self) -> None:
        """makes managers that do not share a generator"""
        queries: list[str] = []
        begin = context_manager(transaction)
        orders = begin(lambda sql: queries.append(f"orders {sql}"))
        users = begin(lambda sql: queries.append(f"users {sql}"))
        orders.__enter__()
        users.__enter__()
        leave(orders)
        leave(users)
        self.assertEqual(queries, ["orders BEGIN", "users BEGIN", "orders COMMIT", "users COMMIT"])


class ReplaceAFile(StackTest):
    """6. Replace a file as a whole or not at all"""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / "report.csv"

    def files(self) -> list[str]:
        return sorted(file.name for file in self.folder.iterdir())

    def test_new_file(self) -> None:
        """shows nothing of a new file before exit, and all of it after"""
        with atomic_write(self.path) as write:
            write("sku,price\n")
            write("thé,4\n")
            self.assertFalse(self.path.exists(), "whether the file exists before exit")
        self.assertEqual(self.path.read_text(encoding="utf-8"), "sku,price\nthé,4\n", "the file after exit")
        self.assertEqual(self.files(), ["report.csv"], "files in the folder")

    def test_text_path(self) -> None:
        """takes the path as a text, too"""
        with atomic_write(str(self.path)) as write:
            write("new")
        self.assertEqual(self.path.read_text(encoding="utf-8"), "new", "the file after exit")

    def test_old_file(self) -> None:
        """replaces a file that was there, without writing into it"""
        self.path.write_text("old", encoding="utf-8")
        before = self.path.stat().st_ino
        with atomic_write(self.path) as write:
            write("new")
            self.assertEqual(self.path.read_text(encoding="utf-8"), "old", "the file before exit")
        self.assertEqual(self.path.read_text(encoding="utf-8"), "new", "the file after exit")
        overwritten = self.path.stat().st_ino == before
        self.assertFalse(overwritten, "whether the old file was overwritten in place (a reader could see half of it)")
        self.assertEqual(self.files(), ["report.csv"], "files in the folder")

    def test_failed_work(self) -> None:
        """keeps the old file when the work fails"""
        self.path.write_text("old", encoding="utf-8")
        failure = LookupError("no such order")

        def work() -> None:
            with atomic_write(self.path) as write:
                write("half of the n")
                raise failure

        self.assertIs(self.error_of("the with statement", work), failure)
        self.assertEqual(self.path.read_text(encoding="utf-8"), "old", "the file after an error")
        self.assertEqual(self.files(), ["report.csv"], "files in the folder")

    def test_failed_new_file(self) -> None:
        """leaves no file behind when there was none and the work fails"""
        manager = atomic_write(self.path)
        manager.__enter__()("half of the n")
        try:
            leave(manager, LookupError("no such order"))
        except LookupError:
            pass
        self.assertEqual(self.files(), [], "files in the folder")


if __name__ == "__main__":
    unittest.main()
