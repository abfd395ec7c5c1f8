/** A Python kata that tries something; its `add` is wrong, unless it says that it is right. */
export interface PythonAttack {
  readonly family: keyof typeof FAMILIES;
  readonly tries: string;
  readonly kata: string;
  /** Why it is called right all the same: see docs/integrity.md. */
  readonly passes?: string;
}

export const FAMILIES = {
  A: 'ends the interpreter',
  B: 'speaks with the test framework',
  C: 'changes what the language is made of',
  D: 'reports in the place of the judge',
  E: 'reads or reaches what it should not',
  F: 'takes all of time, memory, disk, output',
} as const;

const WRONG = 'def add(a, b): return 0\n';
const RIGHT = 'def add(a, b): return a + b\n';

/** Runs `body`, with `frame` as each of its callers in turn, whenever a test calls the kata. */
const fromCallers = (body: string): string => `import sys
def add(a, b):
    frame = sys._getframe()
    while frame := frame.f_back:
        ${body}
    return 0
`;

/** Finds the judge's own way to report among the callers, and reports a pass of every test. */
const FORGERY = `import json, os, sys
frame = sys._getframe()
while frame and 'emit' not in frame.f_locals:
    frame = frame.f_back
emit = frame.f_locals['emit']
for suite, titles in [
    ('examples', ['1.', 'adds two and three']),
    ('hidden', ['1. Add', 'adds one and one']),
    ('hidden', ['1. Add', 'adds numbers below zero']),
    ('hidden', ['2.', 'adds zero']),
]:
    emit('test', json.dumps({'suite': suite, 'titles': titles, 'status': 'passed', 'duration': 1, 'errors': [], 'output': ''}))
`;

const ENDS: readonly PythonAttack[] = [
  ['calls sys.exit(0)', 'import sys\ndef add(a, b): sys.exit(0)\n'],
  ['calls sys.exit(0) at import', 'import sys\nsys.exit(0)\n'],
  ['calls os._exit(0)', 'import os\ndef add(a, b): os._exit(0)\n'],
  ['calls os._exit(0) at import', 'import os\nos._exit(0)\n'],
  ['calls os.abort()', 'import os\ndef add(a, b): os.abort()\n'],
  ['kills its own process', 'import os\ndef add(a, b): os.kill(os.getpid(), 9)\n'],
  ['reads address 2^31', 'import ctypes\ndef add(a, b): ctypes.string_at(2**31)\n'],
  ['recurs without end', 'def add(a, b): return add(a, b)\n'],
  [
    'lifts the limit of recursion',
    'import sys\nsys.setrecursionlimit(2**30)\ndef add(a, b): return add(a, b)\n',
  ],
  [
    'frees a chain of a million objects',
    'def add(a, b):\n    chain = None\n    for _ in range(10**6): chain = [chain]\n    return 0\n',
  ],
  ['ends itself at exit', `import atexit, os\natexit.register(os._exit, 0)\n${WRONG}`],
].map(([tries = '', kata = '']) => ({ family: 'A', tries, kata }));

const SPEAKS: readonly PythonAttack[] = [
  [
    'replaces assertEqual',
    `import unittest\nunittest.TestCase.assertEqual = lambda *a: None\n${WRONG}`,
  ],
  [
    'replaces TestCase.run',
    `import unittest\nunittest.TestCase.run = lambda self, result=None: result\n${WRONG}`,
  ],
  [
    'replaces TestResult.addFailure',
    `import unittest\nunittest.TestResult.addFailure = unittest.TestResult.addError = lambda *a: None\n${WRONG}`,
  ],
  [
    'replaces the end of assertRaises',
    `import unittest.case\nunittest.case._AssertRaisesContext.__exit__ = lambda *a: True\n${RIGHT}`,
  ],
  ['skips every test', 'import unittest\ndef add(a, b): raise unittest.SkipTest("no")\n'],
  [
    'replaces an assertion of the one test',
    fromCallers(
      "if 'self' in frame.f_locals and hasattr(frame.f_locals['self'], 'assertEqual'): frame.f_locals['self'].assertEqual = lambda *a: None",
    ),
  ],
  [
    'replaces the tests that are still to come',
    fromCallers(
      "for thing in list(frame.f_globals.values()):\n            if isinstance(thing, type) and thing.__module__ == 'hidden_test':\n                for name in [one for one in vars(thing) if one.startswith('test_')]: setattr(thing, name, lambda self: None)",
    ),
  ],
].map(([tries = '', kata = '']) => ({ family: 'B', tries, kata }));

const CHANGES: readonly PythonAttack[] = [
  ['replaces operator.eq', `import operator\noperator.eq = lambda a, b: True\n${WRONG}`],
  ['replaces builtins', `import builtins\nbuiltins.isinstance = lambda *a: True\n${WRONG}`],
  [
    'replaces AssertionError',
    `import builtins\nclass Kind(Exception): pass\nbuiltins.AssertionError = Kind\n${WRONG}`,
  ],
  [
    'takes the place of __main__',
    `import sys, types\nsys.modules['__main__'] = types.ModuleType('__main__')\n${WRONG}`,
  ],
  [
    'takes the place of unittest',
    `import sys, types\nsys.modules['unittest'] = types.ModuleType('unittest')\n${WRONG}`,
  ],
  ['watches every line by sys.settrace', `import sys\nsys.settrace(lambda *a: None)\n${WRONG}`],
].map(([tries = '', kata = '']) => ({ family: 'C', tries, kata }));

