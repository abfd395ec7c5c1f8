"""One grading: the suites of an exercise against one kata."""

import base64
import gc
import importlib.machinery
import json
import linecache
import os
import posixpath
import random
import sys
import types
import unittest

from judge import asserts, integrity, preloaded, suites, threads, virtual_time  # noqa: F401
from judge.limits import Watch
from judge.report import Output, Report, error_data
from judge.stacks import Stacks

# What leads out of the interpreter.
_CLOSED = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "judge")


# Where the kata runs, if files come along with it.
_MATERIAL = "/material"


class _KataFinder:
    """Imports the learner's files from memory, under their real paths."""

    def __init__(self, files, on_code):
        self._files = files
        self._on_code = on_code

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in _CLOSED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        file = self._files.get(name)
        return file and importlib.machinery.ModuleSpec(name, self, origin=file["path"])

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        file = self._files[module.__name__]
        path, source = file["path"], file["source"]
        module.__file__ = path
        linecache.cache[path] = (len(source), None, source.splitlines(True), path)
        code = compile(source, path, "exec", dont_inherit=True)
        self._on_code(code)
        exec(code, module.__dict__)


def asks_for_threads(request):
    """Whether a suite of a request (JSON) does; then `grade` needs stacks."""
    return threads.NAME in request and threads.asked_for(json.loads(request)["suites"])


def grade(request, emit, *stacks):
    """Runs the suites of a request (JSON), and tells `emit` kind and JSON of all that happens.

    @param stacks how a stack of the interpreter is left for another, see `stacks.py`; without them there are no threads.

    Kinds: `start` of a test, `test` with its outcome, `load-error`, `stuck` while loading, `unhandled`,
    `place` that was left when time was up, `output` outside of tests.
    """
    dumps = json.dumps

    def tell(kind, data):
        emit(kind, dumps(data))

    request = json.loads(request)
    files = {name.removesuffix(".py"): file for name, file in request["files"].items()}
    own = {file["path"] for file in files.values()}
    watch = Watch(own, tell, request["testLimit"])
    virtual_time.install()
    simulated = threads.Threads(Stacks(*stacks), own, watch) if stacks else None
    _close(files, simulated.watch_code if simulated else lambda code: None)
    _lay_out(request["material"], own)
    watch.start()
    gc.enable()
    random.seed(request["seed"])
    also = threads.GUARDED if simulated else ()
    known = integrity.fingerprint(also=also)
    output = Output()
    for suite in request["suites"]:
        if not _run(suite, request.get("order"), own, watch, simulated, output, tell):
            break
    altered = integrity.changed(known, integrity.fingerprint(also=also))
    if simulated:
        altered += simulated.altered()
    if altered:
        tell("unhandled", _tampered(altered))
    tell("output", {"text": output.text(), "dropped": output.dropped})


def _run(suite, order, own, watch, simulated, output, tell):
    """@returns whether the suite could be loaded."""
    path = f"<{suite['name']}>"
    module = types.ModuleType(f"{suite['name']}_test")
    module.__dict__.update(asserts.names, __file__=path)
    watch.begin()
    try:
        with output:
            exec(asserts.compile_suite(suite["source"], path), module.__dict__)
            schedules = threads.schedules_of(module)
    except BaseException as error:
        cause = watch.interruptions[0] if watch.interruptions else error
        kind = "stuck" if watch.interruptions else "load-error"
        tell(kind, {"suite": suite["name"], "error": error_data(cause, own)})
        return False
    known = integrity.fingerprint(module)
    told = suite["name"], suites.titles_of, own, watch, tell
    tests = suites.tests_of(module, order)
    if simulated:
        report = threads.ThreadReport(*told, threads=simulated, schedules=schedules)
        tests = threads.RepeatedSuite(tests, report)
        ran = tests.copies
    else:
        report = Report(*told)
        ran = [*tests]
    with output:
        tests.run(report)
    altered = integrity.changed(known, integrity.fingerprint(module))
    altered += [name for one in [report, *ran] for name in integrity.shadowed(one)]
    if report._tell is not tell:
        altered.append("Report._tell")
    if altered:
        tell("unhandled", _tampered(altered))
    return True


def _tampered(altered):
    message = f"Your code changed what judges it ({', '.join(altered[:3])}): leave that as it is."
    return {"name": "Tampered", "message": message, "frames": []}


def _close(files, on_code):
    """Leaves the learner's code nothing that leads out of the interpreter."""
    sys.meta_path[:] = [one for one in sys.meta_path if "yodide" not in type(one).__module__]
    sys.meta_path.insert(0, _KataFinder(files, on_code))
    for name in list(sys.modules):
        if name.partition(".")[0] in _CLOSED:
            del sys.modules[name]
    sys.path[:] = [path for path in sys.path if path]
    os.system = _no_processes
    main = vars(sys.modules["__main__"])
    for name in [name for name in main if not name.startswith("__")]:
        del main[name]


def _lay_out(material, own):
    """Puts what comes along with a kata where it is looked for: on the path, and beside the kata's `__file__`."""
    if not material:
        return
    for folder in {_MATERIAL, *map(posixpath.dirname, own)}:
        for name, content in material.items():
            path = posixpath.join(folder, name)
            os.makedirs(posixpath.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(base64.b64decode(content))
    os.chdir(_MATERIAL)
    sys.path.append(_MATERIAL)
    sys.dont_write_bytecode = True


def _no_processes(command):
    raise OSError("there are no processes here")
