"""Modules that suites and katas are likely to import: a first import costs far more than a restored one."""

import array, base64, bisect, collections, concurrent.futures, configparser, contextlib, contextvars  # noqa: E401, F401
import copy, csv, dataclasses, datetime, decimal, difflib, enum, fractions, functools, graphlib  # noqa: E401, F401
import gzip, hashlib, heapq, hmac, html, http, inspect, io, itertools, json, logging.handlers  # noqa: E401, F401
import math, numbers, operator, pathlib, pickle, pprint, queue, random, re, secrets, shlex  # noqa: E401, F401
import sqlite3, statistics, string, struct, tempfile, textwrap, threading, time, timeit  # noqa: E401, F401
import tracemalloc, types, typing, unittest.mock, urllib.parse, uuid, warnings, weakref, zipfile  # noqa: E401, F401