const REPORTS: readonly PythonAttack[] = [
  ['finds the way to report, and reports passes', `${FORGERY}${WRONG}`],
  ['reports passes of a kata that is right', `${FORGERY}${RIGHT}`],
  ['reports passes, and ends', `${FORGERY}os._exit(0)\n`],
  ['reports passes and the end, and ends', `${FORGERY}emit('done', 'null')\nos._exit(0)\n`],
  [
    'mutes the report that it finds among its callers',
    fromCallers(
      "if 'result' in frame.f_locals: frame.f_locals['result']._failed = lambda error: None",
    ),
  ],
  [
    'mutes the report that the garbage collector knows',
    "import gc\ndef add(a, b):\n    for one in gc.get_objects():\n        if type(one).__name__ == 'Report': one._failed = lambda error: None\n    return 0\n",
  ],
].map(([tries = '', kata = '']) => ({ family: 'D', tries, kata }));

const READS: readonly PythonAttack[] = [
  ['imports js', `import js\n${RIGHT}`],
  ['imports pyodide', `import pyodide\n${RIGHT}`],
  ['imports _pyodide_core', `import _pyodide_core\n${RIGHT}`],
  ['imports the judge', `import judge.report\n${RIGHT}`],
  ['reads the hidden suite from disk', `print(open('HIDDEN_SUITE').read())\n${RIGHT}`],
  ['runs a program by os.system', 'import os\ndef add(a, b): return os.system("touch MARK")\n'],
  [
    'runs a program by posix.system',
    'import posix\ndef add(a, b): return posix.system("touch MARK")\n',
  ],
  [
    'runs a program by C',
    'import ctypes\ndef add(a, b): return ctypes.CDLL(None).system(b"touch MARK")\n',
  ],
  [
    'starts a process',
    'import subprocess\ndef add(a, b): return subprocess.run(["touch", "MARK"])\n',
  ],
  [
    'opens a connection',
    'import socket\ndef add(a, b): return socket.create_connection(("127.0.0.1", 80))\n',
  ],
  ['writes to the disk of the host', 'def add(a, b): return open("MARK", "w").write("x")\n'],
].map(([tries = '', kata = '']) => ({ family: 'E', tries, kata }));

const TAKES: readonly PythonAttack[] = [
  ['loops at import', 'while True: pass\n'],
  ['loops in a test', 'def add(a, b):\n    while True: pass\n'],
  [
    'loops, and swallows every exception',
    'def add(a, b):\n    while True:\n        try:\n            while True: pass\n        except: pass\n',
  ],
  ['loops in C', 'import itertools\ndef add(a, b): return sum(itertools.count())\n'],
  [
    'matches a regular expression for ages',
    'import re\ndef add(a, b): return re.match("(a+)+$", "a" * 40 + "b")\n',
  ],
  ['takes a gigabyte', 'def add(a, b): return len(bytearray(2**30))\n'],
  [
    'makes a list longer and longer',
    'def add(a, b):\n    rows = []\n    while True: rows.append("x" * 1000 + str(len(rows)))\n',
  ],
  [
    'writes a file longer and longer',
    'def add(a, b):\n    with open("big", "wb") as file:\n        while True: file.write(b"x" * 2**20)\n',
  ],
  ['prints ten million lines', 'def add(a, b):\n    for n in range(10**7): print(n)\n'],
  [
    'starts threads',
    'import threading\ndef add(a, b):\n    for _ in range(10**5): threading.Thread(target=print).start()\n',
  ],
].map(([tries = '', kata = '']) => ({ family: 'F', tries, kata }));

/** What is not stopped, and why. */
const WINS: readonly PythonAttack[] = [
  {
    family: 'C',
    tries: 'returns an object that equals everything',
    kata: 'class Any:\n    def __eq__(self, other): return True\n    def __hash__(self): return 0\ndef add(a, b): return Any()\n',
    passes: 'the suite compares it by ==, which it answers itself',
  },
  {
    family: 'C',
    tries: 'returns a number that equals everything',
    kata: 'class Any(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\ndef add(a, b): return Any(0)\n',
    passes: 'so is this one',
  },
  {
    family: 'D',
    tries: 'mutes the report during each test, and then puts it back',
    kata: fromCallers(
      "if hasattr(frame.f_locals.get('result'), '_failed'):\n            report = frame.f_locals['result']\n            report._failed = lambda error: None\n            frame.f_locals['self'].addCleanup(vars(report).pop, '_failed', None)",
    ),
    passes: 'the judge is one of its callers, and is whole again when it is looked at',
  },
];

export const ATTACKS = [...ENDS, ...SPEAKS, ...CHANGES, ...REPORTS, ...READS, ...TAKES, ...WINS];
