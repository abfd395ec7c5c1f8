import tempfile
import unittest
from pathlib import Path
from types import TracebackType

from kata import ExitStack, atomic_write, context_manager, open_all, transaction


class Recorder:
    """A manager that writes into `log`, and handles errors if it is told to."""

    def __init__(self, name: str, log: list[str], *, handles: bool = False) -> None:
        self.name = name
        self.log = log
        self.handles = handles

    def __enter__(self) -> str:
        self.log.append(f"enter {self.name}")
        return f"resource {self.name}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        self.log.append(f"exit {self.name}")
        return self.handles


class CleanUpInReverse(unittest.TestCase):
    """1. Clean up in reverse"""

    def test_order(self) -> None:
        """runs the latest cleanup first"""
        log: list[str] = []
        stack = ExitStack()
        stack.callback(lambda: log.append("socket"))
        stack.callback(lambda: log.append("file"))
        stack.callback(lambda: log.append("lock"))
        stack.close()
        self.assertEqual(log, ["lock", "file", "socket"], "cleanups planned as socket, file, lock")


class RunABody(unittest.TestCase):
    """2. Run a body among managers"""

    def test_release(self) -> None:
        """releases the resource after the block has used it"""
        log: list[str] = []
        with ExitStack() as stack:
            resource = stack.enter(Recorder("db", log))
            log.append(f"block with {resource}")
        self.assertEqual(log, ["enter db", "block with resource db", "exit db"])


class DecideWhatBecomesOfAnError(unittest.TestCase):
    """3. Decide what becomes of an error"""

    def test_handled(self) -> None:
        """lets an exit handle the error of the block"""
        log: list[str] = []
        with ExitStack() as stack:
            stack.enter(Recorder("db", log, handles=True))
            raise LookupError("no such order")
        self.assertEqual(log, ["enter db", "exit db"])


class HandTheCleanupsOver(unittest.TestCase):
    """4. Hand the cleanups over"""

    def test_open_all(self) -> None:
        """leaves the resources of open_all open until their stack is closed"""
        log: list[str] = []
        resources, stack = open_all([Recorder("db", log), Recorder("file", log)])
        self.assertEqual(resources, ["resource db", "resource file"])
        self.assertEqual(log, ["enter db", "enter file"], "before the stack is closed")
        stack.close()
        self.assertEqual(log, ["enter db", "enter file", "exit file", "exit db"], "after the stack is closed")


class WriteAManagerAsAGenerator(unittest.TestCase):
    """5. Write a manager as a generator"""

    def test_commit(self) -> None:
        """commits a transaction that went well"""
        queries: list[str] = []
        with context_manager(transaction)(queries.append) as query:
            query("UPDATE")
        self.assertEqual(queries, ["BEGIN", "UPDATE", "COMMIT"])


class ReplaceAFile(unittest.TestCase):
    """6. Replace a file as a whole or not at all"""

    def test_complete(self) -> None:
        """shows the new file once it is complete"""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "report.csv")
            with atomic_write(path) as write:
                write("sku,price\n")
            self.assertEqual([file.name for file in Path(folder).iterdir()], ["report.csv"], "files in the folder")
            self.assertEqual(path.read_text(encoding="utf-8"), "sku,price\n")


if __name__ == "__main__":
    unittest.main()
